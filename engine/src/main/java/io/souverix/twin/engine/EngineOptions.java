package io.souverix.twin.engine;

import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.engine.changes.Bounds;
import io.souverix.twin.engine.log.SegmentLogOptions;
import io.souverix.twin.engine.shard.Meaning;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How an engine is set up.
///
/// @param rules what events are judged by
/// @param shards how many parts the fleet is folded in, each on its own thread
/// @param clock tells now; nothing else reads a clock
/// @param checkpointEvents how many folded events make a checkpoint due
/// @param checkpoints whether checkpoints are made in the background as they fall due
/// @param changes how much is kept for those who watch
/// @param retain how much of the past is retained, or null for all of it
/// @param segmentBytes how large a segment of the log grows
/// @param meaning what stands between the shards and the core; nothing, save in tests of faults
/// @param twinBytes how much of the heap twins may take where the others can be read from disk
/// @param replayBytes about how much of the log is in memory at a time, twice, where the whole is folded; at
///     most 1 GiB
public record EngineOptions(
        Rules rules,
        int shards,
        InstantSource clock,
        long checkpointEvents,
        boolean checkpoints,
        Bounds changes,
        @Nullable Duration retain,
        long segmentBytes,
        UnaryOperator<Meaning> meaning,
        long twinBytes,
        long replayBytes) {
    /// How many appended but unanswered events are held; more is answered `OVERLOADED`.
    public static final int MAX_PENDING_EVENTS = 200_000;

    /// How many bytes of appended but unanswered events are held.
    public static final long MAX_PENDING_BYTES = 256L << 20;

    /// Twins in memory take at most this part of the heap; the others are read when asked for.
    private static final int TWINS_PART_OF_HEAP = 4;

    /// Of a log that is folded as a whole at most this part of the heap is in memory, twice.
    private static final int REPLAY_PART_OF_HEAP = 8;

    public static EngineOptions defaults() {
        return new EngineOptions(
                Rules.DEFAULT,
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                InstantSource.system(),
                4_000_000,
                true,
                Bounds.DEFAULT,
                null,
                SegmentLogOptions.DEFAULT.segmentBytes(),
                UnaryOperator.identity(),
                Runtime.getRuntime().maxMemory() / TWINS_PART_OF_HEAP,
                Runtime.getRuntime().maxMemory() / REPLAY_PART_OF_HEAP);
    }

    public EngineOptions withRules(Rules other) {
        return new EngineOptions(
                other,
                shards,
                clock,
                checkpointEvents,
                checkpoints,
                changes,
                retain,
                segmentBytes,
                meaning,
                twinBytes,
                replayBytes);
    }

    public EngineOptions withClock(InstantSource other) {
        return new EngineOptions(
                rules,
                shards,
                other,
                checkpointEvents,
                checkpoints,
                changes,
                retain,
                segmentBytes,
                meaning,
                twinBytes,
                replayBytes);
    }

    public EngineOptions withShards(int other) {
        return new EngineOptions(
                rules,
                other,
                clock,
                checkpointEvents,
                checkpoints,
                changes,
                retain,
                segmentBytes,
                meaning,
                twinBytes,
                replayBytes);
    }

    public EngineOptions withCheckpoints(long events, boolean inBackground) {
        return new EngineOptions(
                rules,
                shards,
                clock,
                events,
                inBackground,
                changes,
                retain,
                segmentBytes,
                meaning,
                twinBytes,
                replayBytes);
    }

    public EngineOptions withChanges(Bounds other) {
        return new EngineOptions(
                rules,
                shards,
                clock,
                checkpointEvents,
                checkpoints,
                other,
                retain,
                segmentBytes,
                meaning,
                twinBytes,
                replayBytes);
    }

    public EngineOptions withMeaning(UnaryOperator<Meaning> around) {
        return new EngineOptions(
                rules,
                shards,
                clock,
                checkpointEvents,
                checkpoints,
                changes,
                retain,
                segmentBytes,
                around,
                twinBytes,
                replayBytes);
    }

    public EngineOptions withRetain(@Nullable Duration other) {
        return new EngineOptions(
                rules,
                shards,
                clock,
                checkpointEvents,
                checkpoints,
                changes,
                other,
                segmentBytes,
                meaning,
                twinBytes,
                replayBytes);
    }

    public EngineOptions withSegmentBytes(long other) {
        return new EngineOptions(
                rules,
                shards,
                clock,
                checkpointEvents,
                checkpoints,
                changes,
                retain,
                other,
                meaning,
                twinBytes,
                replayBytes);
    }

    public EngineOptions withTwinBytes(long other) {
        return new EngineOptions(
                rules,
                shards,
                clock,
                checkpointEvents,
                checkpoints,
                changes,
                retain,
                segmentBytes,
                meaning,
                other,
                replayBytes);
    }

    public EngineOptions withReplayBytes(long other) {
        return new EngineOptions(
                rules,
                shards,
                clock,
                checkpointEvents,
                checkpoints,
                changes,
                retain,
                segmentBytes,
                meaning,
                twinBytes,
                other);
    }
}
