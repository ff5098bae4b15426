package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReadingTwinsTest {
    private static final String TWIN = "/v1/twins/" + Events.NODE;

    private final Served served = Served.start();

    @BeforeEach
    void take() {
        served.take(
                Events.registered(Events.NODE, "region-a", "zone-a1"),
                Events.transition("a", Events.NODE, 10, "live"),
                Events.transition("b", Events.NODE, 20, "delayed"),
                Events.transition("c", Events.NODE, 30, "autonomous"));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static void assertProblem(Served.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.at("code")).isEqualTo(code);
        assertThat(reply.at("status")).isEqualTo(Integer.toString(status));
        assertThat(reply.at("type")).isEqualTo("urn:souverix:twin:" + code);
        assertThat(reply.header("X-Position")).isNotEmpty();
    }

    @Test
    void a_twin_can_be_asked_how_it_was() {
        assertThat(served.get(TWIN).at("connectivity", "state")).isEqualTo("autonomous");
        Served.Reply then = served.get(TWIN + "?at=2026-02-27T00:25:00%2B00:00");
        assertThat(then.at("connectivity", "state")).isEqualTo("delayed");
        assertThat(then.at("meta", "at")).isEqualTo("2026-02-27T00:25:00Z");
        assertThat(served.get(TWIN + "?at=2026-02-27T01:25:00+01:00").at("meta", "at"))
                .isEqualTo("2026-02-27T00:25:00Z");
        assertThat(served.get(TWIN + "/drift?at=2026-02-27T00:25:00Z").at("meta", "at"))
                .isEqualTo("2026-02-27T00:25:00Z");
        assertThat(served.get(TWIN + "/ledger?at=2026-02-27T00:25:00Z").list("history")).hasSize(2);
    }

    @Test
    void a_twin_before_its_first_event_is_not_yet_known() {
        Served.Reply reply = served.get(TWIN + "?at=2026-01-31T23:59:59.999999Z");
        assertProblem(reply, 404, "not_yet_known");
        assertThat(reply.at("detail")).contains("2026-02-01T00:00:00Z");
        assertThat(served.get(TWIN + "?at=2026-02-01T00:00:00Z").status()).isEqualTo(200);
    }

    @Test
    void nothing_of_a_twin_is_known_before_its_first_event() {
        List<String> parts =
                List.of("", "/events", "/ledger", "/drift", "/trust", "/timeline", "/neighbors");
        for (String part : parts) {
            String early = TWIN + part + "?at=2020-01-01T00:00:00Z";
            assertProblem(served.get(early), 404, "not_yet_known");
            String unrecorded = TWIN + part + "?known_at=2020-01-01T00:00:00Z";
            assertProblem(served.get(unrecorded), 404, "unknown_twin");
        }
        assertThat(ids(served.get(TWIN + "/events?until=2020-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void a_report_that_says_nothing_is_none() {
        served.take(
                actual("1", "{}"), actual("2", "{\"config_changes\":{},\"health\":null,\"a\":1}"));
        Served.Reply silent = served.get(TWIN);
        assertThat(silent.at("drift", "status")).isEqualTo("unknown");
        assertThat(silent.at("state", "last_reported")).isEqualTo("null");
        served.take(actual("3", "{\"health\":\"fine\"}"));
        assertThat(served.get(TWIN).at("drift", "status")).isEqualTo("in_sync");
    }

    private static String actual(String id, String payload) {
        return """
        {"id":"actual-%s","timestamp":"2026-02-28T12:00:00Z","node_id":"%s",\
        "event_type":"actual_state_reported","payload":%s}\
        """
                .formatted(id, Events.NODE, payload);
    }

    @Test
    void the_future_cannot_be_asked_of() {
        assertThat(served.get(TWIN + "?at=" + Served.NOW).status()).isEqualTo(200);
        assertProblem(served.get(TWIN + "?at=2026-02-28T12:00:00.000001Z"), 400, "at_in_future");
        assertProblem(served.get(TWIN + "?at=yesterday"), 400, "invalid_parameter");
        assertProblem(served.get(TWIN + "?at="), 400, "invalid_parameter");
    }

    @Test
    void an_unknown_twin_is_404() {
        for (String path : List.of("", "/drift", "/ledger", "/events", "/identity/zone")) {
            assertProblem(served.get("/v1/twins/node-9" + path), 404, "unknown_twin");
        }
        assertProblem(served.get("/v1/twins/%20%C3%A9"), 404, "unknown_twin");
    }

    @Test
    void any_part_is_read_by_its_path() {
        assertThat(served.get(TWIN + "/connectivity/state").text()).isEqualTo("\"autonomous\"");
        assertThat(served.get(TWIN + "/identity/clusters/0").text())
                .isEqualTo("\"region-a-cluster\"");
        assertThat(served.get(TWIN + "/lifecycle/software/drift_score").text()).isEqualTo("null");
        assertThat(served.get(TWIN + "/meta/events").text()).isEqualTo("4");
        Served.Reply then = served.get(TWIN + "/connectivity/state?at=2026-02-27T00:25:00Z");
        assertThat(then.text()).isEqualTo("\"delayed\"");
        assertThat(then.header("X-At")).isEqualTo("2026-02-27T00:25:00Z");
    }

    @Test
    void a_path_that_leads_nowhere_is_told_what_there_is() {
        Served.Reply reply = served.get(TWIN + "/lifecycle/software/drift_scor");
        assertProblem(reply, 404, "no_such_part");
        assertThat(reply.at("detail"))
                .contains("drift_scor")
                .contains("/lifecycle/software")
                .contains("drift_score, image_provenance");
        assertProblem(served.get(TWIN + "/identity/clusters/3"), 404, "no_such_part");
        assertProblem(served.get(TWIN + "/identity/clusters/-1"), 404, "no_such_part");
        assertProblem(served.get(TWIN + "/connectivity/state/0"), 404, "no_such_part");
    }

    @Test
    void equal_bodies_have_equal_tags_and_are_not_sent_again() {
        Served.Reply first = served.get(TWIN);
        String tag = first.header("ETag");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        for (String header : List.of(tag, "*", "\"x\", W/" + tag + " , \"y\"")) {
            Served.Reply again = served.get(TWIN, "If-None-Match", header);
            assertThat(again.status()).as(header).isEqualTo(304);
            assertThat(again.header("ETag")).isEqualTo(tag);
            assertThat(again.header("X-Position")).isNotEmpty();
            assertThat(again.text()).isEmpty();
        }
        assertThat(served.get(TWIN, "If-None-Match", "\"x\"").status()).isEqualTo(200);
        served.take(
                "{\"id\":\"x\",\"timestamp\":\"2026-02-27T02:00:00Z\",\"node_id\":\"node-1\","
                        + "\"event_type\":\"x_note\",\"payload\":{}}");
        Served.Reply noted = served.get(TWIN);
        assertThat(noted.at("meta", "revision")).isNotEqualTo(first.at("meta", "revision"));
        assertThat(noted.header("ETag")).as("the body is the same").isEqualTo(tag);
        served.take(Events.live("d", 40));
        assertThat(served.get(TWIN, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void a_read_waits_for_the_position_it_asks_for() {
        String position = served.take(Events.live("d", 40)).at("position");
        Served.Reply seen = served.get(TWIN + "?min_position=" + position);
        assertThat(seen.at("connectivity", "state")).isEqualTo("live");
        assertProblem(served.get(TWIN + "?min_position=soon"), 400, "invalid_parameter");
        String future = new io.souverix.twin.engine.Position(1L << 40).token();
        Served.Reply reply = served.get(TWIN + "?min_position=" + future);
        assertProblem(reply, 503, "position_not_reached");
        assertThat(reply.header("Retry-After")).isNotEmpty();
    }

    @Test
    void unknown_and_repeated_parameters_are_refused_and_the_known_ones_named() {
        Served.Reply reply = served.get(TWIN + "?when=now");
        assertProblem(reply, 400, "unknown_parameter");
        assertThat(reply.at("detail")).contains("when").contains("at, known_at, min_position");
        assertProblem(
                served.get(TWIN + "?at=2026-02-27T00:00:00Z&at=2026-02-27T00:00:00Z"),
                400,
                "invalid_parameter");
        Served.Reply at = served.get("/readyz?at=2026-02-27T00:00:00Z");
        assertProblem(at, 400, "at_not_offered");
        assertThat(at.at("detail")).contains("no query parameter");
    }

    /// Every read of events that are kept takes both; what is left is none.
    @Test
    void every_read_can_be_asked_of_the_past() {
        for (Route route : served.server().routes()) {
            boolean reads = route.method().equals("GET") && route.template().startsWith("/v1/");
            if (reads && !route.template().matches(".*(stream|schemas.*)")) {
                assertThat(route.parameters())
                        .as(route.template())
                        .contains("at", "known_at", "min_position");
            }
        }
    }

    @Test
    void at_is_the_end_of_what_is_compared_and_of_the_swim_lanes() {
        String since = "/diff?from=2026-02-27T00:11:00Z";
        String to = "2026-02-27T00:25:00Z";
        Served.Reply named = served.get(TWIN + since + "&to=" + to);
        assertThat(named.status()).as(named.text()).isEqualTo(200);
        assertThat(served.get(TWIN + since + "&at=" + to).text()).isEqualTo(named.text());
        assertThat(served.get(TWIN + since + "&to=" + to + "&at=" + to).text())
                .isEqualTo(named.text());
        assertProblem(
                served.get(TWIN + since + "&to=" + to + "&at=2026-02-27T00:24:00Z"),
                400,
                "invalid_parameter");
        assertThat(served.get(TWIN + "/timeline?at=" + to).text())
                .isEqualTo(served.get(TWIN + "/timeline?until=" + to).text());
        Served.Reply early = served.get(TWIN + "/timeline?at=2020-01-01T00:00:00Z");
        assertProblem(early, 404, "not_yet_known");
        assertThat(early.at("detail")).contains("found at=2020-01-01T00:00:00Z");
    }

    @Test
    void why_takes_a_path_with_slashes_or_with_dots() {
        String slashes = served.get(TWIN + "/why?path=/connectivity/state").text();
        assertThat(slashes).contains("\"set_by\":{");
        assertThat(served.get(TWIN + "/why?path=connectivity/state").text()).isEqualTo(slashes);
        assertThat(served.get(TWIN + "/why?path=connectivity.state").text()).isEqualTo(slashes);
        assertProblem(served.get(TWIN + "/why?path=connectivity.no"), 404, "no_such_part");
    }

    @Test
    void the_history_comes_in_pages_in_either_order() {
        assertThat(ids(served.get(TWIN + "/events"))).containsExactly("reg-node-1", "a", "b", "c");
        assertThat(ids(served.get(TWIN + "/events?order=desc&limit=2"))).containsExactly("c", "b");
        assertThat(
                        ids(
                                served.get(
                                        TWIN
                                                + "/events?since=2026-02-27T00:10:00Z&until=2026-02-27T00:20:00Z")))
                .containsExactly("a", "b");
        assertThat(ids(served.get(TWIN + "/events?type=node_registered,x_none")))
                .containsExactly("reg-node-1");
        List<String> paged = new ArrayList<>();
        String next = TWIN + "/events?limit=3";
        while (!next.isEmpty()) {
            Served.Reply page = served.get(next);
            paged.addAll(ids(page));
            String cursor = page.at("next_cursor");
            next = cursor.equals("absent") ? "" : TWIN + "/events?limit=3&cursor=" + cursor;
        }
        assertThat(paged).containsExactly("reg-node-1", "a", "b", "c");
    }

    private static List<String> ids(Served.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.list("events").stream()
                .map(event -> ((JsonObject) event).member("id"))
                .map(id -> id instanceof Json.JsonString(String text) ? text : "")
                .toList();
    }

    @Test
    void an_event_that_is_read_can_be_sent_again() {
        JsonObject event = (JsonObject) served.get(TWIN + "/events").list("events").get(1);
        JsonObject envelope =
                event.with("hash", null)
                        .with("position", null)
                        .with("recorded_at", null)
                        .with("annulled", null);
        Served.Reply reply = served.post("application/json", JsonWriter.text(envelope));
        assertThat(reply.number("duplicate")).as(reply.text()).isEqualTo(1);
    }

    @Test
    void wrong_questions_of_the_history_are_refused() {
        for (String query :
                List.of(
                        "type=nonsense",
                        "order=up",
                        "limit=0",
                        "limit=1001",
                        "limit=many",
                        "cursor=!",
                        "cursor=AAAA",
                        "since=now",
                        "since=2026-02-27T00:20:00Z&until=2026-02-27T00:10:00Z")) {
            assertProblem(served.get(TWIN + "/events?" + query), 400, "invalid_parameter");
        }
    }

    @Test
    void the_ledger_comes_in_pages() {
        Served.Reply first = served.get(TWIN + "/ledger?limit=2");
        assertThat(first.list("history")).hasSize(2);
        assertThat(first.at("state")).isEqualTo("autonomous");
        Served.Reply second =
                served.get(TWIN + "/ledger?limit=2&cursor=" + first.at("next_cursor"));
        assertThat(second.list("history")).hasSize(1);
        assertThat(second.at("next_cursor")).isEqualTo("absent");
        assertProblem(served.get(TWIN + "/ledger?cursor=x"), 400, "invalid_parameter");
    }
}
