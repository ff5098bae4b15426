package io.souverix.twin.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DeterminismTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    private static byte[] written(Scenario scenario, long limit) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        FleetSimulation.write(scenario, limit, target);
        return target.toByteArray();
    }

    @Test
    void the_same_scenario_gives_the_same_bytes() throws IOException {
        System.out.println("seed " + SEED);
        Scenario scenario = Scenario.of(200, SEED);
        assertThat(written(scenario, 30_000)).isEqualTo(written(scenario, 30_000));
    }

    @Test
    void another_seed_gives_another_life() throws IOException {
        assertThat(written(Scenario.of(200, SEED), 5000))
                .isNotEqualTo(written(Scenario.of(200, SEED + 1), 5000));
    }

    @Test
    void fewer_events_are_a_prefix_of_more() throws IOException {
        Scenario scenario = Scenario.of(120, SEED);
        byte[] few = written(scenario, 4321);
        byte[] more = written(scenario, 9000);
        assertThat(Arrays.copyOf(more, few.length)).isEqualTo(few);
    }

    @Test
    void events_taken_one_by_one_are_the_lines_that_are_written() throws IOException {
        Scenario scenario = Scenario.of(80, SEED).limitedTo(6000);
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        FleetSimulation simulation = new FleetSimulation(scenario);
        for (SimulatedEvent event = simulation.next(); event != null; event = simulation.next()) {
            one.write(event.json());
            one.write('\n');
        }
        assertThat(one.toString(StandardCharsets.UTF_8))
                .isEqualTo(new String(written(scenario, Long.MAX_VALUE), StandardCharsets.UTF_8));
    }

    @Test
    void exactly_as_many_events_are_written_as_were_asked_for() throws IOException {
        Scenario scenario = Scenario.of(100, SEED).holding(10_007);
        assertThat(FleetSimulation.write(scenario, Long.MAX_VALUE, OutputStream.nullOutputStream()))
                .isEqualTo(10_007);
        assertThat(FleetSimulation.write(scenario, 0, OutputStream.nullOutputStream())).isZero();
        assertThat(FleetSimulation.write(scenario, 1, OutputStream.nullOutputStream())).isOne();
    }

    @Test
    void the_first_lines_of_a_known_scenario_stay_what_they_are() {
        FleetSimulation simulation =
                new FleetSimulation(
                        Scenario.of(10, 1).startingAt(Instant.parse("2026-03-01T00:00:00Z")));
        assertThat(String.valueOf(simulation.next()))
                .isEqualTo(
                        "{\"id\":\"evt-1\",\"timestamp\":\"2025-11-01T00:00:00Z\","
                                + "\"domain_id\":\"souverix-prod\",\"event_type\":\"domain_registered\","
                                + "\"source\":\"multi-master/region-a\","
                                + "\"payload\":{\"kind\":\"trust_domain\"}}");
    }
}
