package io.souverix.twin.engine.commit;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Shard.Incoming;
import io.souverix.twin.engine.shard.Shard.Outcome;
import java.util.ArrayList;
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

    /// Parts that wait are folded together up to so many events: what they change of one node is
    /// folded and counted once, and readers wait no longer than for one large frame.
    private static final int MAX_TOGETHER = 8_192;

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
                fold(gather(part));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The part and those that wait behind it, as far as they go together.
    @SuppressWarnings("ReferenceEquality") // the one STOP
    private List<Part> gather(Part first) {
        List<Part> parts = new ArrayList<>();
        parts.add(first);
        int events = first.incoming().size();
        for (Part next = waiting.peek();
                next != null && next != STOP && events + next.incoming().size() <= MAX_TOGETHER;
                next = waiting.peek()) {
            parts.add(waiting.remove());
            events += next.incoming().size();
        }
        return parts;
    }

    private void fold(List<Part> parts) {
        List<Incoming> incoming = parts.getFirst().incoming();
        Catalogue catalogue = parts.getFirst().catalogue();
        if (parts.size() > 1) {
            incoming = new ArrayList<>();
            for (Part part : parts) {
                incoming.addAll(part.incoming());
                catalogue = part.catalogue() == null ? catalogue : part.catalogue();
            }
        }
        Ticket last = parts.getLast().ticket();
        try {
            shard.fold(incoming, catalogue, last == null ? 0 : last.end, nowMicros.getAsLong());
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
        for (Part part : parts) {
            Ticket ticket = part.ticket();
            if (ticket != null && ticket.partDone()) {
                done.accept(ticket);
            }
        }
    }
}
