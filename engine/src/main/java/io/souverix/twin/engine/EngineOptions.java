package io.souverix.twin.engine;

import io.souverix.twin.core.rules.Rules;
import java.time.InstantSource;

/// How an engine is set up.
///
/// @param rules what events are judged by
/// @param shards how many parts the fleet is folded in, each on its own thread
/// @param clock tells now; nothing else reads a clock
/// @param checkpointEvents how many folded events make a checkpoint due
/// @param checkpoints whether checkpoints are made in the background as they fall due
public record EngineOptions(
        Rules rules, int shards, InstantSource clock, long checkpointEvents, boolean checkpoints) {
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
                true);
    }

    public EngineOptions withRules(Rules other) {
        return new EngineOptions(other, shards, clock, checkpointEvents, checkpoints);
    }

    public EngineOptions withClock(InstantSource other) {
        return new EngineOptions(rules, shards, other, checkpointEvents, checkpoints);
    }

    public EngineOptions withShards(int other) {
        return new EngineOptions(rules, other, clock, checkpointEvents, checkpoints);
    }

    public EngineOptions withCheckpoints(long events, boolean inBackground) {
        return new EngineOptions(rules, shards, clock, events, inBackground);
    }
}
