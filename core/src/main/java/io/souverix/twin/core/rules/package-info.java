/// The rules: the one configuration of meaning (docs/rules.md). Sees `event` for paths and
/// severities, `pki` for anchors and keys. Read [Rules] first.
@NullMarked
package io.souverix.twin.core.rules;

import org.jspecify.annotations.NullMarked;
