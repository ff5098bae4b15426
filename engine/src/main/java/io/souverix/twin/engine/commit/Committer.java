package io.souverix.twin.engine.commit;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.engine.attention.Clocks;
import io.souverix.twin.engine.commit.ShardWorker.Item;
import io.souverix.twin.engine.commit.ShardWorker.Part;
import io.souverix.twin.engine.commit.Submission.Committed;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.RecordBatch;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Shard.Incoming;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Commits: one thread takes all submissions that wait, appends them to the log as one frame (one
/// sync for all), and hands each shard its part to fold. A submission is answered when its frame and
/// every frame before are durable and folded.
public final class Committer implements AutoCloseable {
    /// A frame takes no more submissions beyond so many bytes.
    static final int FRAME_BYTES = 4 << 20;

    private final EventLog log;
    private final List<Shard> shards;
    private final FleetSubjects fleet;
    private final Clocks clocks;
    private final LongSupplier nowMicros;
    private final LongConsumer publisher;
    private final BlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
    private final List<ShardWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Ticket> folding = new ArrayDeque<>();
    private final AtomicLong pendingEvents = new AtomicLong();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicLong submitted = new AtomicLong();

    /// How many submissions were answered; under the lock of `folding`.
    private long answered;

    private final Limits limits;

    /// Held while a frame is written and handed to the shards.
    private final Object committing = new Object();

    private volatile long visible;
    private volatile @Nullable String failure;
    private volatile boolean closing;
    private volatile boolean stopped;

    /// How much may wait.
    public record Limits(long events, long bytes) {}

    /// @param publisher told, in order, of every position that becomes visible
    public Committer(
            EventLog log,
            List<Shard> shards,
            FleetSubjects fleet,
            Clocks clocks,
            LongSupplier nowMicros,
            LongConsumer publisher,
            Limits limits) {
        this.log = log;
        this.shards = List.copyOf(shards);
        this.fleet = fleet;
        this.clocks = clocks;
        this.nowMicros = nowMicros;
        this.publisher = publisher;
        this.limits = limits;
        this.visible = log.end();
        for (int i = 0; i < shards.size(); i++) {
            ShardWorker worker =
                    new ShardWorker(shards.get(i), nowMicros, _ -> answerFolded(), this::fail);
            workers.add(worker);
            threads.add(Thread.ofPlatform().name("twin-shard-" + i).unstarted(worker));
        }
        threads.add(Thread.ofPlatform().name("twin-log").unstarted(this::run));
    }

    /// Begins to take what is submitted.
    public void start() {
        threads.forEach(Thread::start);
    }

    /// The shard of a node.
    public static int shardOf(int idHashCode, int shards) {
        int mixed = idHashCode * 0x9e3779b1;
        return Integer.remainderUnsigned(mixed ^ (mixed >>> 15), shards);
    }

    /// Hands in events; null where more is waiting than may.
    public @Nullable CompletableFuture<Committed> submit(Submission submission) {
        long eventsWaiting = pendingEvents.addAndGet(submission.size());
        long bytesWaiting = pendingBytes.addAndGet(submission.batch.length());
        if (eventsWaiting > limits.events() || bytesWaiting > limits.bytes()) {
            giveBack(submission);
            return null;
        }
        submitted.incrementAndGet();
        waiting.add(submission);
        if (stopped) {
            refuseWaiting();
        }
        return submission.answer;
    }

    /// Why nothing is taken any more, or null.
    public @Nullable String failure() {
        return closing && failure == null ? "closing" : failure;
    }

    public long pendingEvents() {
        return pendingEvents.get();
    }

    /// The address up to which everything is durable and folded.
    public long visible() {
        return visible;
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Submission first = waiting.poll(50, TimeUnit.MILLISECONDS);
                if (first != null) {
                    commit(gather(first));
                }
            }
            stopped = true;
            refuseWaiting();
            for (ShardWorker worker : workers) {
                worker.stop();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseWaiting() {
        for (Submission late = waiting.poll(); late != null; late = waiting.poll()) {
            refuse(List.of(late));
        }
    }

    private List<Submission> gather(Submission first) {
        List<Submission> frame = new ArrayList<>();
        frame.add(first);
        long bytes = first.batch.length();
        for (Submission next = waiting.peek();
                next != null && bytes + next.batch.length() <= FRAME_BYTES;
                next = waiting.peek()) {
            frame.add(waiting.remove());
            bytes += next.batch.length();
        }
        return frame;
    }

    private void commit(List<Submission> frame) throws InterruptedException {
        synchronized (committing) {
            if (failure == null) {
                try {
                    dispatch(frame, write(frame));
                    return;
                } catch (RuntimeException | Error e) {
                    fail(e);
                }
            }
            refuse(frame);
        }
    }

    private long write(List<Submission> frame) {
        long recordedAt = Math.max(nowMicros.getAsLong(), log.lastRecordedAtMicros());
        List<RecordBatch> batches = new ArrayList<>(frame.size());
        for (Submission submission : frame) {
            submission.stamp(recordedAt);
            batches.add(submission.batch);
        }
        return log.append(batches, recordedAt);
    }

    /// Answers a question while nothing is committed and all that was is folded.
    public <T> T still(Supplier<T> question) {
        synchronized (committing) {
            awaitFolded();
            return question.get();
        }
    }

    /// Waits until all that was submitted before is answered. Submissions are answered in their order,
    /// but for refused ones, which make the wait no longer.
    public void drain() {
        long upto = submitted.get();
        boolean interrupted = false;
        synchronized (folding) {
            while (answered < upto) {
                try {
                    folding.wait();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitFolded() {
        boolean interrupted = false;
        synchronized (folding) {
            while (!folding.isEmpty()) {
                try {
                    folding.wait();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch(List<Submission> frame, long base) throws InterruptedException {
        List<List<Incoming>> parts = new ArrayList<>();
        shards.forEach(_ -> parts.add(new ArrayList<>()));
        boolean fleetChanged = false;
        long at = base;
        long recordedAt = log.lastRecordedAtMicros();
        for (Submission submission : frame) {
            for (int i = 0; i < submission.events.size(); i++) {
                Event event = submission.events.get(i);
                long address = submission.address(i, at);
                clocks.take(event, address, recordedAt);
                if (Submission.isAboutNode(event)) {
                    int shard = shardOf(event.subject().id().hashCode(), shards.size());
                    parts.get(shard).add(new Item(submission, i, address));
                } else {
                    submission.outcomes[i] = fleet.take(event, address);
                    fleetChanged = true;
                }
            }
            at += submission.batch.length();
        }
        hand(frame, parts, fleetChanged ? fleet.catalogue() : null);
    }

    private void hand(
            List<Submission> frame, List<List<Incoming>> parts, @Nullable Catalogue catalogue)
            throws InterruptedException {
        long busy = parts.stream().filter(part -> !part.isEmpty() || catalogue != null).count();
        Ticket ticket = new Ticket(frame, log.end(), (int) busy);
        synchronized (folding) {
            folding.add(ticket);
        }
        for (int i = 0; i < workers.size(); i++) {
            if (!parts.get(i).isEmpty() || catalogue != null) {
                workers.get(i).hand(new Part(parts.get(i), catalogue, ticket));
            }
        }
        if (busy == 0) {
            answerFolded();
        }
    }

    /// Answers, in the order of the log, the frames that are folded.
    private void answerFolded() {
        synchronized (folding) {
            for (Ticket ticket = folding.peek();
                    ticket != null && ticket.done();
                    ticket = folding.peek()) {
                folding.remove();
                visible = ticket.end;
                publisher.accept(ticket.end);
                for (Submission submission : ticket.submissions) {
                    answer(submission, ticket.end);
                }
            }
            folding.notifyAll();
        }
    }

    private void answer(Submission submission, long end) {
        release(submission);
        if (failure == null) {
            submission.answer.complete(new Committed(submission.events, submission.outcomes, end));
        } else {
            submission.answer.completeExceptionally(new IllegalStateException(failure()));
        }
    }

    private void release(Submission submission) {
        giveBack(submission);
        synchronized (folding) {
            answered++;
            folding.notifyAll();
        }
    }

    private void giveBack(Submission submission) {
        pendingEvents.addAndGet(-submission.events.size());
        pendingBytes.addAndGet(-submission.batch.length());
    }

    private void refuse(List<Submission> frame) {
        for (Submission submission : frame) {
            release(submission);
            submission.answer.completeExceptionally(new IllegalStateException(failure()));
        }
    }

    private void fail(Throwable cause) {
        if (failure == null) {
            String message = cause.getMessage();
            failure = message == null ? cause.toString() : message;
            System.getLogger(Committer.class.getName())
                    .log(System.Logger.Level.ERROR, "no more appends are taken", cause);
        }
    }

    /// Waits until an address is visible; false where it took too long.
    public boolean await(long address, long patienceMillis) throws InterruptedException {
        long deadline = System.nanoTime() + patienceMillis * 1_000_000L;
        synchronized (folding) {
            while (visible < address) {
                long left = (deadline - System.nanoTime()) / 1_000_000L;
                if (left <= 0) {
                    return false;
                }
                folding.wait(left);
            }
        }
        return true;
    }

    /// Commits and folds what waits, then stops the threads.
    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        for (Thread thread : threads.reversed()) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
