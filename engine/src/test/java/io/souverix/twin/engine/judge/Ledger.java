package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The connectivity ledger of a node.
final class Ledger {
    private static final Set<String> NEAR = Set.of("live", "delayed", "edge-cached");
    private static final Set<String> CUT_OFF = Set.of("autonomous", "disconnected");

    private Ledger() {}

    static Map<String, @Nullable Object> ledger(Question asked) {
        List<Connectivity.Entry> entries = Connectivity.entries(asked.history());
        List<@Nullable Object> history = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Connectivity.Entry entry = entries.get(i);
            boolean last = i == entries.size() - 1;
            Instant until = last ? asked.now() : entries.get(i + 1).event().timestamp();
            Map<String, @Nullable Object> shown = said(entry);
            shown.putAll(
                    Members.of(
                            "duration_seconds",
                                    Times.seconds(Times.elapsed(entry.event().timestamp(), until)),
                            "regular", i == 0 || isRegular(entries.get(i - 1).state(), entry),
                            "event_id", entry.event().id()));
            history.add(shown);
        }
        return Members.of(
                "node_id", asked.node(),
                "state", Connectivity.state(asked.history()),
                "history", history,
                "meta", Meta.meta(asked));
    }

    /// What the event itself says; what it does not say is left out.
    private static Map<String, @Nullable Object> said(Connectivity.Entry entry) {
        Event event = entry.event();
        boolean transition = event.is("state_transition");
        Map<String, @Nullable Object> shown =
                Members.of("timestamp", event.timestamp(), "state", entry.state());
        Map<String, @Nullable Object> optional =
                Members.of(
                        "from", transition ? event.text("from") : null,
                        "reason", Connectivity.reason(event),
                        "latency_ms",
                                transition
                                                || event.is("connection_established")
                                                || event.is("replay_completed")
                                        ? event.number("latency_ms")
                                        : null,
                        "backlog", backlog(event),
                        "sync_interval",
                                transition
                                        ? Times.show(
                                                Times.duration(
                                                        event.payload().get("sync_interval")))
                                        : null);
        optional.values().removeIf(value -> value == null);
        shown.putAll(optional);
        return shown;
    }

    private static @Nullable Object backlog(Event event) {
        return switch (event.type()) {
            case "state_transition", "replay_completed" -> event.number("backlog");
            case "replay_started" -> event.number("total");
            default -> null;
        };
    }

    private static boolean isRegular(String before, Connectivity.Entry entry) {
        String from = entry.event().is("state_transition") ? entry.event().text("from") : null;
        if (entry.state().equals(before)) {
            return true;
        }
        return mayFollow(before, entry.state()) && (from == null || from.equals(before));
    }

    private static boolean mayFollow(String before, String after) {
        return switch (before) {
            case "live", "delayed", "edge-cached" ->
                    NEAR.contains(after) || CUT_OFF.contains(after);
            case "autonomous" -> Set.of("disconnected", "returning", "live").contains(after);
            case "disconnected" -> Set.of("autonomous", "returning").contains(after);
            case "returning" ->
                    Set.of("replaying", "live", "autonomous", "disconnected").contains(after);
            case "replaying" -> NEAR.contains(after) || CUT_OFF.contains(after);
            default -> throw new IllegalArgumentException("no connectivity state: " + before);
        };
    }
}
