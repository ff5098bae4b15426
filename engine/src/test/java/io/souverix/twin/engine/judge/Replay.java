package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The replay of a returning node's backlog: the one that stands, or the last that stood.
final class Replay {
    private Replay() {}

    static @Nullable Map<String, @Nullable Object> replay(List<Event> history) {
        List<Event> steps = steps(history);
        if (steps.isEmpty()) {
            return null;
        }
        boolean replaying = "replaying".equals(Connectivity.state(history));
        return Members.of(
                "processed", processed(steps),
                "total", total(steps),
                "started_at", steps.getFirst().timestamp(),
                "rate_per_second", rate(steps),
                "eta", replaying ? eta(steps) : null);
    }

    /// The opening of the last replay and what was said of it after; empty where none was ever opened.
    private static List<Event> steps(List<Event> history) {
        List<Event> steps = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Event event = history.get(i);
            if (opens(history, i)) {
                steps.clear();
                steps.add(event);
            } else if (event.is("replay_progressed")
                    || (event.is("replay_completed") && !steps.isEmpty())) {
                steps.add(event);
            }
        }
        return steps;
    }

    private static boolean opens(List<Event> history, int index) {
        Event event = history.get(index);
        boolean entersReplaying =
                "replaying".equals(Connectivity.stateOf(event))
                        && !"replaying".equals(Connectivity.state(history.subList(0, index)));
        return event.is("replay_started") || entersReplaying;
    }

    private static @Nullable BigDecimal total(List<Event> steps) {
        BigDecimal total = null;
        for (Event step : steps) {
            total =
                    switch (step.type()) {
                        case "replay_started", "replay_progressed" -> step.number("total");
                        case "state_transition" -> step.number("backlog");
                        default -> total;
                    };
        }
        return total;
    }

    private static @Nullable BigDecimal processed(List<Event> steps) {
        BigDecimal processed = BigDecimal.ZERO;
        for (int i = 0; i < steps.size(); i++) {
            BigDecimal given = steps.get(i).number("processed");
            processed =
                    switch (steps.get(i).type()) {
                        case "replay_progressed" -> given;
                        case "replay_completed" ->
                                given == null ? total(steps.subList(0, i)) : given;
                        default -> processed;
                    };
        }
        return processed;
    }

    /// From the opening to the last word of progress; null where there was none.
    private static @Nullable Duration worked(List<Event> steps) {
        Event last = steps.getLast();
        boolean progressed = last.is("replay_progressed") || last.is("replay_completed");
        return progressed ? Duration.between(steps.getFirst().timestamp(), last.timestamp()) : null;
    }

    private static @Nullable BigDecimal rate(List<Event> steps) {
        BigDecimal processed = processed(steps);
        Duration worked = worked(steps);
        if (processed == null || processed.signum() == 0 || worked == null || worked.isZero()) {
            return null;
        }
        BigDecimal micros = BigDecimal.valueOf(worked.dividedBy(ChronoUnit.MICROS.getDuration()));
        return processed.movePointRight(6).divide(micros, 3, RoundingMode.HALF_UP);
    }

    private static @Nullable Instant eta(List<Event> steps) {
        for (Event step : steps.reversed()) {
            Object given = step.is("state_transition") ? null : step.payload().get("eta");
            if (given != null && !step.is("replay_completed")) {
                return Times.instantOrAfter(step.timestamp(), given);
            }
        }
        Event progress = Walk.lastOf(steps, "replay_progressed");
        BigDecimal processed = processed(steps);
        BigDecimal remaining = remaining(total(steps), processed);
        Duration worked = worked(steps);
        if (progress == null
                || rate(steps) == null
                || processed == null
                || remaining == null
                || worked == null) {
            return null;
        }
        BigDecimal micros = BigDecimal.valueOf(worked.dividedBy(ChronoUnit.MICROS.getDuration()));
        BigDecimal toCome = remaining.multiply(micros).divide(processed, 0, RoundingMode.FLOOR);
        return progress.timestamp()
                .plus(toCome.longValueExact(), ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    /// max(0, total - processed); null where one is unknown.
    static @Nullable BigDecimal remaining(
            @Nullable BigDecimal total, @Nullable BigDecimal processed) {
        return total == null || processed == null
                ? null
                : total.subtract(processed).max(BigDecimal.ZERO);
    }
}
