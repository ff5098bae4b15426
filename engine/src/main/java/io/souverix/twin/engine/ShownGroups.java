package io.souverix.twin.engine;

import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.fleet.Row;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.shard.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The groups of a dimension as all shards hold them, in the order of their names, each with its rows
/// as they were made last: from one question to the next most groups stand. To be used while no shard
/// changes, by any number of threads.
final class ShownGroups {
    /// Where there are more, no rows are kept.
    private static final int MAX_KEPT = 4_096;

    private final List<FleetSums> shards;
    private final List<Long> arrangements;
    private final List<Group> groups;

    ShownGroups(List<FleetSums> shards, Dimension dimension) {
        this.shards = List.copyOf(shards);
        arrangements = arrangements(shards);
        Map<String, List<GroupSums>> named = new TreeMap<>();
        for (FleetSums shard : shards) {
            shard.groups(dimension)
                    .forEach((name, sums) ->
                            named.computeIfAbsent(name, _ -> new ArrayList<>()).add(sums));
        }
        boolean keeping = named.size() <= MAX_KEPT;
        groups =
                named.entrySet().stream()
                        .map(entry -> new Group(entry.getKey(), entry.getValue(), keeping))
                        .toList();
    }

    private static List<Long> arrangements(List<FleetSums> shards) {
        return shards.stream().map(FleetSums::arrangements).toList();
    }

    /// Whether these are the groups still.
    @SuppressWarnings("ReferenceEquality") // after a recount others are served
    boolean standFor(List<FleetSums> others) {
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get(i) != others.get(i)) {
                return false;
            }
        }
        return arrangements.equals(arrangements(others));
    }

    /// A row a group.
    Json rows(Projection projection, Meaning meaning, Catalogue catalogue, long nowMicros) {
        List<Json> rows = new ArrayList<>(groups.size());
        for (Group group : groups) {
            rows.add(group.row(projection, meaning).at(catalogue, nowMicros));
        }
        return new JsonArray(rows);
    }

    /// A row, and how often the sums had changed when it was made.
    private record Made(long changes, Row row) {}

    private static final class Group {
        private final JsonObject name;
        private final List<GroupSums> sums;

        /// By projection. A lost race makes one twice.
        private final @Nullable Made @Nullable [] made;

        Group(String name, List<GroupSums> sums, boolean keeping) {
            this.name = new JsonObject.Builder().put("group", name).build();
            this.sums = List.copyOf(sums);
            made = keeping ? new Made[Projection.values().length] : null;
        }

        Row row(Projection projection, Meaning meaning) {
            long changes = 0;
            for (GroupSums part : sums) {
                changes += part.changes();
            }
            Made last = made == null ? null : made[projection.ordinal()];
            if (last != null && last.changes == changes) {
                return last.row;
            }
            Row row = meaning.show(projection, name, sums);
            if (made != null) {
                made[projection.ordinal()] = new Made(changes, row);
            }
            return row;
        }
    }
}
