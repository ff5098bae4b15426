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

/// Aggregates over some nodes, by counting their twins and drift analyses one by one.
final class Projections {
    private static final List<String> UPDATES = List.of("in_progress", "completed", "failed");

    private Projections() {}

    /// One node as the aggregates see it.
    record Counted(Map<String, @Nullable Object> twin, Map<String, @Nullable Object> drift) {
        /// What stands in the twin at a path of members; null where nothing does.
        @Nullable Object at(String... path) {
            return inside(twin, path);
        }

        boolean isEvaluated() {
            return Members.isTrue(drift, "evaluated");
        }

        boolean isDecommissioned() {
            return "decommissioned".equals(at("lifecycle", "phase"));
        }

        List<Map<String, @Nullable Object>> findings() {
            return Members.objects(drift, "findings");
        }
    }

    private static @Nullable Object inside(Map<String, @Nullable Object> object, String... path) {
        Object value = object;
        for (String name : path) {
            Map<String, @Nullable Object> parent = Members.asObject(value);
            value = parent == null ? null : parent.get(name);
        }
        return value;
    }

    static Map<String, @Nullable Object> row(String name, List<Counted> nodes, Domains domains) {
        Map<String, @Nullable Object> row = Members.of("nodes", nodes.size());
        row.putAll(
                switch (name) {
                    case "current" -> current(nodes);
                    case "connectivity" -> connectivity(nodes);
                    case "lifecycle" -> lifecycle(nodes);
                    case "drift" -> drift(nodes);
                    case "trust" -> trust(nodes);
                    case "authority" -> authority(nodes, domains);
                    default -> throw new IllegalArgumentException("no such projection: " + name);
                });
        return row;
    }

    private static Map<String, @Nullable Object> current(List<Counted> nodes) {
        return Members.of(
                "by_connectivity",
                        countBy(nodes, withUnknown(Connectivity.STATES), "connectivity", "state"),
                "by_phase", countBy(nodes, withUnknown(Lifecycle.PHASES), "lifecycle", "phase"),
                "by_operational", countBy(nodes, Operational.STATES, "operational", "state"),
                "by_drift_status", countBy(nodes, Drift.STATUSES, "drift", "status"));
    }

    private static List<String> withUnknown(List<String> values) {
        List<String> all = new ArrayList<>(values);
        all.add("unknown");
        return all;
    }

    /// How many nodes have each value; those that have none are `unknown`.
    private static Map<String, @Nullable Object> countBy(
            List<Counted> nodes, List<String> values, String... path) {
        Map<String, @Nullable Object> counts = Members.of();
        values.forEach(value -> counts.put(value, BigDecimal.ZERO));
        for (Counted node : nodes) {
            Object value = node.at(path);
            counts.computeIfPresent(
                    value == null ? "unknown" : String.valueOf(value),
                    (_, count) -> ((BigDecimal) count).add(BigDecimal.ONE));
        }
        return counts;
    }

    private static BigDecimal count(long number) {
        return BigDecimal.valueOf(number);
    }

    private static Map<String, @Nullable Object> connectivity(List<Counted> nodes) {
        List<Counted> replaying =
                nodes.stream()
                        .filter(node -> "replaying".equals(node.at("connectivity", "state")))
                        .toList();
        List<BigDecimal> backlogs = numbers(nodes, "connectivity", "message_backlog");
        return Members.of(
                "by_state",
                        countBy(nodes, withUnknown(Connectivity.STATES), "connectivity", "state"),
                "sync_debt", syncDebt(nodes, numbers(nodes, "connectivity", "sync_debt_seconds")),
                "backlog",
                        Members.of(
                                "total", sum(backlogs),
                                "max", backlogs.isEmpty() ? BigDecimal.ZERO : backlogs.getLast(),
                                "nodes",
                                        backlogs.stream()
                                                .filter(backlog -> backlog.signum() > 0)
                                                .count()),
                "replaying",
                        Members.of(
                                "processed",
                                        sum(
                                                numbers(
                                                        replaying,
                                                        "connectivity",
                                                        "replay",
                                                        "processed")),
                                "total",
                                        sum(
                                                numbers(
                                                        replaying,
                                                        "connectivity",
                                                        "replay",
                                                        "total"))));
    }

