package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The seed's own node, ledger and graph.
final class SeedTest {
    private static final String NODE = "sx-rempart-2026-prod-1-node-42";

    @Test
    void the_events_of_the_seed_node_give_its_twin_and_drift_analysis() {
        Map<String, @Nullable Object> expected =
                PlainJson.readObject(resource("seed-expected.json"));
        Instant at = Instant.parse(String.valueOf(expected.get("at")));
        Judge judge = new Judge(lines("seed-node.ndjson"), JudgeRules.defaults());
        for (AsOf asOf : AsOf.values()) {
            assertContains(expected.get("twin"), judge.twin(NODE, at, asOf), "twin");
            assertContains(expected.get("drift"), judge.drift(NODE, at, asOf), "drift");
        }
    }

    @Test
    void the_ledger_of_the_seed_is_regular_throughout() {
        String node = "sx-rempart-edge-zone-c-node-15";
        Judge judge = new Judge(lines("seed-ledger.ndjson"), JudgeRules.defaults());
        Map<String, @Nullable Object> ledger =
                judge.ledger(node, Instant.parse("2026-02-27T05:00:00Z"), AsOf.PRESENT);
        List<Map<String, @Nullable Object>> history = Members.objects(ledger, "history");
        assertThat(history).hasSize(7).extracting(entry -> entry.get("regular")).containsOnly(true);
        assertThat(
                        history.stream()
                                .map(entry -> PlainJson.canonical(entry.get("duration_seconds"))))
                .containsExactly("900", "900", "1800", "10800", "300", "900", "2400");
    }

    @Test
    void the_graph_of_the_seed_stands() {
        Judge judge = new Judge(lines("seed-graph.ndjson"), JudgeRules.defaults());
        Map<String, @Nullable Object> twin =
                judge.twin(NODE, Instant.parse("2026-02-02T00:00:00Z"), AsOf.AT);
        assertThat(
                        Members.objects(twin, "relationships").stream()
                                .map(edge -> edge.get("type") + " " + edge.get("to")))
                .containsExactly(
                        "bypass sx-relais-2026-prod-1-node-44",
                        "signaling sx-coeur-2026-prod-1-node-43");
        assertThat(Story.at(twin, "/identity/component_type")).isEqualTo("null");
    }

    private static void assertContains(
            @Nullable Object expected, @Nullable Object actual, String path) {
        Map<String, @Nullable Object> object = Members.asObject(expected);
        List<@Nullable Object> list = Members.asList(expected);
        if (object != null) {
            Map<String, @Nullable Object> found =
                    Objects.requireNonNull(Members.asObject(actual), path);
            object.forEach(
                    (name, value) -> assertContains(value, found.get(name), path + "/" + name));
        } else if (list != null) {
            List<@Nullable Object> found = Objects.requireNonNull(Members.asList(actual), path);
            assertThat(found).as(path).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                assertContains(list.get(i), found.get(i), path + "/" + i);
            }
        } else {
            assertThat(PlainJson.canonical(actual))
                    .as(path)
                    .isEqualTo(PlainJson.canonical(expected));
        }
    }

    private static List<Map<String, @Nullable Object>> lines(String name) {
        return resource(name)
                .lines()
                .filter(line -> !line.isBlank())
                .map(PlainJson::readObject)
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        SeedTest.class.getResourceAsStream("/samples/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
