package io.souverix.twin.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SizeTest {
    @Test
    void the_smallest_fleet_lives_a_day() {
        Set<String> types =
                Told.all(Scenario.of(10, 3)).stream().map(Told::type).collect(Collectors.toSet());
        assertThat(types).contains("replay_completed", "update_completed", "connection_lost");
    }

    @Test
    void a_hundred_thousand_nodes_are_registered_and_begin_to_live() {
        FleetSimulation simulation = new FleetSimulation(Scenario.of(100_000, 3).holding(700_000));
        Set<String> nodes = new HashSet<>();
        long events = 0;
        for (SimulatedEvent event = simulation.next(); event != null; event = simulation.next()) {
            if (event.subject().startsWith("sx-")) {
                nodes.add(event.subject());
            }
            events++;
        }
        assertThat(nodes).hasSizeGreaterThanOrEqualTo(95_000);
        assertThat(events).isEqualTo(700_000);
    }

    @Test
    void a_million_nodes_begin_to_be_told_at_once() throws IOException {
        Scenario scenario = Scenario.of(Scenario.MOST_NODES, 3);
        assertThat(FleetSimulation.write(scenario, 50_000, OutputStream.nullOutputStream()))
                .isEqualTo(50_000);
    }

    @Test
    void what_waits_is_bounded_by_the_nodes_and_not_by_the_events() {
        Scenario scenario =
                Scenario.of(100, 5).withEventsPerNodeHour(60).lasting(Duration.ofDays(3));
        FleetSimulation simulation = new FleetSimulation(scenario);
        long events = 0;
        int most = 0;
        while (simulation.next() != null) {
            events++;
            most = Math.max(most, simulation.waiting());
        }
        assertThat(events).isGreaterThan(300_000);
        assertThat(most).isLessThan(100 * 20);
    }

    @Test
    void node_names_are_unique_and_every_zone_of_five_has_each_component() {
        for (int size : new int[] {10, 11, 99, 1000, 12_345}) {
            FleetPlan plan = new FleetPlan(size);
            Set<String> names = new HashSet<>();
            Set<String> kinds = new HashSet<>();
            int zonesOfFive =
                    (int)
                            IntStream.range(0, plan.zones())
                                    .filter(z -> plan.nodesIn(z) >= 5)
                                    .count();
            for (int node = 0; node < size; node++) {
                names.add(plan.nodeId(node));
                if (plan.nodesIn(plan.zone(node)) >= 5) {
                    kinds.add(plan.zone(node) + plan.component(node).type());
                }
            }
            assertThat(names).hasSize(size);
            assertThat(kinds).hasSize(zonesOfFive * 3);
        }
    }

    @Test
    void a_scenario_outside_its_bounds_is_refused_with_what_was_expected() {
        assertThatThrownBy(() -> Scenario.of(9, 1)).hasMessage("nodes is 9, expected 10..1000000");
        assertThatThrownBy(() -> Scenario.of(1_000_001, 1)).hasMessageContaining("10..1000000");
        assertThatThrownBy(() -> Scenario.of(10, 1).lasting(Duration.ZERO))
                .hasMessageContaining("a positive duration");
        assertThatThrownBy(() -> Scenario.of(10, 1).withEventsPerNodeHour(0))
                .hasMessageContaining("more than 0");
        assertThatThrownBy(() -> Scenario.of(10, 1).limitedTo(-1))
                .hasMessageContaining("0 or more");
        assertThat(Scenario.of(10, 1).hastened(120).beat()).isEqualTo(Duration.ofMinutes(1));
    }
}