    /// The known numbers at a path, sorted.
    private static List<BigDecimal> numbers(List<Counted> nodes, String... path) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (Counted node : nodes) {
            if (node.at(path) instanceof BigDecimal number) {
                numbers.add(number);
            }
        }
        numbers.sort(BigDecimal::compareTo);
        return numbers;
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// The exact time a node owes, in microseconds; null where nobody knows.
    private static @Nullable BigDecimal debtMicros(Counted node) {
        if ("live".equals(node.at("connectivity", "state"))) {
            return BigDecimal.ZERO;
        }
        if (!(node.at("connectivity", "last_sync") instanceof String sync)
                || !(node.at("meta", "at") instanceof String at)) {
            return null;
        }
        long micros = ChronoUnit.MICROS.between(Instant.parse(sync), Instant.parse(at));
        return BigDecimal.valueOf(Math.max(0, micros));
    }

    private static Map<String, @Nullable Object> syncDebt(
            List<Counted> nodes, List<BigDecimal> sorted) {
        BigDecimal size = count(sorted.size() * 1_000_000L);
        List<BigDecimal> exact = new ArrayList<>();
        for (Counted node : nodes) {
            BigDecimal micros = debtMicros(node);
            if (micros != null) {
                exact.add(micros);
            }
        }
        return Members.of(
                "mean_seconds",
                        sorted.isEmpty() ? null : sum(exact).divide(size, 0, RoundingMode.FLOOR),
                "p50_seconds", nearestRank(sorted, 50),
                "p95_seconds", nearestRank(sorted, 95),
                "max_seconds", nearestRank(sorted, 100),
                "bucket_seconds", 1);
    }

    private static @Nullable BigDecimal nearestRank(List<BigDecimal> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.isEmpty() ? null : sorted.get(rank - 1);
    }

    private static Map<String, @Nullable Object> lifecycle(List<Counted> nodes) {
        Map<String, @Nullable Object> updates = Members.of();
        for (String state : UPDATES) {
            updates.put(state, countWhere(nodes, state, "lifecycle", "update", "state"));
        }
        updates.put("overdue", countWhere(nodes, true, "lifecycle", "update", "overdue"));
        return Members.of(
                "by_phase", countBy(nodes, withUnknown(Lifecycle.PHASES), "lifecycle", "phase"),
                "updates", updates,
                "maintenance",
                        Members.of(
                                "open",
                                countWhere(nodes, true, "lifecycle", "maintenance", "open")));
    }

    private static Map<String, @Nullable Object> authority(List<Counted> nodes, Domains domains) {
        List<Counted> conflicts =
                nodes.stream()
                        .filter(n -> Boolean.TRUE.equals(n.at("authority", "conflict")))
                        .toList();
        Map<String, @Nullable Object> levels = Members.of();
        for (String level : List.of("global", "regional", "local", "autonomous")) {
            levels.put(level, countWhere(nodes, level, "authority", "level"));
        }
        levels.put("vacant", count(nodes.stream().filter(n -> n.at("authority") == null).count()));
        List<BigDecimal> exact = new ArrayList<>();
        for (Counted node : nodes) {
            Long micros =
                    node.at("authority", "domain") instanceof String domain
                            ? domains.debtMicros(domain)
                            : null;
            if (micros != null) {
                exact.add(BigDecimal.valueOf(micros));
            }
        }
        return Members.of(
                "by_level", levels,
                "conflicts", conflicts.size(),
                "sync_debt", debt(exact));
    }

    /// Mean and nearest ranks of some exact times, in microseconds.
    private static Map<String, @Nullable Object> debt(List<BigDecimal> exact) {
        BigDecimal second = BigDecimal.valueOf(1_000_000);
        List<BigDecimal> seconds = new ArrayList<>();
        for (BigDecimal micros : exact) {
            seconds.add(micros.divide(second, 0, RoundingMode.FLOOR));
        }
        seconds.sort(BigDecimal::compareTo);
        BigDecimal size = count(exact.size() * 1_000_000L);
        return Members.of(
                "mean_seconds",
                        exact.isEmpty() ? null : sum(exact).divide(size, 0, RoundingMode.FLOOR),
                "p50_seconds", nearestRank(seconds, 50),
                "p95_seconds", nearestRank(seconds, 95),
                "max_seconds", nearestRank(seconds, 100),
                "bucket_seconds", 1);
    }

