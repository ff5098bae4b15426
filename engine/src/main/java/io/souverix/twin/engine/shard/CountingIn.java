package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.shard.FieldIndex.Labels;
import io.souverix.twin.engine.shard.RunningSboms.Runners;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Counts the nodes in that a start took from the store, as they were counted when they were stored.
/// What it means to be counted with a value (the sets of the index, the groups) is found once for all
/// nodes that have it in common. No node may be counted anew before it is done.
final class CountingIn {
    private final Roster roster;
    private final Restored restored;
    private final Timers timers;
    private final Sets byFacets;
    private final Sets byPlacement;
    private final Sets byLabels;
    private final Sets byBatch;
    private final RunningSboms runningSboms;
    private final Runners[] @Nullable [] runners;

    /// Of the nodes of a placement, not yet where they count.
    private final @Nullable GroupSums[] active;

    private final @Nullable GroupSums[] decommissioned;
    private long countedMicros = Long.MIN_VALUE;

    /// The sets that those are in who have a value in common.
    private static final class Sets {
        private final InCommon<?> values;
        private final IntFunction<PlaceSet[]> finder;
        private final PlaceSet[] @Nullable [] found;

        Sets(InCommon<?> values, IntFunction<PlaceSet[]> finder) {
            this.values = values;
            this.finder = finder;
            this.found = new PlaceSet[values.count()][];
        }

        void add(int place) {
            int number = values.number(place);
            PlaceSet[] sets = found[number];
            if (sets == null) {
                sets = finder.apply(number);
                found[number] = sets;
            }
            for (PlaceSet set : sets) {
                set.add(place);
            }
        }
    }

    CountingIn(
            Roster roster,
            Restored restored,
            FieldIndex index,
            Timers timers,
            RunningSboms runningSboms) {
        this.roster = roster;
        this.restored = restored;
        this.timers = timers;
        this.runningSboms = runningSboms;
        byFacets =
                new Sets(restored.facets(), number -> index.sets(restored.facets().value(number)));
        byPlacement =
                new Sets(
                        restored.placements(),
                        number -> index.sets(restored.placements().value(number).placement()));
        byLabels =
                new Sets(restored.labels(), number -> index.sets(restored.labels().value(number)));
        byBatch =
                new Sets(
                        restored.batches(),
                        number -> index.ofBatch(restored.batches().value(number)));
        runners = new Runners[restored.runs().count()][];
        active = new GroupSums[restored.placements().count()];
        decommissioned = new GroupSums[active.length];
    }

    /// Says whether a node counts as it did when it was stored.
    @FunctionalInterface
    interface Standing {
        boolean test(Heads.Count count, Identity placement, Labels labels);
    }

    /// Counts in those that stand; how others were counted is forgotten.
    ///
    /// @return how many do
    int count(Standing stands) {
        int standing = 0;
        timers.expect(restored.count());
        for (int place = 0; place < restored.count(); place++) {
            Node made = roster.made(place);
            Heads.Count count =
                    made != null && made.facets == null ? null : restored.counted(place);
            if (count != null
                    && stands.test(
                            count,
                            restored.placements().of(place).placement(),
                            restored.labels().of(place))) {
                count(place, count);
                if (made != null) {
                    made.armedMicros = count.nextChangeMicros();
                }
                standing++;
            } else {
                restored.facets().forget(place);
                if (made != null) {
                    made.forgetCounted();
                }
            }
        }
        return standing;
    }

    private void count(int place, Heads.Count count) {
        byFacets.add(place);
        byPlacement.add(place);
        byLabels.add(place);
        byBatch.add(place);
        countedMicros = Math.max(countedMicros, count.countedMicros());
        @Nullable GroupSums[] sums = count.decommissioned() ? decommissioned : active;
        int placement = restored.placements().number(place);
        GroupSums together = sums[placement];
        if (together == null) {
            together = new GroupSums();
            sums[placement] = together;
        }
        together.add(restored.facets().of(place), count.owed());
        if (restored.runs().has(place)) {
            countRuns(place);
        }
        timers.add(place, count.nextChangeMicros());
    }

    private void countRuns(int place) {
        int number = restored.runs().number(place);
        RunningSboms.Counted counted = restored.runs().value(number);
        Runners[] found = runners[number];
        if (found == null) {
            found = runningSboms.runners(counted);
            runners[number] = found;
        }
        RunningSboms.add(place, counted, found);
    }

    /// Adds what was counted to the sums.
    ///
    /// @param groups told of each placement
    void addTo(FleetSums ofActive, FleetSums ofDecommissioned, Consumer<Placed> groups) {
        for (int number = 0; number < active.length; number++) {
            Placed placed = restored.placements().value(number);
            add(ofActive, placed, active[number]);
            add(ofDecommissioned, placed, decommissioned[number]);
            groups.accept(placed);
        }
    }

    private static void add(FleetSums sums, Placed placed, @Nullable GroupSums together) {
        if (together != null) {
            sums.add(placed.places(), together);
        }
    }

    /// The latest instant that one was counted at.
    long countedMicros() {
        return countedMicros;
    }
}
