package io.souverix.twin.core.connectivity;

import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.NodeState;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonNumber;
import org.jspecify.annotations.Nullable;

/// A connectivity state that a node was said to be in.
///
/// @param from the state before, as the event claims, or null
/// @param backlog messages waiting, or -1 where not said
/// @param syncIntervalSeconds -1 where not said
/// @param returnEtaMicros [Times#NONE] where not said
public record LedgerEntry(
        String eventId,
        long timestampMicros,
        ConnectivityState state,
        @Nullable ConnectivityState from,
        @Nullable String reason,
        @Nullable JsonNumber latencyMs,
        long backlog,
        long syncIntervalSeconds,
        long returnEtaMicros) {

    /// The entry that an event makes in the ledger, or null where it makes none.
    public static @Nullable LedgerEntry of(Event event) {
        return switch (event.payload()) {
            case StateTransition(
                            NodeState to,
                            NodeState from,
                            String reason,
                            JsonNumber latency,
                            long interval,
                            long backlog,
                            long eta)
                    when to instanceof ConnectivityState state ->
                    new LedgerEntry(
                            event.id(),
                            event.timestampMicros(),
                            state,
                            from instanceof ConnectivityState before ? before : null,
                            reason,
                            latency,
                            backlog,
                            interval,
                            eta);
            case ConnectionEstablished established ->
                    entry(
                            event,
                            ConnectivityState.RETURNING,
                            established.reason(),
                            established.latencyMs(),
                            -1,
                            Times.NONE);
            case ConnectionLost lost ->
                    entry(event, lost.mode(), lost.reason(), null, -1, lost.returnEtaMicros());
            case ReplayStarted started ->
                    entry(
                            event,
                            ConnectivityState.REPLAYING,
                            null,
                            null,
                            started.total(),
                            Times.NONE);
            case ReplayCompleted completed ->
                    entry(
                            event,
                            ConnectivityState.LIVE,
                            null,
                            completed.latencyMs(),
                            completed.backlog(),
                            Times.NONE);
            default -> null;
        };
    }

    private static LedgerEntry entry(
            Event event,
            ConnectivityState state,
            @Nullable String reason,
            @Nullable JsonNumber latencyMs,
            long backlog,
            long returnEtaMicros) {
        return new LedgerEntry(
                event.id(),
                event.timestampMicros(),
                state,
                null,
                reason,
                latencyMs,
                backlog,
                -1,
                returnEtaMicros);
    }

    /// Whether this entry may follow the one before (null for the first): semantics section 3.
    public boolean regularAfter(@Nullable LedgerEntry before) {
        return regularAfter(before == null ? null : before.state);
    }

    /// Whether this entry may follow a state (null for the first entry).
    boolean regularAfter(@Nullable ConnectivityState before) {
        if (before == null || before == state) {
            return true;
        }
        if (from != null && from != before) {
            return false;
        }
        return switch (before) {
            case LIVE, DELAYED, EDGE_CACHED ->
                    switch (state) {
                        case LIVE, DELAYED, EDGE_CACHED, AUTONOMOUS, DISCONNECTED -> true;
                        case RETURNING, REPLAYING -> false;
                    };
            case AUTONOMOUS ->
                    switch (state) {
                        case DISCONNECTED, RETURNING, LIVE -> true;
                        case AUTONOMOUS, DELAYED, EDGE_CACHED, REPLAYING -> false;
                    };
            case DISCONNECTED ->
                    switch (state) {
                        case AUTONOMOUS, RETURNING -> true;
                        case DISCONNECTED, LIVE, DELAYED, EDGE_CACHED, REPLAYING -> false;
                    };
            case RETURNING ->
                    switch (state) {
                        case REPLAYING, LIVE, AUTONOMOUS, DISCONNECTED -> true;
                        case RETURNING, DELAYED, EDGE_CACHED -> false;
                    };
            case REPLAYING ->
                    switch (state) {
                        case LIVE, DELAYED, EDGE_CACHED, AUTONOMOUS, DISCONNECTED -> true;
                        case REPLAYING, RETURNING -> false;
                    };
        };
    }
}
