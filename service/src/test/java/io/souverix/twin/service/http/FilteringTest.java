package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Filters, orders, selections and findings over HTTP.
final class FilteringTest {
    private final Served served = Served.start();

    @BeforeEach
    void take() {
        for (int i = 0; i < 6; i++) {
            served.take(Events.registered("node-" + i, "region-a", "zone-" + i % 3));
            served.take(
                    event(i, "a", "desired_state_changed", "{\"config\":{\"cps\":2000}}"),
                    event(
                            i,
                            "b",
                            "actual_state_reported",
                            "{\"config\":{\"cps\":" + (i < 4 ? 1500 : 2000 + 10 * (i - 4)) + "}}"));
        }
        served.take(event(5, "c", "state_transition", "{\"to\":\"autonomous\"}"));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static String event(int node, String id, String type, String payload) {
        return "{\"id\":\"%s-%d\",\"timestamp\":\"2026-02-27T00:0%d:00Z\",\"node_id\":\"node-%d\",\"event_type\":\"%s\",\"payload\":%s}"
                .formatted(id, node, node, node, type, payload);
    }

    private Served.Reply list(String filter, String more) {
        return served.get(
                "/v1/twins?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8) + more);
    }

    private static List<String> ids(Served.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.list("twins").stream()
                .map(twin -> ((JsonObject) twin).member("identity"))
                .map(identity -> ((JsonObject) Objects.requireNonNull(identity)))
                .map(identity ->
                        ((Json.JsonString) Objects.requireNonNull(identity.member("immutable_id")))
                                .value())
                .toList();
    }

    @Test
    void a_filter_lets_through_what_fits() {
        assertThat(ids(list("identity.zone==zone-1", ""))).containsExactly("node-1", "node-4");
        assertThat(ids(list("connectivity.state!=autonomous;drift.findings=gt=0", "")))
                .containsExactly("node-0", "node-1", "node-2", "node-3");
        assertThat(ids(list("state.actual.cps=ge=2000", ""))).containsExactly("node-4", "node-5");
        assertThat(ids(list("(id==node-0,id=='node-5');identity.clusters==zone-2*", "")))
                .containsExactly("node-5");
    }

    @Test
    void an_order_may_be_any_field_and_go_down() {
        assertThat(ids(list("drift.findings=ge=0", "&sort=-identity.zone")))
                .containsExactly("node-2", "node-5", "node-1", "node-4", "node-0", "node-3");
        assertThat(ids(list("id=in=(node-0,node-5)", "&sort=-id")))
                .containsExactly("node-5", "node-0");
        assertThat(ids(list("id==*", "&sort=connectivity.state")).getFirst()).isEqualTo("node-5");
    }

    @Test
    void pages_of_a_filtered_and_sorted_list_go_on_and_belong_to_it() {
        Served.Reply first = list("id==*", "&sort=-identity.zone&limit=4");
        String cursor = first.at("next_cursor");
        assertThat(ids(first)).hasSize(4);
        assertThat(ids(list("id==*", "&sort=-identity.zone&limit=4&cursor=" + cursor)))
                .containsExactly("node-0", "node-3");
        for (String other :
                List.of(
                        "&sort=identity.zone",
                        "&sort=-id",
                        "&sort=-identity.zone&include=decommissioned")) {
            Served.Reply reply = list("id==*", other + "&cursor=" + cursor);
            assertThat(reply.status()).as(other).isEqualTo(400);
            assertThat(reply.at("detail")).contains("cursor");
        }
        assertThat(list("id==node*", "&sort=-identity.zone&cursor=" + cursor).status())
                .isEqualTo(400);
    }

    @Test
    void fields_name_the_parts_that_are_answered() {
        Served.Reply reply =
                list("id==node-5", "&fields=connectivity.state,state.actual.cps,meta.at");
        JsonObject twin = (JsonObject) reply.list("twins").getFirst();
        assertThat(twin.names())
                .containsExactlyInAnyOrder("identity", "connectivity", "state", "meta");
        assertThat(String.valueOf(twin.member("identity")))
                .isEqualTo("{\"immutable_id\":\"node-5\"}");
        assertThat(String.valueOf(twin.member("state"))).isEqualTo("{\"actual\":{\"cps\":2010}}");
        assertThat(list("id==node-5", "&fields=weather").at("detail"))
                .contains("fields: found \"weather\"", "connectivity.*");
    }

    @Test
    void all_that_fit_can_be_streamed_as_lines() {
        Served.Reply reply =
                served.get(
                        "/v1/twins?filter=drift.severity==low&sort=-id&fields=id",
                        "Accept",
                        "application/x-ndjson");
        assertThat(reply.text().lines())
                .containsExactly(
                        "{\"identity\":{\"immutable_id\":\"node-5\"}}",
                        "{\"identity\":{\"immutable_id\":\"node-3\"}}",
                        "{\"identity\":{\"immutable_id\":\"node-2\"}}",
                        "{\"identity\":{\"immutable_id\":\"node-1\"}}",
                        "{\"identity\":{\"immutable_id\":\"node-0\"}}");
    }

    @Test
    void a_filter_that_is_not_understood_is_told_why() {
        for (String filter :
                List.of(
                        "weather==fine",
                        "drift.score==high",
                        "id",
                        "connectivity.state==lively",
                        "id==a;")) {
            for (String path :
                    List.of("/v1/twins", "/v1/projections/drift", "/v1/drift/findings")) {
                Served.Reply reply =
                        served.get(
                                path
                                        + "?filter="
                                        + URLEncoder.encode(filter, StandardCharsets.UTF_8));
                assertThat(reply.status()).as(filter).isEqualTo(400);
                assertThat(reply.at("code")).isEqualTo("invalid_filter");
                assertThat(reply.at("detail")).startsWith("filter: ").contains("found", "expected");
            }
        }
    }

    @Test
    void an_aggregate_counts_what_a_filter_lets_through() {
        Served.Reply reply =
                served.get(
                        "/v1/projections/drift?group_by=zone&filter=drift.findings=gt=0;id!=node-0");
        assertThat(reply.at("total", "nodes")).isEqualTo("4");
        assertThat(reply.at("groups", "0", "group")).isEqualTo("zone-0");
        assertThat(reply.at("groups", "0", "nodes")).isEqualTo("1");
        assertThat(served.get("/v1/projections/current?filter=id==none").at("total", "nodes"))
                .isEqualTo("0");
    }

    @Test
    void identical_findings_make_one_row() {
        Served.Reply grouped = served.get("/v1/drift/findings?group=identical");
        assertThat(grouped.list("findings")).hasSize(2);
        assertThat(grouped.at("findings", "0", "nodes")).isEqualTo("4");
        assertThat(grouped.at("findings", "0", "path")).isEqualTo("cps");
        assertThat(grouped.at("findings", "0", "actual")).isEqualTo("1500");
        assertThat(grouped.at("findings", "0", "since")).isEqualTo("2026-02-27T00:00:00Z");
        assertThat(grouped.at("findings", "0", "node_ids", "3")).isEqualTo("node-3");
        assertThat(grouped.at("findings", "1", "nodes")).isEqualTo("1");
        Served.Reply first = served.get("/v1/drift/findings?group=identical&limit=1");
        Served.Reply second =
                served.get(
                        "/v1/drift/findings?group=identical&limit=1&cursor="
                                + first.at("next_cursor"));
        assertThat(second.at("findings", "0", "actual")).isEqualTo("2010");
        assertThat(second.at("next_cursor")).isEqualTo("absent");
    }

    @Test
    void identical_findings_of_the_past_are_gathered_from_every_shard() {
        String at = "at=" + Served.NOW;
        Served.Reply now = served.get("/v1/drift/findings?group=identical");
        Served.Reply then = served.get("/v1/drift/findings?group=identical&" + at);
        assertThat(then.list("findings")).isEqualTo(now.list("findings"));
        String sorted = "/v1/twins?sort=-drift.score&fields=id&filter=drift.findings=gt=0";
        assertThat(served.get(sorted + "&" + at).list("twins"))
                .isEqualTo(served.get(sorted).list("twins"));
    }

    @Test
    void findings_are_listed_node_by_node() {
        String cursor = "";
        for (String node : List.of("node-0", "node-1", "node-2", "node-3", "node-5")) {
            Served.Reply page = served.get("/v1/drift/findings?limit=1" + cursor);
            assertThat(page.at("findings", "0", "node_id")).isEqualTo(node);
            assertThat(page.at("findings", "0", "event_ids", "0")).startsWith("a-");
            cursor = "&cursor=" + page.at("next_cursor");
        }
        assertThat(cursor).isEqualTo("&cursor=absent");
    }
}
