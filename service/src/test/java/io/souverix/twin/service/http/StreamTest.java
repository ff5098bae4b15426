package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.changes.ChangePosition;
import io.souverix.twin.service.http.StreamClient.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StreamTest {
    private Served served = start(100, Duration.ofSeconds(4));

    private static Served start(int streams, Duration bookmark) {
        return Served.start(settings ->
                settings.withLimits(
                        new ServerSettings.Limits(
                                4_096, 100, 100, streams, Duration.ofSeconds(30), bookmark)));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private StreamClient open(String path, String... headers) {
        StreamClient client = new StreamClient(served.server().port(), path, headers);
        assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
        return client;
    }

    @Test
    void a_stream_begins_with_all_twins_and_goes_on_with_what_changes() {
        served.take(Events.transition("a", "node-1", 1, "live"));
        try (StreamClient client = open("/v1/stream?topics=twins,connectivity&initial=true")) {
            Event snapshot = client.next();
            assertThat(snapshot).isNotNull();
            assertThat(snapshot.name()).isEqualTo("snapshot");
            assertThat(snapshot.id()).isNull();
            assertThat(snapshot.text("node_id")).isEqualTo("node-1");
            assertThat(snapshot.data().member("twin"))
                    .isEqualTo(served.get("/v1/twins/node-1").json());
            assertThat(client.next("synced").id()).isNotNull();
            served.take(Events.transition("b", "node-1", 2, "delayed"));
            Event change = client.next("change");
            assertThat(change.id()).isEqualTo(change.text("position"));
            assertThat(change.data().member("topics"))
                    .isEqualTo(Json.strings(List.of("twins", "connectivity")));
            assertThat(change.text("cause")).isEqualTo("events");
            assertThat(change.data().member("twin"))
                    .isEqualTo(served.get("/v1/twins/node-1").json());
        }
    }

    @Test
    void the_id_of_a_change_is_a_position_to_wait_for() {
        try (StreamClient client = open("/v1/stream")) {
            client.next("synced");
            served.take(Events.live("a", 1));
            String id = client.next("change").id();
            assertThat(served.get("/v1/twins/node-1?min_position=" + id).status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_comes_back_to_where_it_stood() {
        String before = served.take(Events.live("a", 1)).at("position");
        served.take(Events.live("b", 2));
        String id;
        try (StreamClient client = open("/v1/stream?after=" + before)) {
            Event change = client.next("change");
            assertThat(eventIds(change)).containsExactly("b");
            id = change.id();
        }
        served.take(Events.live("c", 3));
        try (StreamClient client =
                open("/v1/stream?after=" + before, "Last-Event-ID: " + id + "\r\n")) {
            assertThat(eventIds(client.next("change"))).containsExactly("c");
            assertThat(client.next("synced").id()).isNotNull();
        }
    }

    private static int count(Map<String, Set<String>> seen) {
        return seen.values().stream().mapToInt(Set::size).sum();
    }

    private static List<String> eventIds(Event change) {
        List<String> ids = new ArrayList<>();
        if (change.data().member("events") instanceof Json.JsonArray(List<Json> events)) {
            events.forEach(event -> ids.add(member((JsonObject) event, "id")));
        }
        return ids;
    }

    private static String member(JsonObject object, String name) {
        return object.member(name) instanceof Json.JsonString(String text) ? text : "";
    }

    @Test
    void a_place_of_another_run_is_gone_and_all_twins_follow() {
        served.take(Events.live("a", 1));
        String id;
        try (StreamClient client = open("/v1/stream")) {
            id = String.valueOf(client.next("synced").id());
        }
        served.close();
        served = start(100, Duration.ofSeconds(4));
        served.take(Events.live("b", 1));
        // The clock stands, so that both runs bear the same name: only what was before it is gone.
        try (StreamClient client = open("/v1/stream?after=" + older(id))) {
            Event gone = client.next();
            assertThat(gone).isNotNull();
            assertThat(gone.name()).isEqualTo("gone");
            assertThat(gone.text("reason")).isEqualTo("not_retained");
            assertThat(client.next("snapshot").text("node_id")).isEqualTo("node-1");
            assertThat(client.next("synced").id()).isNotNull();
        }
    }

    private static String older(String id) {
        ChangePosition place = ChangePosition.parse(id).orElseThrow();
        return new ChangePosition(place.address(), place.run() - 1, place.sequence()).token();
    }

    @Test
    void a_filter_says_what_enters_and_what_leaves() {
        served.take(Events.transition("a", "node-1", 1, "delayed"));
        String path = "/v1/stream?initial=true&filter=connectivity.state%3D%3Dlive";
        try (StreamClient client = open(path)) {
            assertThat(client.next()).isNotNull().extracting(Event::name).isEqualTo("synced");
            served.take(Events.transition("b", "node-1", 2, "live"));
            Event enter = client.next("change");
            assertThat(enter.text("enter")).isEqualTo("TRUE");
            assertThat(enter.data().member("twin")).isNotNull();
            served.take(Events.transition("c", "node-2", 3, "delayed"));
            served.take(Events.transition("d", "node-1", 4, "delayed"));
            Event leave = client.next("change");
            assertThat(leave.text("node_id")).isEqualTo("node-1");
            assertThat(leave.text("leave")).isEqualTo("TRUE");
            assertThat(leave.data().member("twin")).isNull();
        }
        assertThat(served.get("/v1/stream?filter=nothing%3D%3D1").at("code"))
                .isEqualTo("invalid_filter");
    }

    @Test
    void bookmarks_come_also_where_nothing_matches() {
        served.close();
        served = start(100, Duration.ofMillis(100));
        try (StreamClient client = open("/v1/stream?topics=drift")) {
            client.next("synced");
            String first = String.valueOf(client.next("bookmark").id());
            served.take(
                    Events.live("a", 1).replace("state_transition", "x_beat").replace("live", "x"));
            client.next("bookmark");
            assertThat(client.next("bookmark").id()).isNotEqualTo(first);
        }
    }

    @Test
    void more_clients_than_allowed_are_answered_503() {
        served.close();
        served = start(1, Duration.ofSeconds(10));
        try (StreamClient one = open("/v1/stream")) {
            one.next("synced");
            Served.Reply reply = served.get("/v1/stream");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.at("code")).isEqualTo("too_many_streams");
            assertThat(reply.header("Retry-After")).isNotEmpty();
        }
    }

    @Test
    void what_is_asked_wrongly_is_answered_400() {
        assertThat(served.get("/v1/stream?topics=tweens").at("detail")).contains("connectivity");
        assertThat(served.get("/v1/stream?after=x").at("code")).isEqualTo("invalid_parameter");
        assertThat(served.get("/v1/stream", "Last-Event-ID", "x").status()).isEqualTo(400);
        assertThat(served.get("/v1/projections/x/stream").status()).isEqualTo(404);
        assertThat(served.get("/v1/stream", "Accept", "application/json").status()).isEqualTo(406);
    }

    @Test
    void clients_are_told_where_they_stand_when_the_service_stops() {
        try (StreamClient client = open("/v1/stream")) {
            client.next("synced");
            served.server().stop();
            assertThat(client.next("bookmark").id()).isNotNull();
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void the_rows_of_a_projection_that_change_are_told() {
        served.take(
                Events.registered("node-1", "eu", "z1"), Events.registered("node-2", "eu", "z2"));
        String path = "/v1/projections/connectivity/stream?group_by=zone&initial=true";
        try (StreamClient client = open(path)) {
            Event snapshot = client.next("snapshot");
            assertThat(snapshot.data().member("groups")).isInstanceOf(Json.JsonArray.class);
            client.next("synced");
            served.take(Events.transition("t", "node-1", 1, "live"));
            Event change = client.next("change");
            assertThat(JsonWriter.text(change.data())).contains("\"z1\"").doesNotContain("\"z2\"");
        }
    }

    @Test
    @SuppressWarnings("try") // it is there and reads nothing
    void a_client_that_does_not_read_is_ended_and_all_others_are_told_everything()
            throws Exception {
        served.close();
        served =
                Served.start(settings ->
                        settings.withLimits(
                                new ServerSettings.Limits(
                                        100,
                                        100,
                                        100,
                                        100,
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(1))));
        try (StreamClient _ = open("/v1/stream");
                StreamClient quick = open("/v1/stream")) {
            quick.next("synced");
            Thread load =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 60; i++) {
                                    served.take(many(i));
                                }
                            });
            int told = 0;
            while (told < 60 * 100) {
                told += eventIds(quick.next("change")).size();
            }
            load.join();
            // What the kernel holds for the one that does not read is finite.
            for (int i = 60; i < 500 && clients() == 2; i++) {
                served.take(many(i));
                while (told < (i + 1) * 100) {
                    told += eventIds(quick.next("change")).size();
                }
            }
            for (int i = 0; i < 100 && clients() == 2; i++) {
                quick.next("bookmark");
            }
            assertThat(clients()).isEqualTo(1);
        }
    }

    private long clients() {
        return served.engine().changes().status().clients();
    }

    private static String[] many(int round) {
        String[] lines = new String[100];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = Events.transition("r" + round, "many-" + i, round % 1_440, "live");
        }
        return lines;
    }

    @Test
    void a_thousand_idle_clients_are_told_of_a_change() {
        served.close();
        served = start(1_000, Duration.ofSeconds(10));
        List<StreamClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                clients.add(open("/v1/stream?filter=connectivity.state%3D%3Dlive"));
            }
            assertThat(served.engine().changes().status().channels()).isEqualTo(1);
            served.take(Events.live("a", 1));
            for (StreamClient client : clients) {
                assertThat(client.next("change").text("node_id")).isEqualTo("node-1");
            }
        } finally {
            clients.forEach(StreamClient::close);
        }
    }

    @Test
    void clients_killed_under_load_see_every_event_in_order() throws Exception {
        long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.println("StreamTest seed " + seed);
        Random random = new Random(seed);
        int nodes = 5;
        int events = 600;
        String start = served.get("/v1/projections").header("X-Position");
        AtomicBoolean done = new AtomicBoolean();
        Thread load =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; i < events; i++) {
                                served.take(Events.transition("e" + i, "n" + i % nodes, i, "live"));
                            }
                            done.set(true);
                        });
        Map<String, Set<String>> seen = new HashMap<>();
        String last = null;
        while (count(seen) < events) {
            String path = "/v1/stream" + (last == null ? "?after=" + start : "");
            String resume = last == null ? "" : "Last-Event-ID: " + last + "\r\n";
            try (StreamClient client = open(path, resume)) {
                for (int i = 1 + random.nextInt(40); i > 0 && count(seen) < events; i--) {
                    Event change = client.next("change");
                    last = change.id();
                    Set<String> ids =
                            seen.computeIfAbsent(
                                    change.text("node_id"), _ -> new LinkedHashSet<>());
                    ids.addAll(eventIds(change));
                }
            }
        }
        load.join();
        assertThat(done).isTrue();
        seen.forEach((node, ids) -> {
            List<String> logged = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                if (node.equals("n" + i % nodes)) {
                    logged.add("e" + i);
                }
            }
            assertThat(ids).as(node + ", seed " + seed).containsExactlyElementsOf(logged);
        });
    }
}
