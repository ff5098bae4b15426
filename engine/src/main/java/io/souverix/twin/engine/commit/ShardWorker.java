package io.souverix.twin.engine.commit;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Shard.Incoming;
import io.souverix.twin.engine.shard.Shard.Outcome;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The one thread that folds a shard. What it is handed waits in a bounded queue, so that the log
/// writer is never further ahead than that.
final class ShardWorker implements Runnable {
    /// How many frames may wait to be folded.
    static final int MAX_WAITING = 16;

    private static final Part STOP = new Part(List.of(), null, null);

    private final Shard shard;
    private final LongSupplier nowMicros;
    private final Consumer<Ticket> done;
    private final Consumer<Throwable> failed;
    private final BlockingQueue<Part> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    /// A shard's part of a frame.
    ///
    /// @param catalogue the new catalogue where it changed, or null
    record Part(List<Incoming> incoming, @Nullable Catalogue catalogue, @Nullable Ticket ticket) {}

    /// An event of a submission.
    record Item(Submission submission, int index, long address) implements Incoming {
        @Override
        public Event event() {
            return submission.events.get(index);
        }

        @Override
        public void take(Outcome outcome) {
            submission.outcomes[index] = outcome;
        }
    }

    ShardWorker(
            Shard shard,
            LongSupplier nowMicros,
            Consumer<Ticket> done,
            Consumer<Throwable> failed) {
        this.shard = shard;
        this.nowMicros = nowMicros;
        this.done = done;
        this.failed = failed;
    }

    void hand(Part part) throws InterruptedException {
        waiting.put(part);
    }

    void stop() throws InterruptedException {
        waiting.put(STOP);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the one STOP
    public void run() {
        try {
            for (Part part = waiting.take(); part != STOP; part = waiting.take()) {
                fold(part);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void fold(Part part) {
        Ticket ticket = part.ticket();
        long end = ticket == null ? 0 : ticket.end;
        try {
            shard.fold(part.incoming(), part.catalogue(), end, nowMicros.getAsLong());
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
        if (ticket != null && ticket.partDone()) {
            done.accept(ticket);
        }
    }
}
