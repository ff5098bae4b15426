package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.StrictJson.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContractTest {
    /// Every run draws other fleets; `-Dseed=` draws the same again.
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    @ParameterizedTest
    @ValueSource(ints = {10, 47, 300, 2000})
    void every_event_of_a_fleet_keeps_the_contract(int nodes) {
        System.out.println("seed " + SEED);
        Scenario scenario = Scenario.of(nodes, SEED).limitedTo(60_000);
        for (Told told : Told.all(scenario)) {
            ContractCheck.check(told.envelope());
        }
    }

    @Test
    void every_type_of_the_catalogue_occurs_in_a_day_of_a_moderate_fleet() {
        Set<String> types =
                Told.all(Scenario.of(500, 7)).stream().map(Told::type).collect(Collectors.toSet());
        assertThat(types).containsAll(ContractCheck.types());
        assertThat(types).anyMatch(type -> type.startsWith("x_"));
    }

    @Test
    void an_event_says_what_its_line_says() {
        for (Told told : Told.all(Scenario.of(50, SEED).lasting(Duration.ofHours(6)))) {
            Map<String, Object> envelope = told.envelope();
            Object subject =
                    envelope.getOrDefault(
                            "node_id",
                            envelope.getOrDefault("domain_id", envelope.get("component")));
            assertThat(told.subject()).isEqualTo(subject);
            assertThat(OffsetDateTime.parse(String.valueOf(envelope.get("timestamp"))).toInstant())
                    .isEqualTo(told.timestamp());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a b\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"node_id\":\"n\",\"event_type\":\"sync_completed\",\"payload\":{}}",
                "{\"id\":\"a\",\"timestamp\":\"2026-01-01T00:00:00\",\"node_id\":\"n\",\"event_type\":\"sync_completed\",\"payload\":{}}",
                "{\"id\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"domain_id\":\"n\",\"event_type\":\"sync_completed\",\"payload\":{}}",
                "{\"id\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"node_id\":\"n\",\"event_type\":\"replay_started\",\"payload\":{}}",
                "{\"id\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"node_id\":\"n\",\"event_type\":\"connection_lost\",\"payload\":{\"mode\":\"gone\"}}",
                "{\"id\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"node_id\":\"n\",\"event_type\":\"sync_finished\",\"payload\":{}}",
                "{\"id\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"node_id\":\"n\",\"event_type\":\"sync_completed\",\"payload\":{},\"epok\":1}"
            })
    void the_check_refuses_what_breaks_the_contract(String line) {
        assertThatThrownBy(() -> ContractCheck.check(object(StrictJson.read(line))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_reader_refuses_what_is_not_json() {
        List<String> broken =
                List.of(
                        "",
                        "{",
                        "[1,]",
                        "{\"a\":1,}",
                        "01",
                        "1.",
                        "\"\n\"",
                        "\"\\x\"",
                        "nul",
                        "{} x",
                        "{\"a\":1,\"a\":2}",
                        "\"\\ud800\"",
                        "{\"a\" 1}",
                        "[1 2]");
        for (String text : broken) {
            assertThatThrownBy(() -> StrictJson.read(text), text)
                    .isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> StrictJson.read(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
