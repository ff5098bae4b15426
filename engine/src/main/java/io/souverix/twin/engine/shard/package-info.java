/// A shard: the nodes whose id hashes to it, folded by one writer, with their index, timers and sums.
/// Two write paths only: an event newer than all that is known of its node is folded in place;
/// anything else marks the node, which is refolded once. [Roster] knows which there are.
/// Sees `core`, `log`, `past`, `sbom` and `derived`. Read [Shard] first.
@NullMarked
package io.souverix.twin.engine.shard;

import org.jspecify.annotations.NullMarked;
