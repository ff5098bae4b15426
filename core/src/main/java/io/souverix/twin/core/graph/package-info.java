/// The edges that start at a node. Sees `event` and `codec`; no other aspect. Read [Relationships]
/// first.
@NullMarked
package io.souverix.twin.core.graph;

import org.jspecify.annotations.NullMarked;