    private static BigDecimal countWhere(List<Counted> nodes, Object value, String... path) {
        return count(nodes.stream().filter(node -> value.equals(node.at(path))).count());
    }

    private static Map<String, @Nullable Object> trust(List<Counted> nodes) {
        List<BigDecimal> scores = numbers(nodes, "trust", "trust_score");
        List<Duration> left = validFor(nodes);
        return Members.of(
                "by_integrity_state",
                        countBy(nodes, Trust.INTEGRITY_STATES, "trust", "integrity_state"),
                "mean_score", ratio(sum(scores), nodes.size(), 4),
                "certificates",
                        Members.of(
                                "expired",
                                        count(left.stream().filter(Duration::isNegative).count()),
                                "expiring_30d",
                                        count(
                                                left.stream()
                                                        .filter(each ->
                                                                !each.isNegative()
                                                                        && each.compareTo(
                                                                                        Duration
                                                                                                .ofDays(
                                                                                                        30))
                                                                                <= 0)
                                                        .count())));
    }

    /// How long the certificates of the nodes that have one are valid from now on.
    private static List<Duration> validFor(List<Counted> nodes) {
        return nodes.stream()
                .filter(node -> node.at("trust", "certificate_valid_until") != null)
                .map(node ->
                        Duration.between(
                                Instant.parse(String.valueOf(node.at("meta", "at"))),
                                Instant.parse(
                                        String.valueOf(
                                                node.at("trust", "certificate_valid_until")))))
                .toList();
    }

    private static Map<String, @Nullable Object> drift(List<Counted> nodes) {
        List<Counted> evaluated = nodes.stream().filter(Counted::isEvaluated).toList();
        List<BigDecimal> scores = numbers(evaluated, "drift", "score");
        return Members.of(
                "evaluated", evaluated.size(),
                "coverage", ratio(count(evaluated.size()), nodes.size(), 4),
                "drifted", evaluated.stream().filter(node -> !node.findings().isEmpty()).count(),
                "drifted_by", driftedBy(evaluated),
                "by_status", countBy(nodes, Drift.STATUSES, "drift", "status"),
                "by_severity", countBy(evaluated, Catalogue.SEVERITIES, "drift", "severity"),
                "findings_by_severity", findingsBySeverity(nodes),
                "mean_score", ratio(sum(scores), evaluated.size(), 1));
    }

    private static @Nullable BigDecimal ratio(BigDecimal sum, int nodes, int places) {
        return nodes == 0 ? null : sum.divide(count(nodes), places, RoundingMode.HALF_UP);
    }

    private static Map<String, @Nullable Object> driftedBy(List<Counted> evaluated) {
        Map<String, @Nullable Object> counts = Members.of();
        for (String dimension : List.of("version", "config", "policy")) {
            counts.put(
                    dimension,
                    count(
                            evaluated.stream()
                                    .filter(node ->
                                            node.findings().stream()
                                                    .anyMatch(finding ->
                                                            dimension.equals(
                                                                    finding.get("dimension"))))
                                    .count()));
        }
        return counts;
    }

    /// Counts what is listed, and the violations that stand but are not.
    private static Map<String, @Nullable Object> findingsBySeverity(List<Counted> nodes) {
        Map<String, @Nullable Object> counts = Members.of();
        for (String severity : Catalogue.SEVERITIES.subList(1, Catalogue.SEVERITIES.size())) {
            long count = 0;
            for (Counted node : nodes) {
                count +=
                        node.findings().stream()
                                .filter(finding -> severity.equals(finding.get("severity")))
                                .count();
                count += severity.equals("medium") ? unlisted(node) : 0;
            }
            counts.put(severity, count(count));
        }
        return counts;
    }

    private static long unlisted(Counted node) {
        BigDecimal total = Members.number(node.drift(), "findings_total");
        return total == null ? 0 : total.longValueExact() - node.findings().size();
    }
}
