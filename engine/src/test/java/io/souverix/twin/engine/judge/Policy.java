package io.souverix.twin.engine.judge;

import io.souverix.twin.engine.judge.Walk.Fact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which policy a node should follow and follows, and how well: `policy`.
final class Policy {
    private Policy() {}

    /// What the newest report of compliance said.
    ///
    /// @param counts null where only score and violations were given
    record Compliance(
            @Nullable Map<String, @Nullable Object> counts,
            @Nullable BigDecimal score,
            @Nullable BigDecimal violations,
            Event event) {}

    static Map<String, @Nullable Object> policy(Question asked) {
        Compliance compliance = compliance(asked.history());
        Duration staleBy = staleBy(asked);
        return Members.of(
                "desired_policy", Walk.text(desired(asked.history())),
                "actual_policy", Walk.text(actual(asked.history())),
                "compliance", compliance == null ? null : compliance.counts(),
                "compliance_score", compliance == null ? null : compliance.score(),
                "violations", compliance == null ? null : compliance.violations(),
                "stale_by", Times.show(staleBy),
                "stale_by_seconds", Times.seconds(staleBy));
    }

    static @Nullable Fact desired(List<Event> history) {
        return Walk.winner(facts(history, "desired_state_changed", "policy_version"));
    }

    static @Nullable Fact actual(List<Event> history) {
        return Walk.last(facts(history, "actual_state_reported", "actual_version"));
    }

    /// Said as `policy_version` by events of one type, and by observed policy drift in a field of its own.
    private static List<Fact> facts(List<Event> history, String type, String driftField) {
        List<Fact> facts = new ArrayList<>();
        for (Event event : history) {
            String said =
                    event.is(type)
                            ? event.text("policy_version")
                            : event.is("policy_drift_detected") ? event.text(driftField) : null;
            if (said != null) {
                facts.add(new Fact(said, event));
            }
        }
        return facts;
    }

    static @Nullable Compliance compliance(List<Event> history) {
        for (Event event : history.reversed()) {
            Map<String, @Nullable Object> given =
                    switch (event.type()) {
                        case "actual_state_reported" ->
                                Members.object(event.payload(), "compliance");
                        case "policy_drift_detected" ->
                                Members.of(
                                        "score",
                                        event.number("compliance_score"),
                                        "violations",
                                        event.number("violations"));
                        default -> null;
                    };
            if (given != null && given.values().stream().anyMatch(value -> value != null)) {
                return compliance(given, event);
            }
        }
        return null;
    }

    private static Compliance compliance(Map<String, @Nullable Object> given, Event event) {
        BigDecimal passed = Members.number(given, "passed");
        BigDecimal failed = Members.number(given, "failed");
        if (passed == null || failed == null) {
            return new Compliance(
                    null,
                    Members.number(given, "score"),
                    Members.number(given, "violations"),
                    event);
        }
        Map<String, @Nullable Object> counts =
                Members.of(
                        "passed",
                        passed,
                        "failed",
                        failed,
                        "not_applicable",
                        orZero(Members.number(given, "not_applicable")),
                        "unevaluable",
                        orZero(Members.number(given, "unevaluable")));
        BigDecimal evaluated = passed.add(failed);
        BigDecimal score =
                evaluated.signum() == 0 ? null : passed.divide(evaluated, 4, RoundingMode.HALF_UP);
        return new Compliance(counts, score, failed, event);
    }

    private static BigDecimal orZero(@Nullable BigDecimal number) {
        return number == null ? BigDecimal.ZERO : number;
    }

    static @Nullable Duration staleBy(Question asked) {
        String desired = Walk.text(desired(asked.history()));
        String actual = Walk.text(actual(asked.history()));
        if (desired == null) {
            return null;
        }
        if (actual != null && Version.sameVersion(desired, actual, null)) {
            return Duration.ZERO;
        }
        return Times.elapsed(
                Walk.startOfRun(asked.history(), history -> Walk.text(desired(history))),
                asked.now());
    }
}
