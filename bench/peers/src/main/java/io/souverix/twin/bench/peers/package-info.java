/// What others use, each by its idiomatic fast way, doing the same job beside the service: append
/// durably, drop duplicates, keep the current state a node and the counts a state, replay, read. Only
/// built for `twin bench --peers`. Read `PeerStage` first.
@NullMarked
package io.souverix.twin.bench.peers;

import org.jspecify.annotations.NullMarked;
