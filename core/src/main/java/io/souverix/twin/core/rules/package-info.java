/// The rules: the one configuration of meaning (docs/rules.md). Sees `event` for paths and
/// severities. Read [Rules] first.
@NullMarked
package io.souverix.twin.core.rules;

import org.jspecify.annotations.NullMarked;
