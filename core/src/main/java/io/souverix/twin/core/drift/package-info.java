/// Drift: the desired and actual sides of a node's version, configuration and policy, and what
/// differs between them. Sees `event`, `rules`, `release`, `codec`; no other aspect. Read [Drift]
/// first.
@NullMarked
package io.souverix.twin.core.drift;

import org.jspecify.annotations.NullMarked;
