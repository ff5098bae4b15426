package io.souverix.twin.engine.judge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a node works: `operational`.
final class Operational {
    static final List<String> STATES =
            List.of("ok", "degraded", "failed", "quarantined", "unknown");

    private Operational() {}

    static Map<String, @Nullable Object> operational(Question asked) {
        List<Event> history = asked.history();
        Event last = transition(history);
        return Members.of(
                "state", state(history),
                "since", Walk.startOfRun(history, Operational::state),
                "reason", last == null ? null : last.text("reason"),
                "health", Walk.lastGiven(history, "health", "actual_state_reported"));
    }

    private static @Nullable String state(List<Event> history) {
        Event last = transition(history);
        return last == null ? null : last.text("to");
    }

    private static @Nullable Event transition(List<Event> history) {
        for (Event event : history.reversed()) {
            if (event.is("state_transition") && STATES.contains(event.needed("to"))) {
                return event;
            }
        }
        return null;
    }
}
