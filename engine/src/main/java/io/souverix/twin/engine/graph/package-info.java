/// The graph of the fleet, kept current beside the shards, and the layout of its map. Sees `core`,
/// `past` and `shard`. Read [io.souverix.twin.engine.graph.GraphQueries] first.
@NullMarked
package io.souverix.twin.engine.graph;

import org.jspecify.annotations.NullMarked;
