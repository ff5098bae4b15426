package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// a - b - c - d in a line over two zones, c - ghost; e alone.
final class ReadingTheGraphTest {
    private static final String BYTES = "application/octet-stream";

    private final Served served = Served.start();

    @BeforeEach
    void take() {
        served.take(
                Events.registered("a", "region-a", "zone-1"),
                Events.registered("b", "region-a", "zone-1"),
                Events.registered("c", "region-a", "zone-2"),
                Events.registered("d", "region-b", "zone-2"),
                Events.registered("e", "region-b", "zone-3"),
                Events.transition("1", "a", 10, "live"),
                Events.transition("1", "b", 10, "live"),
                Events.transition("1", "c", 10, "live"),
                edge("a", "b", "signaling"),
                edge("b", "c", "signaling"),
                edge("c", "d", "media"),
                edge("c", "ghost", "media"));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static String edge(String from, String to, String type) {
        return """
        {"id":"e-%s","timestamp":"2026-02-27T00:00:00Z","node_id":"%s",\
        "event_type":"relationship_added","payload":{"to":"%s","type":"%s"}}\
        """
                .formatted(to, from, to, type);
    }

    /// The members of that name of the elements of a list.
    private static String each(Served.Reply reply, String list, String... names) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.list(list).stream()
                .map(element -> texts((JsonObject) element, names))
                .collect(Collectors.joining(" "));
    }

