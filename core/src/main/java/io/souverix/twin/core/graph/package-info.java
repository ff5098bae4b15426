/// The edges that start at a node, and the graph they make. Sees `event`, `codec` and its
/// `layout`; no other aspect. Read [Relationships] first, then [FleetGraph].
@NullMarked
package io.souverix.twin.core.graph;

import org.jspecify.annotations.NullMarked;
