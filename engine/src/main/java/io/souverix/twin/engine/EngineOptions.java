package io.souverix.twin.engine;

import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.engine.changes.Bounds;
import java.time.InstantSource;

/// How an engine is set up.
///
/// @param rules what events are judged by
/// @param shards how many parts the fleet is folded in, each on its own thread
/// @param clock tells now; nothing else reads a clock
/// @param checkpointEvents how many folded events make a checkpoint due
/// @param checkpoints whether checkpoints are made in the background as they fall due
/// @param changes how much is kept for those who watch
public record EngineOptions(
        Rules rules,
        int shards,
        InstantSource clock,
        long checkpointEvents,
        boolean checkpoints,
        Bounds changes) {
    /// How many appended but unanswered events are held; more is answered `OVERLOADED`.
    public static final int MAX_PENDING_EVENTS = 200_000;

    /// How many bytes of appended but unanswered events are held.
    public static final long MAX_PENDING_BYTES = 256L << 20;

    public static EngineOptions defaults() {
        return new EngineOptions(
                Rules.DEFAULT,
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                InstantSource.system(),
                4_000_000,
                true,
                Bounds.DEFAULT);
    }

    public EngineOptions withRules(Rules other) {
        return new EngineOptions(other, shards, clock, checkpointEvents, checkpoints, changes);
    }

    public EngineOptions withClock(InstantSource other) {
        return new EngineOptions(rules, shards, other, checkpointEvents, checkpoints, changes);
    }

    public EngineOptions withShards(int other) {
        return new EngineOptions(rules, other, clock, checkpointEvents, checkpoints, changes);
    }

    public EngineOptions withCheckpoints(long events, boolean inBackground) {
        return new EngineOptions(rules, shards, clock, events, inBackground, changes);
    }

    public EngineOptions withChanges(Bounds other) {
        return new EngineOptions(rules, shards, clock, checkpointEvents, checkpoints, other);
    }
}
