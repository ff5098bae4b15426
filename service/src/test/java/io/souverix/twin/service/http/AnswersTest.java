package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.rules.RulesJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What answers say of themselves, whatever they are about.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswersTest {
    private static final String THEN = "2026-02-27T00:15:00Z";

    private final Served served = Served.start();

    @BeforeAll
    void take() {
        served.take(
                Events.registered(Events.NODE, "region-a", "zone-a1"),
                Events.transition("a", Events.NODE, 10, "live"));
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @Test
    void every_answer_names_the_version_of_the_rules() {
        String version = RulesJson.version(Rules.DEFAULT);
        for (String path :
                List.of(
                        "/v1/twins/" + Events.NODE,
                        "/v1/twins/" + Events.NODE + "/trust/trust_score",
                        "/v1/twins/" + Events.NODE + "/events",
                        "/v1/twins",
                        "/v1/projections/drift",
                        "/v1/graph",
                        "/v1/attention")) {
            assertThat(served.get(path).header("X-Rules-Version")).as(path).isEqualTo(version);
        }
        assertThat(served.get("/v1/rules").at("version")).isEqualTo(version);
    }

    @Test
    void an_answer_of_a_past_says_which_also_where_its_body_has_no_room_for_it() {
        for (String path :
                List.of(
                        "/v1/rules",
                        "/v1/graph",
                        "/v1/graph/layout",
                        "/v1/twins",
                        "/v1/twins/" + Events.NODE + "/connectivity/state")) {
            Served.Reply then =
                    served.get(
                            path + "?at=" + THEN + "&known_at=" + Served.NOW,
                            "Accept",
                            "application/x-ndjson, application/octet-stream, */*;q=0.1");
            assertThat(then.status()).as(path + then.text()).isEqualTo(200);
            assertThat(then.header("X-At")).as(path).isEqualTo(THEN);
            assertThat(then.header("X-Known-At")).as(path).isEqualTo(Served.NOW.toString());
            Served.Reply known = served.get(path + "?known_at=" + Served.NOW);
            assertThat(known.header("X-At")).as(path).isEqualTo(Served.NOW.toString());
        }
    }

    @Test
    void an_order_that_is_not_understood_is_answered_with_a_pointer() {
        Served.Reply reply =
                served.send(
                        served.request("/v1/attention/any")
                                .POST(BodyPublishers.ofString("{\"action\":\"wait\"}")));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("code")).isEqualTo("invalid_order");
        assertThat(reply.at("pointer")).isEqualTo("/action");
    }

    @Test
    void a_detail_of_drift_that_lacks_a_side_is_refused_with_a_pointer() {
        for (String side : List.of("desired", "actual")) {
            Served.Reply reply =
                    served.post("application/json", detail("{\"field\":\"a\",\"" + side + "\":5}"));
            String missing = side.equals("desired") ? "actual" : "desired";
            assertThat(reply.at("errors", "0", "code")).as(side).isEqualTo("invalid_payload");
            assertThat(reply.at("errors", "0", "pointer"))
                    .isEqualTo("/payload/details/0/" + missing);
        }
        String none = detail("{\"field\":\"a\",\"desired\":null,\"actual\":5}");
        assertThat(served.post("application/json", none).number("applied")).isEqualTo(1);
    }

    private static String detail(String detail) {
        return """
        {"id":"d","timestamp":"2026-02-27T00:20:00Z","node_id":"%s",\
        "event_type":"config_drift_detected","payload":{"details":[%s]}}\
        """
                .formatted(Events.NODE, detail);
    }
}
