package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.json.JsonNumber;
import org.jspecify.annotations.Nullable;

/// Reads the payloads of connection, sync and replay.
final class ConnectivityPayloads {
    private ConnectivityPayloads() {}

    static Payload read(EventType type, Fields f) {
        return switch (type) {
            case CONNECTION_ESTABLISHED ->
                    new ConnectionEstablished(latency(f), f.optionalText("reason"));
            case CONNECTION_LOST ->
                    new ConnectionLost(
                            mode(f), f.optionalText("reason"), f.optionalMoment("return_eta"));
            case CONNECTIVITY_REPORTED ->
                    new ConnectivityReported(
                            latency(f),
                            f.optionalNumber("loss_pct", 100),
                            f.optionalCount("backlog"),
                            f.optionalObject("backlog_by_type"),
                            f.optionalObject("backlog_by_priority"),
                            f.optionalInstant("oldest_message"),
                            f.optionalDuration("sync_interval"));
            case SYNC_COMPLETED -> new SyncCompleted(latency(f));
            case REPLAY_STARTED -> new ReplayStarted(f.count("total"), f.optionalMoment("eta"));
            case REPLAY_PROGRESSED ->
                    new ReplayProgressed(
                            f.count("processed"), f.count("total"), f.optionalMoment("eta"));
            case REPLAY_COMPLETED ->
                    new ReplayCompleted(
                            f.optionalCount("processed"), latency(f), f.optionalCount("backlog"));
            default -> throw new IllegalStateException("no connectivity type: " + type);
        };
    }

    static @Nullable JsonNumber latency(Fields f) {
        return f.optionalNumber("latency_ms", Fields.MAX_INTEGER);
    }

    private static ConnectivityState mode(Fields f) {
        ConnectivityState mode = f.optionalWord("mode", LOST_MODES);
        return mode == null ? ConnectivityState.DISCONNECTED : mode;
    }

    private static final ConnectivityState[] LOST_MODES = {
        ConnectivityState.AUTONOMOUS, ConnectivityState.DISCONNECTED
    };
}
