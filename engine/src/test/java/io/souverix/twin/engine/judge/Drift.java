package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The drift analysis of a node: what was found, and what follows from it.
///
/// @param violations how many violations stand; of their findings the first 100 are listed
record Drift(
        Question asked,
        List<Finding> version,
        List<Finding> config,
        List<Finding> policy,
        long violations) {
    static final List<String> STATUSES =
            List.of("unknown", "comparison_error", "progressing", "drifted", "in_sync");

    static Drift of(Question asked) {
        List<Finding> policy = new ArrayList<>(PolicyDrift.versionFindings(asked));
        policy.addAll(PolicyDrift.violationFindings(asked));
        return new Drift(
                asked,
                VersionDrift.findings(asked),
                ConfigDrift.findings(asked),
                policy,
                PolicyDrift.violations(asked));
    }

    Map<String, @Nullable Object> analysis() {
        boolean provisional = status().equals("unknown");
        return Members.of(
                "node_id", asked.node(),
                "status", status(),
                "score", score(),
                "severity", severity(),
                "evaluated", isEvaluated(),
                "version_drift", VersionDrift.versionDrift(asked, version),
                "config_drift", ConfigDrift.configDrift(asked, config),
                "policy_drift", PolicyDrift.policyDrift(asked),
                "findings", listed().stream().map(finding -> finding.shown(provisional)).toList(),
                "findings_total", total(),
                "meta", Meta.meta(asked));
    }

    /// The `drift` member of the twin.
    Map<String, @Nullable Object> summary() {
        return Members.of(
                "status", status(), "score", score(), "severity", severity(), "findings", total());
    }

    private List<Finding> listed() {
        List<Finding> findings = new ArrayList<>(version);
        findings.addAll(config);
        findings.addAll(policy);
        return findings;
    }

    /// How many findings of a severity stand, every violation counted.
    long count(String findingSeverity) {
        long count = findingSeverity.equals("medium") ? violations : 0;
        for (Finding finding : listed()) {
            boolean counts =
                    !finding.kind().equals("violation")
                            && finding.severity().equals(findingSeverity);
            count += counts ? 1 : 0;
        }
        return count;
    }

    long total() {
        return Catalogue.SEVERITIES.stream().mapToLong(this::count).sum();
    }

    String severity() {
        return Finding.worst(listed().stream().map(Finding::severity).toList());
    }

    BigDecimal score() {
        return score(Catalogue.SEVERITIES.stream().map(this::count).toList());
    }

    /// The score of so many findings of each severity (`none`, `low`, `medium`, `high`, `critical`).
    static BigDecimal score(List<Long> counts) {
        int worst = counts.size() - 1;
        while (worst > 0 && counts.get(worst) == 0) {
            worst--;
        }
        if (worst == 0) {
            return BigDecimal.ZERO;
        }
        double x = counts.get(worst) - 1;
        for (int level = 1; level < worst; level++) {
            x += counts.get(level) * Math.pow(4, level - worst);
        }
        double score = 25.0 * (worst - 1) + 25 * (1 - Math.pow(2, -(x + 1)));
        BigDecimal most = BigDecimal.valueOf(250L * worst - 1, 1);
        return new BigDecimal(score).setScale(1, RoundingMode.HALF_UP).min(most);
    }

    boolean isEvaluated() {
        return !List.of("unknown", "comparison_error").contains(status());
    }

    String status() {
        Instant reported = Configuration.lastReported(asked.history());
        Duration age = Times.elapsed(reported, asked.now());
        Duration horizon = asked.rules().horizon(Connectivity.state(asked.history()));
        if (age == null || age.compareTo(horizon) > 0) {
            return "unknown";
        }
        if (config.stream().anyMatch(finding -> finding.kind().equals("comparison_error"))) {
            return "comparison_error";
        }
        Map<String, @Nullable Object> update = Updates.update(asked);
        boolean updating =
                update != null
                        && "in_progress".equals(update.get("state"))
                        && Boolean.FALSE.equals(update.get("overdue"));
        if (updating || "maintenance".equals(Lifecycle.phase(asked.history()))) {
            return "progressing";
        }
        return total() > 0 ? "drifted" : "in_sync";
    }
}
