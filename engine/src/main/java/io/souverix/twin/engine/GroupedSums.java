package io.souverix.twin.engine;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.past.Face;
import io.souverix.twin.engine.past.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sums of faces by the groups of up to two dimensions. For one thread.
final class GroupedSums {
    /// By how many dimensions at most.
    static final int MAX_DIMENSIONS = 2;

    private static final Comparator<List<String>> BY_NAMES =
            Comparator.<List<String>, String>comparing(List::getFirst).thenComparing(List::getLast);

    private final List<Dimension> by;
    private final Map<List<String>, GroupSums> groups = new HashMap<>();

    /// Only where a node may count in several groups; else the groups add up to it.
    private final GroupSums total = new GroupSums();

    GroupedSums(List<Dimension> by) {
        this.by = List.copyOf(by);
    }

    /// Counts a node in (`sign` 1) or out (-1).
    void add(Face face, int sign) {
        if (overlaps()) {
            total.add(face.facets(), sign);
        }
        for (List<String> names : names(face.identity())) {
            GroupSums sums = groups.computeIfAbsent(names, _ -> new GroupSums());
            sums.add(face.facets(), sign);
            if (sums.isEmpty()) {
                groups.remove(names);
            }
        }
    }

    private boolean overlaps() {
        return by.contains(Dimension.CLUSTER);
    }

    private List<List<String>> names(Identity identity) {
        return switch (by.size()) {
            case 0 -> List.of(List.of());
            case 1 -> {
                List<String> names = Membership.of(identity, by.getFirst());
                // Mostly one: it runs for every node of a fleet.
                yield names.size() == 1 ? List.of(names) : names.stream().map(List::of).toList();
            }
            default -> {
                List<List<String>> pairs = new ArrayList<>();
                for (String first : Membership.of(identity, by.getFirst())) {
                    for (String second : Membership.of(identity, by.getLast())) {
                        pairs.add(List.of(first, second));
                    }
                }
                yield pairs;
            }
        };
    }

    /// Renders what several hold together: the row of the whole, then a row a group.
    ///
    /// @param catalogue with all domains, as of the instant
    static void put(
            JsonObject.Builder answer,
            List<GroupedSums> parts,
            Projection projection,
            Catalogue catalogue,
            long nowMicros) {
        List<Dimension> by = parts.getFirst().by;
        List<GroupSums> whole = new ArrayList<>();
        Map<List<String>, List<GroupSums>> named = new HashMap<>();
        for (GroupedSums part : parts) {
            whole.addAll(part.wholes());
            part.groups.forEach((names, sums) ->
                    named.computeIfAbsent(names, _ -> new ArrayList<>()).add(sums));
        }
        answer.put("total", projection.row(JsonObject.EMPTY, whole).at(catalogue, nowMicros));
        if (by.isEmpty()) {
            answer.put("groups", new JsonArray(List.of()));
        } else {
            Map<List<String>, List<GroupSums>> sorted = new TreeMap<>(BY_NAMES);
            sorted.putAll(named);
            answer.put("groups", rows(sorted, projection, catalogue, nowMicros));
        }
    }

    /// How many groups there are.
    int size() {
        return groups.size();
    }

    private Collection<GroupSums> wholes() {
        return overlaps() ? List.of(total) : groups.values();
    }

    private static Json rows(
            Map<List<String>, List<GroupSums>> groups,
            Projection projection,
            Catalogue catalogue,
            long nowMicros) {
        List<Json> rows = new ArrayList<>(groups.size());
        groups.forEach((names, sums) -> {
            JsonObject.Builder row = new JsonObject.Builder();
            if (names.size() == 1) {
                row.put("group", names.getFirst());
            } else {
                List<Json> both = names.stream().<Json>map(JsonString::new).toList();
                row.put("group", new JsonArray(both));
            }
            rows.add(projection.row(row.build(), sums).at(catalogue, nowMicros));
        });
        return new JsonArray(rows);
    }

    /// The dimensions as `group_by` says them.
    static Json words(List<Dimension> by) {
        return by.isEmpty()
                ? io.souverix.twin.core.json.JsonLiteral.NULL
                : new JsonString(by.stream().map(Worded::word).collect(Collectors.joining(",")));
    }
}
