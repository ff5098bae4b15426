package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.rules.RulesJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReadingTheFleetTest {
    private static final int NODES = 23;

    private final Served served = Served.start();

    private static String node(int number) {
        return "node-%02d".formatted(number);
    }

    @BeforeEach
    void take() {
        served.take(
                IntStream.range(0, NODES)
                        .mapToObj(i -> Events.registered(node(i), "region-a", "zone-" + i % 2))
                        .toArray(String[]::new));
        served.take(
                "{\"id\":\"gone\",\"timestamp\":\"2026-02-27T00:00:00Z\",\"node_id\":\"node-03\","
                        + "\"event_type\":\"decommissioning_completed\",\"payload\":{}}");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static List<String> ids(Served.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.list("twins").stream().map(ReadingTheFleetTest::id).toList();
    }

    private static String id(Json twin) {
        return twin instanceof JsonObject object
                        && object.member("identity") instanceof JsonObject identity
                        && identity.member("immutable_id") instanceof Json.JsonString(String id)
                ? id
                : "";
    }

    private List<String> pages(String query) {
        List<String> all = new ArrayList<>();
        String next = "/v1/twins?" + query;
        while (!next.isEmpty()) {
            Served.Reply page = served.get(next);
            all.addAll(ids(page));
            String cursor = page.at("next_cursor");
            next = cursor.equals("absent") ? "" : "/v1/twins?" + query + "&cursor=" + cursor;
        }
        return all;
    }

    @Test
    void pages_hold_every_twin_once_in_order() {
        List<String> present =
                IntStream.range(0, NODES)
                        .filter(i -> i != 3)
                        .mapToObj(ReadingTheFleetTest::node)
                        .toList();
        assertThat(pages("limit=5")).isEqualTo(present);
        assertThat(pages("limit=11")).as("the last page is full").isEqualTo(present);
        assertThat(pages("limit=1000")).isEqualTo(present);
        assertThat(pages("")).isEqualTo(present);
        assertThat(pages("include=decommissioned&limit=7")).hasSize(NODES).contains(node(3));
    }

    @Test
    void all_twins_can_be_streamed_as_lines() throws Exception {
        Served.Reply reply =
                served.get("/v1/twins?include=decommissioned", "Accept", "application/x-ndjson");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        List<String> lines = reply.text().lines().toList();
        assertThat(lines).hasSize(NODES);
        io.souverix.twin.core.json.JsonReader reader = new io.souverix.twin.core.json.JsonReader();
        for (int i = 0; i < NODES; i++) {
            byte[] line = lines.get(i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThat(id(reader.read(line))).isEqualTo(node(i));
        }
        assertThat(served.get("/v1/twins?limit=3", "Accept", "application/x-ndjson").status())
                .isEqualTo(400);
    }

    @Test
    void a_cursor_that_no_page_gave_is_refused() {
        String other = served.get("/v1/twins?limit=1&include=decommissioned").at("next_cursor");
        for (String cursor : List.of("", "x", "AAAA", "!!", other)) {
            Served.Reply reply = served.get("/v1/twins?cursor=" + cursor);
            assertThat(reply.status()).as(cursor).isEqualTo(400);
            assertThat(reply.at("code")).isEqualTo("invalid_parameter");
        }
        assertThat(served.get("/v1/twins?include=everything").status()).isEqualTo(400);
    }

    @Test
    void projections_say_how_they_stand() {
        Served.Reply reply = served.get("/v1/projections");
        assertThat(reply.list("projections"))
                .extracting(projection -> ((JsonObject) projection).member("name"))
                .containsExactly(
                        Json.of("current"),
                        Json.of("drift"),
                        Json.of("connectivity"),
                        Json.of("lifecycle"),
                        Json.of("trust"),
                        Json.of("authority"));
        assertThat(reply.at("projections", "0", "state")).isEqualTo("current");
        assertThat(reply.at("projections", "0", "digest")).matches("[0-9a-f]{32}");
        assertThat(reply.at("projections", "0", "lag")).isEqualTo("0");
        assertThat(reply.at("projections", "3", "position")).isEqualTo(reply.header("X-Position"));
    }

    @Test
    void projections_say_how_they_stood() {
        List<Json> now = served.get("/v1/projections").list("projections");
        Served.Reply same = served.get("/v1/projections?at=" + Served.NOW);
        assertThat(same.list("projections")).isEqualTo(now);
        Served.Reply before = served.get("/v1/projections?at=2020-01-01T00:00:00Z");
        assertThat(before.at("at")).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(before.at("projections", "0", "digest"))
                .isNotEqualTo(same.at("projections", "0", "digest"));
    }

    @Test
    void a_projection_counts_the_whole_and_each_group() {
        Served.Reply reply = served.get("/v1/projections/current?group_by=zone");
        assertThat(reply.at("projection")).isEqualTo("current");
        assertThat(reply.at("group_by")).isEqualTo("zone");
        assertThat(reply.at("total", "nodes")).isEqualTo("22");
        assertThat(reply.at("groups", "0", "group")).isEqualTo("zone-0");
        assertThat(reply.at("groups", "0", "nodes")).isEqualTo("12");
        assertThat(reply.at("groups", "1", "nodes")).isEqualTo("10");
        assertThat(served.get("/v1/projections/lifecycle").list("groups")).isEmpty();
        assertThat(
                        served.get("/v1/projections/lifecycle?include=decommissioned")
                                .at("total", "by_phase", "decommissioned"))
                .isEqualTo("1");
    }

    @Test
    void wrong_questions_of_projections_are_refused_with_what_there_is() {
        Served.Reply unknown = served.get("/v1/projections/weather");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.at("code")).isEqualTo("unknown_projection");
        assertThat(unknown.at("detail")).contains("current, drift, connectivity, lifecycle");
        Served.Reply group = served.get("/v1/projections/drift?group_by=colour");
        assertThat(group.status()).isEqualTo(400);
        assertThat(group.at("detail")).contains("region, zone, cluster");
    }

    @Test
    void the_rules_are_shown_with_their_version() {
        Served.Reply reply = served.get("/v1/rules");
        assertThat(reply.at("version")).isEqualTo(RulesJson.version(Rules.DEFAULT));
        assertThat(reply.at("rules", "horizons"))
                .isEqualTo(
                        "{\"delayed\":\"2h\",\"edge-cached\":\"6h\",\"live\":\"1h\",\"other\":\"1d\"}");
        assertThat(reply.at("rules", "default_update_deadline")).isEqualTo("2h");
        assertThat(reply.at("rules", "severities", "4", "path")).isEqualTo("**");
    }
}
