/// Trust: what speaks for a node's integrity, weighed. Sees `event`, `rules`, `release`, `pki`
/// and `codec`; no other aspect. Read [Trust] first.
@NullMarked
package io.souverix.twin.core.trust;

import org.jspecify.annotations.NullMarked;
