package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rows of an aggregate: one of all nodes, and one a group.
final class Aggregates {
    private static final String UNASSIGNED = "unassigned";

    /// Between the names of a pair of groups; sorts before whatever a name has.
    private static final String PAIR = "\u0000";

    private Aggregates() {}

    /// @param total the row of all of them
    /// @param groupBy a dimension, two of them with a comma between, or null: no groups
    static Map<String, @Nullable Object> of(
            String name,
            @Nullable String groupBy,
            Instant now,
            List<Projections.Counted> counted,
            Domains domains,
            Map<String, @Nullable Object> total) {
        SortedMap<String, List<Projections.Counted>> groups = new TreeMap<>();
        for (Projections.Counted each : counted) {
            groupsOf(each, groupBy)
                    .forEach(group ->
                            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(each));
        }
        List<@Nullable Object> rows = new ArrayList<>();
        groups.forEach((group, members) -> {
            boolean both = groupBy != null && groupBy.contains(",");
            Map<String, @Nullable Object> row =
                    Members.of("group", both ? List.of(group.split(PAIR, -1)) : group);
            row.putAll(Projections.row(name, members, domains));
            rows.add(row);
        });
        return Members.of(
                "projection", name,
                "group_by", groupBy,
                "at", now,
                "total", total,
                "groups", rows);
    }

    private static List<String> groupsOf(Projections.Counted node, @Nullable String groupBy) {
        if (groupBy == null) {
            return List.of();
        }
        if (groupBy.contains(",")) {
            List<String> pairs = new ArrayList<>();
            for (String first : groupsOf(node, groupBy.substring(0, groupBy.indexOf(',')))) {
                groupsOf(node, groupBy.substring(groupBy.indexOf(',') + 1))
                        .forEach(second -> pairs.add(first + PAIR + second));
            }
            return pairs;
        }
        if (groupBy.equals("cluster")) {
            List<String> clusters = new ArrayList<>();
            List<@Nullable Object> all = Members.asList(node.at("identity", "clusters"));
            for (Object cluster : all == null ? List.<@Nullable Object>of() : all) {
                clusters.add(String.valueOf(cluster));
            }
            return clusters.isEmpty() ? List.of(UNASSIGNED) : clusters;
        }
        Object group = node.at("identity", groupBy);
        return List.of(group == null ? UNASSIGNED : String.valueOf(group));
    }
}
