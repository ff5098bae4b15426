package io.souverix.twin.engine;

import org.jspecify.annotations.Nullable;

/// How the engine stands, for readiness and metrics.
///
/// @param failure why no appends are taken, or null
/// @param position up to where events are folded and visible
/// @param nodes twins held, decommissioned ones included
/// @param events events in the log
/// @param logBytes size of the log
/// @param pendingEvents appended but not yet answered
/// @param applied, late, duplicates outcomes since start
/// @param checkpoint the position of the last checkpoint
/// @param digest sum of the hashes of all accepted events, 32 hex digits
public record EngineStatus(
        @Nullable String failure,
        Position position,
        long nodes,
        long events,
        long logBytes,
        long pendingEvents,
        long applied,
        long late,
        long duplicates,
        Position checkpoint,
        String digest) {}
