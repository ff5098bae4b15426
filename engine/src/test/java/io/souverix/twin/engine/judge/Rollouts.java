package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rollouts, by counting twins one by one.
final class Rollouts {
    private Rollouts() {}

    static List<Map<String, @Nullable Object>> of(List<Projections.Counted> all) {
        List<Projections.Counted> nodes =
                all.stream()
                        .filter(node -> !"decommissioned".equals(node.at("lifecycle", "phase")))
                        .toList();
        Map<String, List<Projections.Counted>> rollouts = new TreeMap<>();
        for (Projections.Counted node : nodes) {
            Object campaign = node.at("lifecycle", "update", "campaign");
            if (campaign != null && !isPending(node)) {
                String key = campaign + "\0" + node.at("lifecycle", "update", "target_version");
                rollouts.computeIfAbsent(key, _ -> new ArrayList<>()).add(node);
            }
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        rollouts.forEach((key, some) -> {
            String target = key.substring(key.indexOf('\0') + 1);
            Map<String, @Nullable Object> row =
                    Members.of(
                            "campaign",
                            key.substring(0, key.indexOf('\0')),
                            "target_version",
                            target);
            row.putAll(counts(some));
            row.put(
                    "pending",
                    BigDecimal.valueOf(
                            nodes.stream()
                                    .filter(node -> isPending(node) && target.equals(desired(node)))
                                    .count()));
            row.put("waves", waves(some));
            rows.add(row);
        });
        return rows;
    }

    private static @Nullable Object desired(Projections.Counted node) {
        return node.at("lifecycle", "software", "desired_version");
    }

    private static boolean isPending(Projections.Counted node) {
        Object desired = desired(node);
        return desired != null
                && !desired.equals(node.at("lifecycle", "software", "actual_version"))
                && !desired.equals(node.at("lifecycle", "update", "target_version"));
    }

    private static Map<String, @Nullable Object> counts(List<Projections.Counted> nodes) {
        return Members.of(
                "nodes", nodes.size(),
                "in_progress", count(nodes, "state", "in_progress"),
                "overdue", count(nodes, "overdue", true),
                "completed", count(nodes, "state", "completed"),
                "failed", count(nodes, "state", "failed"));
    }

    private static long count(List<Projections.Counted> nodes, String member, Object value) {
        return nodes.stream()
                .filter(node -> value.equals(node.at("lifecycle", "update", member)))
                .count();
    }

    private static List<@Nullable Object> waves(List<Projections.Counted> nodes) {
        Map<String, List<Projections.Counted>> byWave = new TreeMap<>();
        for (Projections.Counted node : nodes) {
            Object wave = node.at("lifecycle", "update", "wave");
            byWave.computeIfAbsent(PlainJson.canonical(wave), _ -> new ArrayList<>()).add(node);
        }
        List<Map.Entry<String, List<Projections.Counted>>> sorted =
                new ArrayList<>(byWave.entrySet());
        sorted.sort(
                Comparator.comparing((Map.Entry<String, List<Projections.Counted>> e) ->
                                !isNumber(e.getKey()))
                        .thenComparing(e ->
                                isNumber(e.getKey()) ? new BigDecimal(e.getKey()) : BigDecimal.ZERO)
                        .thenComparing(Map.Entry::getKey));
        List<@Nullable Object> rows = new ArrayList<>();
        for (Map.Entry<String, List<Projections.Counted>> entry : sorted) {
            Map<String, @Nullable Object> row = Members.of("wave", PlainJson.read(entry.getKey()));
            row.putAll(counts(entry.getValue()));
            rows.add(row);
        }
        return rows;
    }

    private static boolean isNumber(String text) {
        return !text.startsWith("\"") && !text.equals("null");
    }
}
