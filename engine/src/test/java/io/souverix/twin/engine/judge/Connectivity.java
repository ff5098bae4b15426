package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The state of a node's connection: `connectivity`.
final class Connectivity {
    static final List<String> STATES =
            List.of(
                    "live",
                    "delayed",
                    "edge-cached",
                    "autonomous",
                    "disconnected",
                    "returning",
                    "replaying");
    private static final Set<String> CUT_OFF = Set.of("autonomous", "disconnected");

    private Connectivity() {}

    /// An event that says a connectivity state, and the state it says.
    record Entry(Event event, String state) {}

    static List<Entry> entries(List<Event> history) {
        List<Entry> entries = new ArrayList<>();
        for (Event event : history) {
            String state = stateOf(event);
            if (state != null) {
                entries.add(new Entry(event, state));
            }
        }
        return entries;
    }

    static @Nullable String stateOf(Event event) {
        return switch (event.type()) {
            case "state_transition" ->
                    STATES.contains(event.needed("to")) ? event.needed("to") : null;
            case "connection_established" -> "returning";
            case "connection_lost" ->
                    event.text("mode") == null ? "disconnected" : event.text("mode");
            case "replay_started" -> "replaying";
            case "replay_completed" -> "live";
            default -> null;
        };
    }

    static @Nullable String state(List<Event> history) {
        List<Entry> entries = entries(history);
        return entries.isEmpty() ? null : entries.getLast().state();
    }

    static Map<String, @Nullable Object> connectivity(Question asked) {
        List<Event> history = asked.history();
        List<Entry> entries = entries(history);
        Event lastSync = lastSync(history);
        Duration debt = SyncDebt.debt(history, asked.now());
        Duration interval = syncInterval(history);
        Map<String, @Nullable Object> shown =
                Members.of(
                        "state", state(history),
                        "since", Walk.startOfRun(history, Connectivity::state),
                        "reason", entries.isEmpty() ? null : reason(entries.getLast().event()),
                        "last_sync", lastSync == null ? null : lastSync.timestamp(),
                        "sync_debt", Times.show(debt),
                        "sync_debt_seconds", Times.seconds(debt),
                        "sync_debt_parts", SyncDebt.parts(history, asked.now()),
                        "message_backlog", backlog(history));
        for (String measure : List.of("backlog_by_type", "backlog_by_priority")) {
            shown.put(measure, Walk.lastGiven(history, measure, "connectivity_reported"));
        }
        shown.putAll(
                Members.of(
                        "oldest_message", oldestMessage(history),
                        "latency_ms", latency(history),
                        "loss_pct", Walk.lastGiven(history, "loss_pct", "connectivity_reported"),
                        "sync_interval", Times.show(interval),
                        "sync_interval_seconds", Times.seconds(interval),
                        "return_eta", returnEta(history),
                        "replay", Replay.replay(history)));
        return shown;
    }

    /// Only these entries carry a reason; elsewhere a field of that name is an unknown one.
    static @Nullable String reason(Event entry) {
        return Set.of("state_transition", "connection_established", "connection_lost")
                        .contains(entry.type())
                ? entry.text("reason")
                : null;
    }

    /// Whether an event enters or leaves `live`.
    static boolean entersOrLeavesLive(List<Event> history, int index, boolean entering) {
        String state = stateOf(history.get(index));
        String before = state(history.subList(0, index));
        if (state == null) {
            return false;
        }
        return entering
                ? state.equals("live") && !"live".equals(before)
                : !state.equals("live") && "live".equals(before);
    }

    /// The last event that was a synchronisation; null where there was none.
    static @Nullable Event lastSync(List<Event> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            Event event = history.get(i);
            if (event.is("sync_completed")
                    || event.is("replay_completed")
                    || entersOrLeavesLive(history, i, true)
                    || entersOrLeavesLive(history, i, false)) {
                return event;
            }
        }
        return null;
    }

    static @Nullable BigDecimal backlog(List<Event> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            BigDecimal said = backlogSaid(history, i);
            if (said != null) {
                return said;
            }
        }
        return null;
    }

    private static @Nullable BigDecimal backlogSaid(List<Event> history, int index) {
        Event event = history.get(index);
        BigDecimal given = event.number("backlog");
        return switch (event.type()) {
            case "connectivity_reported" -> given;
            case "replay_completed" -> given == null ? BigDecimal.ZERO : given;
            case "replay_started" -> event.number("total");
            case "replay_progressed" ->
                    Replay.remaining(event.number("total"), event.number("processed"));
            case "state_transition" -> {
                boolean emptied = given == null && entersOrLeavesLive(history, index, true);
                yield stateOf(event) == null ? null : emptied ? BigDecimal.ZERO : given;
            }
            default -> null;
        };
    }

    private static @Nullable Object latency(List<Event> history) {
        List<Event> telling =
                history.stream()
                        .filter(event -> !event.is("state_transition") || stateOf(event) != null)
                        .toList();
        return Walk.lastGiven(
                telling,
                "latency_ms",
                "state_transition",
                "connection_established",
                "connectivity_reported",
                "sync_completed",
                "replay_completed");
    }

    private static @Nullable Instant oldestMessage(List<Event> history) {
        return Times.instantOrNull(
                (String) Walk.lastGiven(history, "oldest_message", "connectivity_reported"));
    }

    private static @Nullable Duration syncInterval(List<Event> history) {
        List<Event> telling =
                history.stream()
                        .filter(event -> !event.is("state_transition") || stateOf(event) != null)
                        .toList();
        return Times.duration(
                Walk.lastGiven(
                        telling, "sync_interval", "state_transition", "connectivity_reported"));
    }

    /// The last one given by an entry since the node went away; null while it is not away.
    private static @Nullable Instant returnEta(List<Event> history) {
        for (Entry entry : entries(history).reversed()) {
            Object given = entry.event().payload().get("return_eta");
            if (!CUT_OFF.contains(entry.state())) {
                return null;
            }
            if (given != null) {
                return Times.instantOrAfter(entry.event().timestamp(), given);
            }
        }
        return null;
    }
}
