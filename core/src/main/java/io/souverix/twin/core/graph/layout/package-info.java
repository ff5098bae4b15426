/// The map of the fleet: where nodes stand on an integer lattice, and what is shown of each in two
/// bytes. Presentation, so outside the law: where a node stands depends on what stood there before.
/// Sees `event` and `codec`. Read [Lattice] first, then [NodeBits].
@NullMarked
package io.souverix.twin.core.graph.layout;

import org.jspecify.annotations.NullMarked;
