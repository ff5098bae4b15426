package io.souverix.twin.engine.shard;

import java.util.BitSet;
import java.util.function.Consumer;

/// The nodes that were touched since a follower last looked, by their places. The
/// shard's writer adds under the write lock; one follower at a time takes, under the read lock.
final class Unseen {
    private final Roster roster;
    private final BitSet places = new BitSet();
    private volatile boolean any;

    Unseen(Roster roster) {
        this.roster = roster;
    }

    void add(int place) {
        places.set(place);
        any = true;
    }

    /// Whether there are any; may be asked without a lock.
    boolean any() {
        return any;
    }

    /// Takes so many at most.
    void take(int most, Consumer<Node> follower) {
        int place = places.length() - 1;
        for (int taken = 0; taken < most && place >= 0; taken++) {
            follower.accept(roster.node(place));
            // Afterwards: one that cannot be followed now stays to be.
            places.clear(place);
            place = places.previousSetBit(place - 1);
        }
        any = place >= 0;
    }
}
