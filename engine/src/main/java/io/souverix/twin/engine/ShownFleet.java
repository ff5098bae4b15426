package io.souverix.twin.engine;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The whole of a fleet and its groups, as they were shown last. To be used while no shard changes, by
/// any number of threads.
final class ShownFleet {
    private final List<FleetSums> sums;
    private final ShownGroup whole;

    /// By dimension; null where it was not asked for.
    private final AtomicReferenceArray<@Nullable ShownGroups> groups =
            new AtomicReferenceArray<>(Dimension.values().length);

    ShownFleet(List<FleetSums> sums) {
        this.sums = List.copyOf(sums);
        this.whole =
                new ShownGroup(
                        JsonObject.EMPTY, sums.stream().map(FleetSums::total).toList(), true);
    }

    /// Whether it is of the sums that are served: a recount puts others in their place.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(List<FleetSums> served) {
        for (int i = 0; i < sums.size(); i++) {
            if (sums.get(i) != served.get(i)) {
                return false;
            }
        }
        return true;
    }

    ShownGroup whole() {
        return whole;
    }

    /// The groups of a dimension: those of the last question, where they stand.
    ShownGroups groups(Dimension dimension) {
        ShownGroups last = groups.get(dimension.ordinal());
        if (last == null || !last.stand()) {
            last = new ShownGroups(dimension, sums, ShownGroups.MAX_KEPT);
            groups.set(dimension.ordinal(), last);
        }
        return last;
    }
}
