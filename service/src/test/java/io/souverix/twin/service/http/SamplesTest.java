package io.souverix.twin.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The seed's own examples, sent as others would send them.
final class SamplesTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private static final String NODE = "/v1/twins/sx-rempart-2026-prod-1-node-42";
    private static final String AT = "at=2026-02-27T03:45:00Z";

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = SamplesTest.class.getResourceAsStream("/samples/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : List.of("seed-node.ndjson", "seed-ledger.ndjson", "seed-graph.ndjson")) {
            new String(sample(name), UTF_8).lines().forEach(lines::add);
        }
        return lines;
    }

    @Test
    void the_samples_sent_twice_in_any_order_give_the_seed_node_and_its_drift() throws Exception {
        System.out.println("seed: " + SEED);
        List<String> lines = lines();
        Random random = new Random(SEED);
        try (Served served = Served.start()) {
            Collections.shuffle(lines, random);
            Served.Reply first = served.take(lines.toArray(String[]::new));
            assertThat(first.number("applied") + first.number("late")).isEqualTo(lines.size());
            Collections.shuffle(lines, random);
            Served.Reply second = served.take(lines.toArray(String[]::new));
            assertThat(second.number("duplicate")).isEqualTo(lines.size());

            JsonObject expected = (JsonObject) new JsonReader().read(sample("seed-expected.json"));
            assertHolds(
                    Json.orNull(expected.member("twin")),
                    served.get(NODE + "?" + AT).json(),
                    "twin");
            assertHolds(
                    Json.orNull(expected.member("drift")),
                    served.get(NODE + "/drift?" + AT).json(),
                    "drift");
        }
    }

    @Test
    void the_ledger_sample_gives_its_seven_entries_all_regular() throws Exception {
        try (Served served = Served.start()) {
            served.take(lines().toArray(String[]::new));
            List<Json> history =
                    served.get("/v1/twins/sx-rempart-edge-zone-c-node-15/ledger").list("history");
            assertThat(history).hasSize(7);
            assertThat(history)
                    .extracting(entry -> ((JsonObject) entry).member("state"))
                    .containsExactly(
                            Json.of("live"),
                            Json.of("delayed"),
                            Json.of("edge-cached"),
                            Json.of("autonomous"),
                            Json.of("returning"),
                            Json.of("replaying"),
                            Json.of("live"));
            assertThat(history)
                    .extracting(entry -> ((JsonObject) entry).member("regular"))
                    .containsOnly(Json.of(true));
        }
    }

    /// Objects hold where they have at least the members that are expected.
    private static void assertHolds(Json expected, Json actual, String where) {
        switch (expected) {
            case JsonObject object -> {
                assertThat(actual).as(where).isInstanceOf(JsonObject.class);
                object.forEach((name, value) ->
                        assertHolds(
                                value,
                                Json.orNull(((JsonObject) actual).member(name)),
                                where + "/" + name));
            }
            case Json.JsonArray(List<Json> elements) -> {
                List<Json> others = ((Json.JsonArray) actual).elements();
                assertThat(others).as(where).hasSameSizeAs(elements);
                for (int i = 0; i < elements.size(); i++) {
                    assertHolds(elements.get(i), others.get(i), where + "/" + i);
                }
            }
            default -> assertThat(actual).as(where).isEqualTo(expected);
        }
    }
}
