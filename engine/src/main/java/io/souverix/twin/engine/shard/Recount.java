package io.souverix.twin.engine.shard;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Counts the nodes of a shard once more, a slice at a time, beside the sums that are served; these are
/// replaced at the end. Used by one thread at a time.
final class Recount {
    private static final int SLICE_NODES = 500;

    private final Shard shard;
    private final LongSupplier nowMicros;

    Recount(Shard shard, LongSupplier nowMicros) {
        this.shard = shard;
        this.nowMicros = nowMicros;
    }

    void run() {
        locked(() -> {
            shard.census().beginRecount();
            return true;
        });
        String[] last = {null};
        while (locked(() -> slice(last))) {
            // The next slice.
        }
        locked(() -> {
            // Those that came in the meantime, behind where the slices had come to.
            long now = nowMicros.getAsLong();
            shard.order().forEach(node -> recount(node, now));
            shard.census().endRecount();
            return true;
        });
    }

    private boolean slice(@Nullable String[] last) {
        List<Node> nodes = shard.order().next(last[0], SLICE_NODES);
        long now = nowMicros.getAsLong();
        nodes.forEach(node -> recount(node, now));
        if (!nodes.isEmpty()) {
            last[0] = nodes.getLast().id;
        }
        return nodes.size() == SLICE_NODES;
    }

    private void recount(Node node, long now) {
        shard.census().recount(node, shard.catalogue(), now);
    }

    private boolean locked(java.util.function.BooleanSupplier step) {
        shard.lock().writeLock().lock();
        try {
            return step.getAsBoolean();
        } finally {
            shard.lock().writeLock().unlock();
        }
    }
}
