package io.souverix.twin.engine;

import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.commit.FirstFailure;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.derived.HeadPage;
import io.souverix.twin.engine.shard.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Takes what a derived store tells of nodes, at a start: this thread reads it once from end to end,
/// a thread a shard takes it in.
final class Restoration implements DerivedStore.HeadTaker {
    /// How many pages of a shard are filled or taken at a time.
    private static final int PAGES = 3;

    /// Comes after the last page.
    private static final HeadPage END = new HeadPage();

    private final List<Lane> lanes = new ArrayList<>();
    private final FirstFailure failure = new FirstFailure();

    /// What goes between the reading thread and one shard's, in a circle.
    private final class Lane {
        final BlockingQueue<HeadPage> empty = new ArrayBlockingQueue<>(PAGES);
        final BlockingQueue<HeadPage> full = new ArrayBlockingQueue<>(PAGES + 1);
        final Thread thread;

        /// How many heads it took.
        private long restored;

        Lane(Shard shard) {
            for (int i = 0; i < PAGES; i++) {
                empty.add(new HeadPage());
            }
            thread = Thread.ofPlatform().name("twin-restore").unstarted(() -> run(shard));
        }

        private void run(Shard shard) {
            try {
                for (HeadPage page = full.take(); page != END; page = full.take()) {
                    take(shard, page);
                    empty.put(page);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        /// After a failure pages only go round, so that the reading ends.
        private void take(Shard shard, HeadPage page) {
            if (failure.isThere()) {
                return;
            }
            try {
                shard.start().restore(page);
                restored += page.count();
            } catch (RuntimeException | Error e) {
                failure.note(e);
            }
        }
    }

    private Restoration(List<Shard> shards) {
        shards.forEach(shard -> lanes.add(new Lane(shard)));
    }

    /// Has the shards take the nodes of the store; how many there are.
    static long run(DerivedStore store, List<Shard> shards) {
        Restoration restoration = new Restoration(shards);
        try {
            restoration.run(store);
        } catch (InterruptedException e) {
            restoration.lanes.forEach(lane -> lane.thread.interrupt());
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while nodes are restored", e);
        }
        restoration.failure.rethrow();
        return restoration.lanes.stream().mapToLong(lane -> lane.restored).sum();
    }

    private void run(DerivedStore store) throws InterruptedException {
        lanes.forEach(lane -> lane.thread.start());
        try {
            int parts = lanes.size();
            store.heads(parts, hash -> Committer.shardOf(hash, parts), this);
        } finally {
            for (Lane lane : lanes) {
                lane.full.put(END);
            }
            for (Lane lane : lanes) {
                lane.thread.join();
            }
        }
    }

    @Override
    public HeadPage next(int part, @Nullable HeadPage page) {
        Lane lane = lanes.get(part);
        try {
            if (page != null) {
                lane.full.put(page);
            }
            return lane.empty.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while nodes are restored", e);
        }
    }
}
