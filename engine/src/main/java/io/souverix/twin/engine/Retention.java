package io.souverix.twin.engine;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.EventAnnulled;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.changes.ChangeFeed;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.Kept;
import io.souverix.twin.engine.shard.Cutting;
import io.souverix.twin.engine.shard.Cutting.Dropped;
import io.souverix.twin.engine.shard.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// How much of the past is retained: the floor, and the cuts that raise it.
///
/// A cut has a floor, a moment, and a place, a segment's beginning. First nothing up to the floor is
/// taken any more; then it is found out which events before the place and up to the floor something
/// still rests on ([Cutting]); these are written beside the log ([Base]), the nodes forget the others,
/// and the segments before the place are deleted. The events that stay make the very twins that all
/// of them made, so every answer from the floor on is what it was.
final class Retention implements AutoCloseable {
    /// How often it is looked whether something can go.
    private static final Duration EVERY = Duration.ofMinutes(10);

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Foundation foundation;
    private final Committer committer;
    private final ChangeFeed changes;
    private final Housekeeping housekeeping;
    private final EngineOptions options;

    /// Read while events are checked against the floor and handed over, written while it is raised.
    private final ReadWriteLock taking = new ReentrantReadWriteLock();

    private @Nullable ScheduledExecutorService thread;
    private volatile Base base;
    private volatile long floorMicros;

    /// Whether the nodes began to forget in the cut that is under way.
    private boolean forgetting;

    private volatile long cuts;

    Retention(
            Foundation foundation,
            Committer committer,
            ChangeFeed changes,
            Housekeeping housekeeping,
            EngineOptions options) {
        this.foundation = foundation;
        this.committer = committer;
        this.changes = changes;
        this.housekeeping = housekeeping;
        this.options = options;
        this.base = foundation.base();
        this.floorMicros = base.floorMicros();
    }

    /// Begins to look whether something can go.
    void start() {
        if (options.retain() != null) {
            thread = scheduled();
        }
    }

    private ScheduledExecutorService scheduled() {
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(task ->
                        Thread.ofPlatform().name("twin-retention").daemon().unstarted(task));
        var _ =
                executor.scheduleWithFixedDelay(
                        this::cutWhatIsDue,
                        FIRST.toMillis(),
                        EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
        return executor;
    }

    private void cutWhatIsDue() {
        Duration retain = options.retain();
        try {
            if (retain != null) {
                long floor = Times.micros(options.clock().instant().minus(retain));
                var _ = cut(floor, floor);
            }
        } catch (RuntimeException e) {
            System.getLogger(Retention.class.getName())
                    .log(System.Logger.Level.WARNING, "the log could not be cut", e);
        }
    }

    /// No event up to this timestamp is taken, and no earlier instant can be asked about;
    /// `Long.MIN_VALUE` while the log is whole.
    long floorMicros() {
        return floorMicros;
    }

    /// The first moment whose knowledge can be asked about; `Long.MIN_VALUE` while the log is whole.
    long knownFromMicros() {
        return floorMicros == Long.MIN_VALUE
                ? floorMicros
                : Math.max(floorMicros, foundation.log().droppedUptoMicros());
    }

    /// The oldest timestamp that an event speaks of: its own, or that of the event it annuls.
    static long speaksOf(Event event) {
        return event.payload() instanceof EventAnnulled annulment
                ? Math.min(event.timestampMicros(), annulment.eventTimestampMicros())
                : event.timestampMicros();
    }

    /// How many cuts were made since the start.
    long cuts() {
        return cuts;
    }

    /// How many events were ever dropped.
    long dropped() {
        return base.events();
    }

    /// Held to read from before events are checked until they are handed over.
    ReadWriteLock taking() {
        return taking;
    }

    /// Cuts the log, where a whole segment can go.
    ///
    /// @param newFloorMicros the new floor; not beyond now
    /// @param recordedUptoMicros only what was recorded by then goes
    /// @return how many events were dropped, 0 where nothing could go
    synchronized long cut(long newFloorMicros, long recordedUptoMicros) {
        EventLog log = foundation.log();
        long place = log.placeBy(recordedUptoMicros);
        if (place <= log.droppedBefore() || newFloorMicros < floorMicros) {
            return 0;
        }
        long before = floorMicros;
        boolean done = false;
        forgetting = false;
        try {
            raise(newFloorMicros);
            committer.drain();
            housekeeping.checkpoint();
            long dropped = cutBefore(place, newFloorMicros);
            done = true;
            cuts++;
            return dropped;
        } finally {
            // Nodes that began to forget must not be told again what they forgot.
            if (!done && !forgetting) {
                raise(before);
            }
        }
    }

    private void raise(long micros) {
        taking.writeLock().lock();
        try {
            floorMicros = micros;
        } finally {
            taking.writeLock().unlock();
        }
    }

    private long cutBefore(long place, long floor) {
        byte[] clocks = foundation.clocks().write();
        Set<Long> pinned = new HashSet<>(foundation.clocks().witnesses());
        List<Cutting> cuttings = new ArrayList<>();
        LongStream kept = foundation.fleet().addresses().filter(address -> address < place);
        for (Shard shard : foundation.shards()) {
            pinned.add(shard.lastAddress());
            Cutting cutting = new Cutting(shard, floor, place, pinned::contains);
            cutting.select();
            cuttings.add(cutting);
            kept = LongStream.concat(kept, LongStream.of(cutting.kept()));
        }
        long now = Times.micros(options.clock().instant());
        Base next = new Base(floor, now, clocks, together(cuttings));
        Kept staying = new Kept(next.write(), kept.sorted().toArray());
        housekeeping.exclusively(() -> {
            var _ = foundation.log().dropBefore(place, staying, () -> forget(cuttings, place));
        });
        long more = next.events() - base.events();
        base = next;
        return more;
    }

    private void forget(List<Cutting> cuttings, long place) {
        forgetting = true;
        changes.forgetBefore(place);
        foundation.cutting(place, () -> cuttings.forEach(Cutting::forget));
    }

    /// What was dropped before, and what is dropped now, node by node.
    private List<Dropped> together(List<Cutting> cuttings) {
        Map<String, Dropped> all = new HashMap<>();
        base.dropped().forEach(one -> all.put(one.node(), one));
        for (Cutting cutting : cuttings) {
            cutting.dropped().forEach(one -> all.merge(one.node(), one, Dropped::with));
        }
        return List.copyOf(all.values());
    }

    @Override
    public void close() {
        ScheduledExecutorService executor = thread;
        if (executor == null) {
            return;
        }
        executor.shutdown();
        try {
            while (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
                // A cut under way ends by itself.
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
