/// From accepted events to durable and folded ones: encoding, one log writer that commits what waits
/// as one frame, a thread a shard that folds, and the events that concern the whole fleet. Sees
/// `core`, `log`, `past`, `shard` and `attention`. Read [Committer] first.
@NullMarked
package io.souverix.twin.engine.commit;

import org.jspecify.annotations.NullMarked;
