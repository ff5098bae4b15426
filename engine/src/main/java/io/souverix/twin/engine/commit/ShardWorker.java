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
import java.util.concurrent.locks.LockSupport;
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

    /// Where so many events were folded again for each that came, a part of the time that it took is
    /// worth waiting for more to come: a history is folded again in the same time for many late events
    /// as for one. Whoever sends them could prepare none while the shard was folded.
    private static final int MANY_AGAIN = 4;

    private static final int PART_WAITED = 8;
    private static final long MAX_WAITED_NANOS = 50_000_000;
    private static final long LOOK_NANOS = 500_000;

    private static final Part STOP = new Part(List.of(), null, null);

    private final Shard shard;
    private final LongSupplier nowMicros;
    private final Consumer<Ticket> done;
    private final Consumer<Throwable> failed;
    private final BlockingQueue<Part> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    /// Until when it is worth waiting for more.
    private long patientUntil = System.nanoTime();

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
                awaitMore(part);
                fold(gather(part));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the one STOP
    private void awaitMore(Part first) {
        while (System.nanoTime() - patientUntil < 0) {
            int events = first.incoming().size();
            for (Part part : waiting) {
                events += part == STOP ? MAX_TOGETHER : part.incoming().size();
            }
            if (events >= MAX_TOGETHER || waiting.remainingCapacity() == 0) {
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
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
        long began = System.nanoTime();
        long again = 0;
        try {
            long end = last == null ? 0 : last.end;
            again = shard.fold(incoming, catalogue, end, nowMicros.getAsLong());
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
        long ended = System.nanoTime();
        if (again > (long) incoming.size() * MANY_AGAIN) {
            patientUntil = ended + Math.min(MAX_WAITED_NANOS, (ended - began) / PART_WAITED);
        }
        for (Part part : parts) {
            Ticket ticket = part.ticket();
            if (ticket != null && ticket.partDone()) {
                done.accept(ticket);
            }
        }
    }
}
