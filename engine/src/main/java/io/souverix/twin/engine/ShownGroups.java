package io.souverix.twin.engine;

import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.shard.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The groups of a dimension as all shards hold them, in the order of their names, each with its rows
/// as they were made last: from one question to the next most groups stand. To be used while no shard
/// changes, by any number of threads.
final class ShownGroups {
    /// About how many bytes the rows of a group take, where every projection was asked for.
    private static final long GROUP_BYTES = 6_000;

    /// Of how many groups rows are kept: where a dimension has more, of none. There are ten such lists
    /// at most, two a dimension; together they take a twenty-fifth of the heap.
    static final int MAX_KEPT =
            Math.clamp(Runtime.getRuntime().maxMemory() / 256 / GROUP_BYTES, 64, 8_192);

    private final Dimension dimension;
    private final List<FleetSums> sums;
    private final long arrangements;
    private final List<ShownGroup> groups;

    ShownGroups(Dimension dimension, List<FleetSums> sums, int mostKept) {
        this.dimension = dimension;
        this.sums = List.copyOf(sums);
        this.arrangements = arrangements();
        Map<String, List<GroupSums>> named = new TreeMap<>();
        for (FleetSums one : sums) {
            one.groups(dimension)
                    .forEach((name, counted) ->
                            named.computeIfAbsent(name, _ -> new ArrayList<>()).add(counted));
        }
        boolean keeping = named.size() <= mostKept;
        groups =
                named.entrySet().stream()
                        .map(entry ->
                                new ShownGroup(named(entry.getKey()), entry.getValue(), keeping))
                        .toList();
    }

    private static JsonObject named(String group) {
        return new JsonObject.Builder().put("group", group).build();
    }

    private long arrangements() {
        long all = 0;
        for (FleetSums one : sums) {
            all += one.arrangements(dimension);
        }
        return all;
    }

    /// Whether no group has come or gone since.
    boolean stand() {
        return arrangements == arrangements();
    }

    /// A row a group.
    Json rows(Projection projection, Meaning meaning, Catalogue catalogue, long nowMicros) {
        List<Json> rows = new ArrayList<>(groups.size());
        for (ShownGroup group : groups) {
            rows.add(group.row(projection, meaning).at(catalogue, nowMicros));
        }
        return new JsonArray(rows);
    }
}
