package io.souverix.twin.engine.shard;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// The changes of a shard that are folded and not yet published, oldest first. Bounded by the frames
/// that may be under way. Thread-safe.
public final class Outbox {
    private final Queue<NodeChange> waiting = new ArrayDeque<>();
    private volatile boolean listening;

    Outbox() {}

    /// Says whether changes are to hold the node before and after.
    public void listening(boolean anybody) {
        listening = anybody;
    }

    boolean listening() {
        return listening;
    }

    synchronized void add(NodeChange change) {
        waiting.add(change);
    }

    /// Hands over the changes that a position shows.
    public synchronized void drain(long visible, Consumer<NodeChange> target) {
        for (NodeChange next = waiting.peek();
                next != null && next.end() <= visible;
                next = waiting.peek()) {
            target.accept(waiting.remove());
        }
    }
}
