package io.souverix.twin.engine.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The nodes that were touched since a follower last looked, each once: at most as many as there
/// are. The shard's writer adds under the write lock; one follower at a time takes, under the read
/// lock.
final class Unseen {
    private final ArrayList<Node> nodes = new ArrayList<>();
    private volatile boolean any;

    /// Makes room for so many.
    void expect(int more) {
        nodes.ensureCapacity(more);
    }

    void add(Node node) {
        if (!node.unseen) {
            node.unseen = true;
            nodes.add(node);
            any = true;
        }
    }

    /// Whether there are any; may be asked without a lock.
    boolean any() {
        return any;
    }

    /// Takes so many at most.
    void take(int most, Consumer<Node> follower) {
        List<Node> taken = nodes.subList(Math.max(0, nodes.size() - most), nodes.size());
        for (Node node : taken) {
            node.unseen = false;
            follower.accept(node);
        }
        taken.clear();
        any = !nodes.isEmpty();
    }
}
