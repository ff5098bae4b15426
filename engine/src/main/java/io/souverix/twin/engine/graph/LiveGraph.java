package io.souverix.twin.engine.graph;

import io.souverix.twin.core.graph.FleetGraph;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Shard;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The graph of the present. It follows the shards when it is asked: their writers only note which
/// nodes they touched, and who asks next puts those nodes anew. Nothing is kept until the first
/// question. Thread-safe.
final class LiveGraph {
    private final List<Shard> shards;
    private final FleetGraph graph = new FleetGraph();
    private final GraphNodes nodes = new GraphNodes();
    private long lastAddress = -1;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    LiveGraph(List<Shard> shards) {
        this.shards = List.copyOf(shards);
    }

    /// Answers a question to the graph as it is now, or a moment later; null where it has seen events
    /// at an address or behind it.
    <T extends @Nullable Object> @Nullable T ask(long before, Function<FleetGraph, T> question) {
        if (isBehind()) {
            follow();
        }
        lock.readLock().lock();
        try {
            return lastAddress < before ? question.apply(graph) : null;
        } finally {
            lock.readLock().unlock();
        }
    }

    private boolean isBehind() {
        return shards.stream().anyMatch(shard -> shard.queries().anyTouched());
    }

    /// First some nodes of one shard at a time, so that what waited long, and may have to be read from
    /// disk, holds up no writer for long; then the little that came since, while all of them stand still: the graph is of one state of the fleet.
    private void follow() {
        lock.writeLock().lock();
        try {
            for (Shard shard : shards) {
                // Not for ever, where the writer is as quick.
                long left = shard.queries().nodes();
                for (; left > 0 && shard.queries().anyTouched(); left -= Queries.SLICE_TWINS) {
                    var _ = shard.queries().locked(() -> take(shard, Queries.SLICE_TWINS));
                }
            }
            var _ = still(0);
            graph.settle();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private boolean still(int from) {
        if (from < shards.size()) {
            return shards.get(from).queries().locked(() -> still(from + 1));
        }
        for (Shard shard : shards) {
            var _ = take(shard, Integer.MAX_VALUE);
            lastAddress = Math.max(lastAddress, shard.lastAddress());
        }
        return true;
    }

    private boolean take(Shard shard, int most) {
        shard.queries().takeTouched(most, twin -> graph.put(nodes.of(twin)));
        return true;
    }
}