    private static String texts(JsonObject object, String... names) {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            Json value = object.member(name);
            texts.add(
                    value instanceof Json.JsonString(String text)
                            ? text
                            : JsonWriter.text(Json.orNull(value)));
        }
        return String.join("/", texts);
    }

    @Test
    void the_graph_has_nodes_edges_with_health_and_an_outline() {
        Served.Reply reply = served.get("/v1/graph");
        assertThat(each(reply, "nodes", "id", "health", "dangling"))
                .isEqualTo(
                        "a/ok/false b/ok/false c/ok/false d/null/false e/null/false"
                                + " ghost/null/true");
        assertThat(each(reply, "edges", "from", "to", "type", "health"))
                .isEqualTo("a/b/signaling/ok b/c/signaling/ok c/d/media/ok c/ghost/media/ok");
        assertThat(reply.at("totals", "nodes")).isEqualTo("5");
        assertThat(reply.at("totals", "dangling")).isEqualTo("1");
        assertThat(each(reply, "zones", "id", "kind", "nodes"))
                .isEqualTo(
                        "region-a/region/3 region-b/region/2 zone-1/zone/2 zone-2/zone/2"
                                + " zone-3/zone/1");
        assertThat(each(reply, "bundles", "from_zone", "to_zone", "edges"))
                .isEqualTo("zone-1/zone-1/1 zone-1/zone-2/1 zone-2/zone-2/1 zone-2/null/1");
        assertThat(
                        each(
                                served.get("/v1/graph?bundles=between"),
                                "bundles",
                                "from_zone",
                                "to_zone",
                                "edges"))
                .isEqualTo("zone-1/zone-2/1 zone-2/null/1");
        served.take(Events.transition("2", "b", 20, "autonomous"));
        assertThat(each(served.get("/v1/graph?zone=zone-1"), "edges", "to", "health"))
                .isEqualTo("b/down c/down");
    }

    @Test
    void pages_and_lines_hold_every_node_once() {
        List<String> ids = new ArrayList<>();
        String next = "/v1/graph?limit=2";
        while (!next.isEmpty()) {
            Served.Reply page = served.get(next);
            ids.add(each(page, "nodes", "id"));
            String cursor = page.at("next_cursor");
            next = cursor.equals("absent") ? "" : "/v1/graph?limit=2&cursor=" + cursor;
        }
        assertThat(ids).containsExactly("a b", "c d", "e ghost");
        Served.Reply lines = served.get("/v1/graph", "Accept", "application/x-ndjson");
        assertThat(lines.text().lines().map(line -> line.substring(2, 6)).toList())
                .containsExactly(
                        "node", "node", "node", "node", "node", "node", "edge", "edge", "edge",
                        "edge", "outl");
    }

    @Test
    void neighbours_are_found_by_hops_direction_and_type() {
        assertThat(each(served.get("/v1/twins/c/neighbors"), "nodes", "id", "hops"))
                .isEqualTo("c/0 b/1 d/1 ghost/1");
        assertThat(
                        each(
                                served.get("/v1/twins/c/neighbors?hops=2&direction=in"),
                                "nodes",
                                "id",
                                "hops"))
                .isEqualTo("c/0 b/1 a/2");
        Served.Reply some = served.get("/v1/twins/c/neighbors?type=media&limit=2");
        assertThat(each(some, "nodes", "id")).isEqualTo("c d");
        assertThat(some.at("total")).isEqualTo("3");
        assertThat(some.at("truncated")).isEqualTo("true");
        assertThat(served.get("/v1/twins/zz/neighbors").at("code")).isEqualTo("unknown_twin");
        assertThat(served.get("/v1/twins/a/neighbors?at=2020-01-01T00:00:00Z").at("code"))
                .isEqualTo("not_yet_known");
        assertThat(served.get("/v1/twins/a/neighbors?hops=33").status()).isEqualTo(400);
    }

    @Test
    void the_shortest_path_is_told_with_its_edges() {
        Served.Reply path = served.get("/v1/graph/path?from=d&to=a");
        assertThat(each(path, "nodes", "id")).isEqualTo("d c b a");
        assertThat(path.at("hops")).isEqualTo("3");
        assertThat(each(path, "edges", "from", "to")).isEqualTo("c/d b/c a/b");
        assertThat(served.get("/v1/graph/path?from=d&to=a&direction=out").at("found"))
                .isEqualTo("false");
        assertThat(served.get("/v1/graph/path?from=a&to=e").at("hops")).isEqualTo("null");
        assertThat(served.get("/v1/graph/path?from=a").at("code")).isEqualTo("invalid_parameter");
    }

    @Test
    void impact_names_what_loses_its_last_path() {
        Served.Reply node = served.get("/v1/graph/impact?of=b");
        assertThat(node.at("lost", "ids")).isEqualTo("[\"a\"]");
        assertThat(node.at("edges_lost")).isEqualTo("2");
        Served.Reply anchored = served.get("/v1/graph/impact?of=b&to=a");
        assertThat(anchored.at("lost", "ids")).isEqualTo("[\"c\",\"d\"]");
        Served.Reply zone = served.get("/v1/graph/impact?of=zone-1&to=a");
        assertThat(zone.at("kind")).isEqualTo("zone");
        assertThat(zone.at("failing", "nodes")).isEqualTo("2");
        assertThat(zone.at("lost", "ids")).isEqualTo("[\"c\",\"d\"]");
        assertThat(zone.at("lost_by_zone", "zone-2")).isEqualTo("2");
        assertThat(served.get("/v1/graph/impact?of=nothing").status()).isEqualTo(404);
        assertThat(served.get("/v1/graph/impact?of=b&kind=zone").status()).isEqualTo(404);
    }

    @Test
    void the_past_has_the_graph_of_then() {
        served.take(
                """
                {"id":"gone","timestamp":"2026-02-27T10:00:00Z","node_id":"b",\
                "event_type":"relationship_removed","payload":{"to":"c","type":"signaling"}}\
                """);
        assertThat(served.get("/v1/graph").at("totals", "edges")).isEqualTo("3");
        assertThat(served.get("/v1/graph?at=2026-02-27T09:00:00Z").at("totals", "edges"))
                .isEqualTo("4");
        assertThat(served.get("/v1/graph?at=2026-02-26T09:00:00Z").at("totals", "edges"))
                .isEqualTo("0");
    }

    @Test
    void tags_tell_what_is_known_already() {
        for (String question :
                List.of("/v1/graph", "/v1/twins/a/neighbors", "/v1/graph/layout?limit=3")) {
            Served.Reply reply = served.get(question);
            assertThat(served.get(question, "If-None-Match", reply.header("ETag")).status())
                    .isEqualTo(304);
        }
    }

    @Test
    void layout_and_states_come_as_bytes_zipped_where_asked() throws IOException {
        for (String question : List.of("/v1/graph/layout", "/v1/graph/states")) {
            Served.Reply plain = served.get(question, "Accept", BYTES);
            assertThat(plain.status()).isEqualTo(200);
            assertThat(plain.header("Content-Type")).isEqualTo(BYTES);
            Served.Reply zipped =
                    served.get(question, "Accept", BYTES, "Accept-Encoding", "br, gzip");
            assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
            byte[] unzipped =
                    new GZIPInputStream(new ByteArrayInputStream(zipped.response().body()))
                            .readAllBytes();
            assertThat(unzipped).isEqualTo(plain.response().body());
            assertThat(zipped.header("ETag")).isNotEqualTo(plain.header("ETag"));
            assertThat(
                            served.get(
                                            question,
                                            "Accept",
                                            BYTES,
                                            "If-None-Match",
                                            plain.header("ETag"))
                                    .status())
                    .isEqualTo(304);
            assertThat(served.get(question + "?limit=1", "Accept", BYTES).status()).isEqualTo(400);
        }
    }

    @Test
    void the_map_is_packed_anew_when_that_is_posted() {
        assertThat(served.get("/v1/graph/layout").at("revision")).isEqualTo("1");
        Served.Reply packed =
                served.send(
                        served.request("/v1/graph/layout")
                                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(packed.at("revision")).isEqualTo("2");
        Served.Reply now = served.get("/v1/graph/layout");
        assertThat(now.at("revision")).isEqualTo("2");
        assertThat(now.at("from")).isEqualTo("2026-02-28T12:00:00Z");
        assertThat(served.get("/v1/graph/layout?at=2026-02-28T11:00:00Z").at("from"))
                .isEqualTo("null");
        assertThat(each(served.get("/v1/graph/states?limit=2"), "states", "id", "connectivity"))
                .isEqualTo("a/live b/live");
    }

    /// `from-to health crossing` of every edge, and how many there are in all.
    private static String edges(Served.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        ByteBuffer body = ByteBuffer.wrap(reply.response().body()).order(ByteOrder.LITTLE_ENDIAN);
        int count = body.getInt(44);
        int to = (64 + 4 * count + 7) / 8 * 8;
        int health = (to + 4 * count + 7) / 8 * 8;
        int crossing = (health + count + 7) / 8 * 8;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(body.getInt(64 + 4 * i)).append('-').append(body.getInt(to + 4 * i));
            text.append(' ')
                    .append(body.get(health + i))
                    .append(body.get(crossing + i))
                    .append(' ');
        }
        return text.append("of ").append(body.getInt(48)).toString();
    }

    @Test
    void edges_of_a_part_of_the_map_come_the_worst_first() {
        assertThat(served.get("/v1/graph/layout").status()).isEqualTo(200);
        String all = "/v1/graph/edges?box=0,0,999,999";
        assertThat(edges(served.get(all, "Accept", BYTES))).isEqualTo("0-1 00 1-2 00 2-3 00 of 3");
        served.take(Events.transition("2", "d", 20, "disconnected"));
        assertThat(edges(served.get(all + "&limit=1", "Accept", BYTES))).isEqualTo("2-3 20 of 3");
        assertThat(edges(served.get("/v1/graph/edges?node=b", "Accept", BYTES)))
                .isEqualTo("0-1 00 1-2 00 of 2");
        assertThat(edges(served.get("/v1/graph/edges?node=nobody", "Accept", BYTES)))
                .isEqualTo("of 0");
        assertThat(
                        edges(
                                served.get(
                                        "/v1/graph/edges?node=b&at=2026-02-26T09:00:00Z",
                                        "Accept",
                                        BYTES)))
                .isEqualTo("of 0");
        for (String wrong :
                List.of("", "?box=1,2,3", "?box=0,0,1,1&node=a", "?node=a&limit=4501")) {
            assertThat(served.get("/v1/graph/edges" + wrong, "Accept", BYTES).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(served.get("/v1/graph/edges?node=a", "Accept", "text/csv").status())
                .isEqualTo(406);
    }

    @Test
    void trust_domains_are_told_of_every_home() {
        served.take(
                """
                {"id":"f-1","timestamp":"2026-02-27T00:00:00Z","node_id":"f",\
                "event_type":"node_registered","payload":{"component_type":"x","region":"region-b","zone":"zone-3",\
                "trust_domain":"inner"}}\
                """);
        assertThat(served.get("/v1/graph/layout").status()).isEqualTo(200);
        Served.Reply reply = served.get("/v1/graph/trust-domains", "Accept", BYTES);
        byte[] body = reply.response().body();
        ByteBuffer numbers = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(numbers.getInt(12)).isEqualTo(6);
        assertThat(new String(body, StandardCharsets.UTF_8)).endsWith("inner");
        assertThat(numbers.getShort(64 + 2 * 5)).isEqualTo((short) numbers.getInt(44));
    }

    @Test
    void changes_are_counted_in_parts_of_a_span() {
        served.take(
                Events.transition("9", "a", 40, "autonomous"),
                Events.transition("9", "b", 40, "live"));
        String path = "/v1/graph/changes?since=2026-02-27T00:00:00Z&until=2026-02-27T01:00:00Z";
        Served.Reply reply = served.get(path + "&steps=4");
        assertThat(reply.list("counts").stream().map(JsonWriter::text).toList())
                .containsExactly("3", "0", "1", "0");
        assertThat(served.get(path + "&steps=0").status()).isEqualTo(400);
        assertThat(served.get("/v1/graph/changes?until=2030-01-01T00:00:00Z").at("code"))
                .isEqualTo("at_in_future");
    }
}
