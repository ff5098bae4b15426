/// Connectivity: whether a node can be reached, since when, and what waits for it. Sees `event` and
/// `codec`; no other aspect. Read [Connectivity] first, then [Ledger].
@NullMarked
package io.souverix.twin.core.connectivity;

import org.jspecify.annotations.NullMarked;
