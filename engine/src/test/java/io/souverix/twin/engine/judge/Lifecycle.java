package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The phase of a node's life and its maintenance windows: `lifecycle`.
final class Lifecycle {
    static final List<String> PHASES =
            List.of("provisioning", "active", "maintenance", "decommissioning", "decommissioned");
    private static final int MOST_PLANNED = 16;

    private Lifecycle() {}

    /// @param before the phase remembered when maintenance was entered last
    private record Phase(@Nullable String now, @Nullable String before) {
        Phase become(@Nullable String next) {
            boolean entersMaintenance = "maintenance".equals(next) && !"maintenance".equals(now);
            return new Phase(next, entersMaintenance ? now : before);
        }
    }

    static Map<String, @Nullable Object> lifecycle(Question asked) {
        List<Event> history = asked.history();
        return Members.of(
                "phase", phase(history),
                "since", phase(history) == null ? null : Walk.startOfRun(history, Lifecycle::phase),
                "hardware", Identity.hardware(history),
                "software", Software.software(asked),
                "update", Updates.update(asked),
                "maintenance", maintenance(asked));
    }

    static @Nullable String phase(List<Event> history) {
        Phase phase = new Phase(null, null);
        for (Event event : history) {
            phase = after(phase, event);
        }
        return phase.now();
    }

    private static Phase after(Phase phase, Event event) {
        boolean gone = "decommissioned".equals(phase.now());
        return switch (event.type()) {
            case "state_transition" ->
                    PHASES.contains(event.needed("to")) ? phase.become(event.needed("to")) : phase;
            case "provisioning_started" -> phase.become("provisioning");
            case "provisioning_completed" -> gone ? phase : phase.become("active");
            case "maintenance_started" -> gone ? phase : phase.become("maintenance");
            case "maintenance_completed" ->
                    "maintenance".equals(phase.now()) ? phase.become(phase.before()) : phase;
            case "decommissioning_started" -> gone ? phase : phase.become("decommissioning");
            case "decommissioning_completed" -> phase.become("decommissioned");
            default -> phase;
        };
    }

    private static Map<String, @Nullable Object> maintenance(Question asked) {
        List<Event> history = asked.history();
        boolean open = "maintenance".equals(phase(history));
        List<Event> window = open ? window(history) : List.of();
        return Members.of(
                "open", open,
                "since", open ? window.getFirst().timestamp() : null,
                "window_end", windowEnd(window),
                "reason", windowReason(window),
                "planned", planned(asked));
    }

    /// The event that opened the standing window, and what was said of it after.
    private static List<Event> window(List<Event> history) {
        List<Event> window = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            boolean before = "maintenance".equals(phase(history.subList(0, i)));
            boolean after = "maintenance".equals(phase(history.subList(0, i + 1)));
            if (!before && after) {
                window.clear();
                window.add(history.get(i));
            } else if (after && history.get(i).is("maintenance_started")) {
                window.add(history.get(i));
            }
        }
        return window;
    }

    private static @Nullable Instant windowEnd(List<Event> window) {
        return Times.instantOrNull(
                (String) Walk.lastGiven(window, "window_end", "maintenance_started"));
    }

    private static @Nullable Object windowReason(List<Event> window) {
        return Walk.lastGiven(window, "reason", "maintenance_started", "state_transition");
    }

    private record Window(Instant start, Instant end, @Nullable String reason) {}

    private static List<@Nullable Object> planned(Question asked) {
        List<Window> windows = new ArrayList<>();
        for (Event event : asked.history()) {
            if (event.is("maintenance_planned")) {
                windows.add(
                        new Window(
                                Times.instant(event.needed("window_start")),
                                Times.instant(event.needed("window_end")),
                                event.text("reason")));
            }
        }
        windows.removeIf(window -> !window.end().isAfter(asked.now()));
        windows.sort(
                Comparator.comparing(Window::start)
                        .thenComparing(Window::end)
                        .thenComparing(
                                Window::reason, Comparator.nullsFirst(Comparator.naturalOrder())));
        List<@Nullable Object> shown = new ArrayList<>();
        for (Window window : windows.subList(0, Math.min(MOST_PLANNED, windows.size()))) {
            shown.add(
                    Members.of(
                            "window_start",
                            window.start(),
                            "window_end",
                            window.end(),
                            "reason",
                            window.reason()));
        }
        return shown;
    }
}
