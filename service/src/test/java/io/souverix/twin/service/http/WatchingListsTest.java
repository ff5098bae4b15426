package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.service.http.StreamClient.Event;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lists of the fleet are pushed to whoever watches their topics: the inbox and the domains.
final class WatchingListsTest {
    /// Of the day the clock stands in: not silent.
    private static final String TODAY =
            """
            {"id":"t","timestamp":"2026-02-28T11:59:00Z","node_id":"node-1",\
            "event_type":"state_transition","payload":{"to":"live"}}\
            """;

    private final Served served = Served.start();

    @AfterEach
    void stop() {
        served.close();
    }

    private StreamClient open(String query) {
        StreamClient client = new StreamClient(served.server().port(), "/v1/stream?" + query);
        assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
        return client;
    }

    private static List<Json> list(Event event, String member) {
        return event.data().member(member) instanceof JsonArray(List<Json> elements)
                ? elements
                : List.of();
    }

    private static String text(Json object, String member) {
        return object instanceof JsonObject o
                        && o.member(member) instanceof Json.JsonString(String text)
                ? text
                : "";
    }

    @Test
    void an_item_of_attention_is_told_when_it_appears_is_handled_and_ends() {
        try (StreamClient client = open("topics=attention&initial=true")) {
            Event nothing = client.next("snapshot");
            assertThat(list(nothing, "items")).isEmpty();
            client.next("synced");
            served.take(Events.live("a", 1));
            Event appeared = client.next("change");
            assertThat(appeared.data().member("topics"))
                    .isEqualTo(Json.strings(List.of("attention")));
            Json silent = list(appeared, "items").getFirst();
            assertThat(text(silent, "rule")).isEqualTo("silent");
            String id = text(silent, "id");
            assertThat(silent).isEqualTo(served.get("/v1/attention").list("items").getFirst());
            served.send(
                    served.request("/v1/attention/" + id)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"action\":\"acknowledge\"}")));
            Event handled = client.next("change");
            assertThat(JsonWriter.text(list(handled, "items").getFirst())).contains("acknowledged");
            served.take(TODAY);
            Event ended = client.next("change");
            assertThat(list(ended, "items")).isEmpty();
            assertThat(ended.data().member("ended")).isEqualTo(Json.strings(List.of(id)));
            assertThat(ended.data().member("total")).isEqualTo(Json.of(0));
        }
    }

    @Test
    void what_stands_is_in_the_snapshot_of_whoever_comes_or_comes_back() {
        served.take(Events.live("a", 1));
        String id;
        try (StreamClient client = open("topics=attention&initial=true")) {
            assertThat(list(client.next("snapshot"), "items")).hasSize(1);
            id = String.valueOf(client.next("synced").id());
        }
        try (StreamClient client = open("topics=attention&after=" + id)) {
            assertThat(list(client.next("snapshot"), "items")).hasSize(1);
        }
    }

    @Test
    void domains_are_told_under_authority_where_they_change() {
        try (StreamClient client = open("topics=authority")) {
            client.next("synced");
            served.take(
                    """
                    {"id":"s","timestamp":"2026-02-28T11:00:00Z","domain_id":"eu",\
                    "event_type":"region_synced","payload":{}}\
                    """);
            Event change = client.next("change");
            Json domain = list(change, "domains").getFirst();
            assertThat(domain).isEqualTo(served.get("/v1/domains").list("domains").getFirst());
            assertThat(text(domain, "id")).isEqualTo("eu");
        }
    }

    @Test
    void fields_choose_what_is_told_of_a_twin() {
        String path = "topics=drift,connectivity&initial=true&fields=connectivity.state";
        try (StreamClient client = open(path)) {
            client.next("synced");
            served.take(Events.live("a", 1));
            JsonObject expected =
                    (JsonObject)
                            served.get("/v1/twins?fields=connectivity.state")
                                    .list("twins")
                                    .getFirst();
            assertThat(client.next("change").data().member("twin")).isEqualTo(expected);
        }
        assertThat(served.get("/v1/stream?fields=nothing").at("code"))
                .isEqualTo("invalid_parameter");
    }
}
