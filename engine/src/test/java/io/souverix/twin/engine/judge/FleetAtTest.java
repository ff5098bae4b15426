package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A fleet that is folded node by node from raw lines is the one that is judged whole. `-Dseed=N`.
final class FleetAtTest {
    private static final int CASES = 2;
    private static final int MOMENTS = 2;

    @Test
    void a_fleet_folded_node_by_node_is_the_one_that_is_judged_whole() {
        long first = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        for (long seed = first; seed < first + CASES; seed++) {
            System.out.println("FleetAtTest seed " + seed);
            List<String> lines = Histories.events(seed);
            RawFleet raw = new RawFleet(Histories.rules(seed));
            List<Map<String, @Nullable Object>> events = new ArrayList<>();
            for (String line : lines) {
                raw.add(line);
                raw.add(line);
                events.add(PlainJson.readObject(line));
            }
            Judge judge = new Judge(events, Histories.rules(seed));
            for (Instant moment : Histories.pasts(lines, seed, MOMENTS)) {
                compare(judge, raw.at(moment), "seed " + seed + " at " + moment);
            }
        }
    }

    private static void compare(Judge judge, FleetAt fleet, String what) {
        Instant at = fleet.now();
        assertThat(fleet.nodes().stream().map(NodeAt::id).toList())
                .as(what)
                .isEqualTo(judge.nodes(at, AsOf.AT));
        for (NodeAt node : fleet.nodes()) {
            String id = node.id();
            same(what, judge.twin(id, at, AsOf.AT), fleet.twin(id));
            assertThat(node.isWhole(judge.twin(id, at, AsOf.AT))).as(what + id).isTrue();
            same(what, judge.drift(id, at, AsOf.AT), fleet.drift(id));
            same(what, judge.trust(id, at, AsOf.AT), fleet.trust(id));
            same(what, judge.ledger(id, at, AsOf.AT), fleet.ledger(id));
            TreeSet<String> rules = new TreeSet<>();
            node.sightings().forEach(sighting -> rules.add(sighting.rule()));
            assertThat(rules).as(what + id).isEqualTo(judge.raised(id, at, AsOf.AT));
        }
        for (String name :
                List.of("current", "drift", "connectivity", "lifecycle", "trust", "authority")) {
            same(
                    what,
                    judge.projection(name, "cluster", at, AsOf.AT, false),
                    fleet.projection(name, "cluster"));
            same(
                    what,
                    judge.projection(name, "zone", at, AsOf.AT, true),
                    fleet.projection(name, "zone", fleet.nodes()));
        }
        same(what, judge.rollouts(at, AsOf.AT), fleet.rollouts());
        same(what, judge.domains(at, AsOf.AT), fleet.domains());
    }

    private static void same(String what, Object expected, Object found) {
        assertThat(PlainJson.differences(expected, found)).as(what).isEmpty();
    }
}
