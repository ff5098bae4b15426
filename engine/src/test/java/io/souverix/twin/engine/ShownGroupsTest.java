package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.fleet.FleetSums.Place;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.shard.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rows that are kept against rows that are made anew, while nodes come, change and go. `-Dseed=N`.
class ShownGroupsTest {
    private static final int STEPS = 400;
    private static final int MOST = 3;

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);
    private final Meaning meaning = Meaning.of(new Fold(Rules.DEFAULT, Sharing.NONE));
    private final List<FleetSums> sums = List.of(new FleetSums(), new FleetSums());
    private final List<Counted> counted = new ArrayList<>();

    /// A node, and where it counts.
    private record Counted(FleetSums sums, List<Place> places, Facets facets) {}

    ShownGroupsTest() {
        System.out.println("ShownGroupsTest seed " + seed);
    }

    @Test
    void rows_are_those_of_the_sums_as_they_are_however_many_groups_there_are() {
        ShownFleet fleet = new ShownFleet(sums);
        ShownGroups kept = new ShownGroups(Dimension.ZONE, sums, MOST);
        for (int step = 0; step < STEPS; step++) {
            change();
            if (!kept.stand()) {
                kept = new ShownGroups(Dimension.ZONE, sums, MOST);
            }
            assertThat(fleet.isOf(sums)).isTrue();
            Projection projection = Projection.values()[random.nextInt(Projection.values().length)];
            long now = random.nextLong(1L << 51);
            // Twice: once made, once kept.
            for (int i = 0; i < 2; i++) {
                assertThat(text(kept, projection, now))
                        .as("seed " + seed + " step " + step)
                        .isEqualTo(text(new ShownGroups(Dimension.ZONE, sums, 0), projection, now));
            }
        }
    }

    @Test
    void other_sums_are_told_apart() {
        assertThat(new ShownFleet(sums).isOf(List.of(sums.getFirst(), new FleetSums()))).isFalse();
    }

    private String text(ShownGroups groups, Projection projection, long now) {
        Json rows = groups.rows(projection, meaning, Catalogue.EMPTY, now);
        return JsonWriter.text(rows);
    }

    /// Of five zones, so that there are more than are kept now and then.
    private void change() {
        int dice = random.nextInt(3);
        if (counted.isEmpty() || dice == 0 && counted.size() < 8) {
            Place zone = new Place(Dimension.ZONE, "zone-" + random.nextInt(5));
            Counted node = new Counted(sums.get(random.nextInt(2)), List.of(zone), facets(random));
            node.sums.add(node.places, node.facets, 1);
            counted.add(node);
            return;
        }
        Counted node = counted.remove(random.nextInt(counted.size()));
        if (dice == 1) {
            node.sums.add(node.places, node.facets, -1);
        } else {
            Facets after = facets(random);
            node.sums.change(node.places, node.facets, after);
            counted.add(new Counted(node.sums, node.places, after));
        }
    }

    private static Facets facets(Random random) {
        Twin twin = new Twin("node");
        Facets plain = new TwinView(twin, Catalogue.EMPTY, Rules.DEFAULT, 1L).facets();
        ConnectivityState[] states = ConnectivityState.values();
        return new Facets(
                states[random.nextInt(states.length)],
                random.nextInt(4) == 0 ? Facets.NO_DEBT : random.nextLong(1L << 51),
                random.nextInt(3),
                0,
                0,
                plain.phase(),
                plain.update(),
                random.nextBoolean(),
                random.nextBoolean(),
                plain.operational(),
                plain.status(),
                plain.drift(),
                plain.trust(),
                random.nextBoolean() ? "domain" : null,
                0,
                0,
                plain.rollout(),
                plain.desiredVersion(),
                plain.actualVersion());
    }
}
