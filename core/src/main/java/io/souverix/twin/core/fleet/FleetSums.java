package io.souverix.twin.core.fleet;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The sums of all nodes of a shard, whole and by every group. Not thread-safe.
public final class FleetSums {
    private final GroupSums total = new GroupSums();
    private final Map<Dimension, Map<String, GroupSums>> groups = new EnumMap<>(Dimension.class);

    public FleetSums() {
        for (Dimension dimension : Dimension.values()) {
            groups.put(dimension, new HashMap<>());
        }
    }

    /// A group: a value of a dimension.
    public record Place(Dimension dimension, String group) {}

    /// The sums of a group, made where there are none.
    public GroupSums group(Place place) {
        return groups(place.dimension()).computeIfAbsent(place.group(), _ -> new GroupSums());
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
                groups(place.dimension()).remove(place.group());
            }
        }
    }

    /// Counts a node that stays in its groups as it is now and no more as it was before.
    public void change(List<Place> places, Facets before, Facets after) {
        total.change(before, after);
        for (Place place : places) {
            group(place).change(before, after);
        }
    }

    /// The groups of a dimension that hold a node.
    public Map<String, GroupSums> groups(Dimension dimension) {
        return Objects.requireNonNull(groups.get(dimension));
    }
}
