package io.souverix.twin.engine;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.changes.ChangeFeed;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.shard.Shard;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What is done beside the answers: timers that fire, checkpoints that fall due. On one thread.
final class Housekeeping implements AutoCloseable {
    private static final long TICK_MILLIS = 1_000;

    /// For how long columns are built at a time, while nothing is appended.
    private static final long IDLE_NANOS = 2_000_000_000L;

    /// For how long while something is, and every how many ticks: a fifth of a processor at most.
    private static final long BUSY_NANOS = 1_000_000_000L;

    private static final int BUSY_TICKS = 4;

    /// For how long they wait where something is appended.
    private static final long PAUSE_MILLIS = 2;

    private final Foundation foundation;
    private final Committer committer;
    private final ChangeFeed changes;
    private final EngineOptions options;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().name("twin-housekeeping").daemon().unstarted(task));
    private volatile long lastCheckpoint;
    private volatile long recordsAtCheckpoint;
    private volatile long recordsAtTick = -1;
    private int busyTicks;
    private volatile boolean closing;

    Housekeeping(
            Foundation foundation, Committer committer, ChangeFeed changes, EngineOptions options) {
        this.foundation = foundation;
        this.committer = committer;
        this.changes = changes;
        this.options = options;
        this.lastCheckpoint = foundation.checkpoint();
        this.recordsAtCheckpoint = foundation.log().records();
    }

    void start() {
        if (options.checkpoints() && lastCheckpoint < foundation.log().end()) {
            var _ = thread.submit(this::safeCheckpoint);
        }
        Thread.ofPlatform().name("twin-check").daemon().start(this::check);
        var _ =
                thread.scheduleWithFixedDelay(
                        this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check() {
        try {
            foundation.checkStore();
        } catch (RuntimeException e) {
            warn("what is derived is damaged, and made anew at the next start", e);
        }
    }

    long lastCheckpoint() {
        return lastCheckpoint;
    }

    private void tick() {
        try {
            long now = Times.micros(options.clock().instant());
            for (Shard shard : foundation.shards()) {
                if (shard.anyDue(now)) {
                    shard.tick(now);
                }
            }
            changes.publish(committer.visible());
        } catch (RuntimeException e) {
            warn("timers could not be fired", e);
        }
        long since = foundation.log().records() - recordsAtCheckpoint;
        if (options.checkpoints() && since >= options.checkpointEvents()) {
            safeCheckpoint();
        }
        boolean idle = foundation.log().records() == recordsAtTick;
        recordsAtTick = foundation.log().records();
        if (idle || ++busyTicks % BUSY_TICKS == 0) {
            prepare(idle ? IDLE_NANOS : BUSY_NANOS);
        }
    }

    /// Builds columns that are missing, so that the first question about the past is answered as quickly
    /// as the next. What is appended goes first.
    ///
    /// @param nanos for how long at most
    private void prepare(long nanos) {
        try {
            for (Shard shard : foundation.shards()) {
                long until = System.nanoTime() + nanos / foundation.shards().size();
                BooleanSupplier inTime = () -> System.nanoTime() - until < 0 && !closing;
                BooleanSupplier going =
                        () -> committer.pendingEvents() == 0 && inTime.getAsBoolean();
                while (!shard.queries().faces().prepare(foundation.fleet(), going)
                        && inTime.getAsBoolean()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            warn("columns of the past could not be prepared", e);
        }
    }

    private void safeCheckpoint() {
        try {
            checkpoint();
        } catch (RuntimeException e) {
            warn("no checkpoint could be written; the log holds everything", e);
        }
    }

    private static void warn(String what, RuntimeException e) {
        System.getLogger(Housekeeping.class.getName()).log(System.Logger.Level.WARNING, what, e);
    }

    synchronized void checkpoint() {
        long position = committer.visible();
        long records = foundation.log().records();
        foundation.checkpoint(position, options.rules());
        lastCheckpoint = position;
        recordsAtCheckpoint = records;
    }

    /// Does something while no checkpoint is written.
    synchronized void exclusively(Runnable work) {
        work.run();
    }

    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        try {
            while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                // A checkpoint under way ends by itself.
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (foundation.store() != null
                && options.checkpoints()
                && (lastCheckpoint < committer.visible() || foundation.unstored() > 0)) {
            safeCheckpoint();
        }
    }
}
