package io.souverix.twin.core.fleet;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The sums of all nodes of a shard, whole and by every group. Not thread-safe.
public final class FleetSums {
    private final GroupSums total = new GroupSums();
    private final Map<Dimension, Map<String, GroupSums>> groups = new EnumMap<>(Dimension.class);

    private final long[] arrangements = new long[Dimension.values().length];

    /// For how many lists of groups their sums are known.
    private static final int MAX_KNOWN = 65_536;

    /// The sums of lists of groups, by instance: many nodes share one list.
    private final IdentityHashMap<List<Place>, GroupSums[]> known = new IdentityHashMap<>();

    public FleetSums() {
        for (Dimension dimension : Dimension.values()) {
            groups.put(dimension, new HashMap<>());
        }
    }

    /// A group: a value of a dimension.
    public record Place(Dimension dimension, String group) {}

    /// The sums of a group, made where there are none.
    private GroupSums group(Place place) {
        return groups(place.dimension())
                .computeIfAbsent(
                        place.group(),
                        _ -> {
                            arrangements[place.dimension().ordinal()]++;
                            return new GroupSums();
                        });
    }

    private GroupSums[] groups(List<Place> places) {
        GroupSums[] found = known.get(places);
        if (found == null) {
            found = places.stream().map(this::group).toArray(GroupSums[]::new);
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            known.put(places, found);
        }
        return found;
    }

    public GroupSums total() {
        return total;
    }

    /// Counts a node in (`sign` 1) or out (-1), in the whole and in its groups.
    public void add(List<Place> places, Facets facets, int sign) {
        total.add(facets, sign);
        for (Place place : places) {
            GroupSums sums = group(place);
            sums.add(facets, sign);
            if (sums.isEmpty()) {
                arrangements[place.dimension().ordinal()]++;
                known.clear();
                groups(place.dimension()).remove(place.group());
            }
        }
    }

    /// Counts nodes in that were counted together, as they are in the same groups.
    public void add(List<Place> places, GroupSums together) {
        total.add(together);
        for (Place place : places) {
            group(place).add(together);
        }
    }

    /// Counts a node that stays in its groups as it is now and no more as it was before.
    public void change(List<Place> places, Facets before, Facets after) {
        GroupSums.Differing parts = GroupSums.Differing.between(before, after);
        total.change(before, after, parts);
        for (GroupSums sums : groups(places)) {
            sums.change(before, after, parts);
        }
    }

    /// How often a group of a dimension has come or gone: while it is the same, the same are there.
    public long arrangements(Dimension dimension) {
        return arrangements[dimension.ordinal()];
    }

    /// The groups of a dimension that hold a node.
    public Map<String, GroupSums> groups(Dimension dimension) {
        return Objects.requireNonNull(groups.get(dimension));
    }
}
