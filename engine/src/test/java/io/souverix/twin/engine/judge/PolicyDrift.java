package io.souverix.twin.engine.judge;

import io.souverix.twin.engine.judge.Walk.Fact;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a node does not follow the desired policy.
final class PolicyDrift {
    private static final int MOST_VIOLATIONS_LISTED = 100;

    private PolicyDrift() {}

    static Map<String, @Nullable Object> policyDrift(Question asked) {
        Map<String, @Nullable Object> policy = Policy.policy(asked);
        return Members.of(
                "policy_version", policy.get("desired_policy"),
                "actual_version", policy.get("actual_policy"),
                "compliance_score", policy.get("compliance_score"),
                "violations", policy.get("violations"),
                "stale_by", policy.get("stale_by"),
                "stale_by_seconds", policy.get("stale_by_seconds"));
    }

    /// The finding of the policy version, or none.
    static List<Finding> versionFindings(Question asked) {
        Fact desired = Policy.desired(asked.history());
        Fact actual = Policy.actual(asked.history());
        if (desired == null
                || actual == null
                || Version.sameVersion(desired.text(), actual.text(), null)) {
            return List.of();
        }
        return List.of(
                new Finding(
                        "policy",
                        "policy_version",
                        "changed",
                        desired.text(),
                        actual.text(),
                        "low",
                        null,
                        Walk.startOfRun(asked.history(), PolicyDrift::pair),
                        Finding.ids(desired.event(), actual.event())));
    }

    private static List<String> pair(List<Event> history) {
        return List.of(
                String.valueOf(Walk.text(Policy.desired(history))),
                String.valueOf(Walk.text(Policy.actual(history))));
    }

    /// How many violations stand.
    static long violations(Question asked) {
        BigDecimal violations = violations(asked.history());
        return violations == null ? 0 : violations.longValueExact();
    }

    private static @Nullable BigDecimal violations(List<Event> history) {
        Policy.Compliance compliance = Policy.compliance(history);
        return compliance == null ? null : compliance.violations();
    }

    /// A finding for each violation, the first 100 of them.
    static List<Finding> violationFindings(Question asked) {
        Policy.Compliance compliance = Policy.compliance(asked.history());
        long count = violations(asked);
        Instant since =
                count == 0 ? null : Walk.startOfRun(asked.history(), PolicyDrift::numberText);
        List<Finding> findings = new ArrayList<>();
        for (int i = 1; i <= Math.min(count, MOST_VIOLATIONS_LISTED); i++) {
            findings.add(
                    new Finding(
                            "policy",
                            "violations." + i,
                            "violation",
                            BigDecimal.ZERO,
                            BigDecimal.valueOf(count),
                            "medium",
                            null,
                            since,
                            Finding.ids(compliance == null ? null : compliance.event())));
        }
        return findings;
    }

    private static String numberText(List<Event> history) {
        return PlainJson.canonical(violations(history));
    }
}
