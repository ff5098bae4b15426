package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.engine.changes.ChangePosition;
import io.souverix.twin.engine.changes.Message;
import io.souverix.twin.service.http.StreamClient.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The document of the streams and what they really send say the same.
final class AsyncApiTest {
    private final Served served =
            Served.start(settings ->
                    settings.withLimits(
                            new ServerSettings.Limits(
                                    100,
                                    100,
                                    100,
                                    100,
                                    Duration.ofSeconds(30),
                                    Duration.ofMillis(200))));
    private final Schemas schemas = new Schemas(document());
    private final Set<String> sent = new HashSet<>();

    private Map<?, ?> document() {
        String text = served.get("/asyncapi.yaml").text();
        return map(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private Map<?, ?> messages() {
        return map(map(schemas.document().get("components")).get("messages"));
    }

    @Test
    void the_document_names_every_event_and_every_stream() {
        Set<String> words = new TreeSet<>();
        Arrays.stream(Message.Kind.values()).forEach(kind -> words.add(kind.word()));
        assertThat(messages().keySet()).isEqualTo(words);
        Set<String> addresses = new TreeSet<>();
        map(schemas.document().get("channels"))
                .forEach((_, channel) -> {
                    addresses.add(String.valueOf(map(channel).get("address")));
                    assertThat(map(map(channel).get("messages")).keySet()).isEqualTo(words);
                });
        Set<String> routes = new TreeSet<>();
        for (Route route : served.server().routes()) {
            if (route.produces().contains(StreamEndpoints.EVENT_STREAM)) {
                routes.add(route.template());
            }
        }
        assertThat(addresses).isEqualTo(routes);
    }

    @Test
    void the_examples_of_the_document_are_as_it_says() throws JsonFault {
        for (Map.Entry<?, ?> message : messages().entrySet()) {
            List<?> examples = (List<?>) map(message.getValue()).get("examples");
            for (Object example : Objects.requireNonNull(examples)) {
                String text = OpenApiTest.json(map(example).get("payload"));
                JsonObject data =
                        (JsonObject) new JsonReader().read(text.getBytes(StandardCharsets.UTF_8));
                requireAsSaid(String.valueOf(message.getKey()), data);
            }
        }
    }

    private void requireAsSaid(String name, Json data) {
        Map<?, ?> message = map(messages().get(name));
        assertThat(schemas.faults(map(message.get("payload")), data)).as(name + data).isEmpty();
    }

    private Event take(StreamClient client) {
        Event event = Objects.requireNonNull(client.next());
        boolean hasId = !event.name().equals("snapshot") && !event.name().equals("gone");
        assertThat(event.id() != null).as(event.name()).isEqualTo(hasId);
        requireAsSaid(event.name(), event.data());
        sent.add(event.name());
        return event;
    }

    private void takeUntil(StreamClient client, String name) {
        for (Event event = take(client); !event.name().equals(name); event = take(client)) {
            // each is held to the document
        }
    }

    /// A CloudEvent as the document says; gives its data.
    private JsonObject cloudEvent(Event event, String source) {
        Map<?, ?> schemasByName = map(map(schemas.document().get("components")).get("schemas"));
        assertThat(schemas.faults(map(schemasByName.get("CloudEvent")), event.data()))
                .as("%s", event.data())
                .isEmpty();
        assertThat(event.text("source")).isEqualTo(source);
        assertThat(event.text("type")).isEqualTo("io.souverix.twin.stream." + event.name());
        JsonObject data = (JsonObject) Objects.requireNonNull(event.data().member("data"));
        requireAsSaid(event.name(), data);
        return data;
    }

    @Test
    void all_of_it_comes_as_cloud_events_where_that_is_asked_for() {
        served.take(Events.registered("node-1", "eu", "z1"));
        String path = "/v1/stream?topics=twins,projections&initial=true&format=cloudevents";
        Set<String> names = new TreeSet<>();
        try (StreamClient client = new StreamClient(served.server().port(), path)) {
            for (Event event = client.next("snapshot"); ; event = client.next()) {
                JsonObject data = cloudEvent(Objects.requireNonNull(event), "/v1/stream");
                assertThat(event.data().member("subject")).isEqualTo(data.member("node_id"));
                names.add(event.name());
                if (event.name().equals("synced")) {
                    served.take(Events.live("a", 1));
                }
                if (event.name().equals("bookmark") && names.contains("change")) {
                    break;
                }
            }
        }
        assertThat(names).containsExactlyInAnyOrder("snapshot", "synced", "change", "bookmark");
        String rows = "/v1/projections/current/stream?initial=true&format=cloudevents";
        try (StreamClient client = new StreamClient(served.server().port(), rows)) {
            var _ = cloudEvent(client.next("snapshot"), "/v1/projections/current/stream");
        }
        assertThat(served.get("/v1/stream?format=xml").status()).isEqualTo(400);
    }

    @Test
    void an_event_that_is_told_again_has_the_same_id() {
        served.take(Events.live("a", 1));
        String before = served.get("/v1/twins/node-1").header("X-Position");
        served.take(Events.transition("b", "node-1", 2, "delayed"));
        String path = "/v1/stream?format=cloudevents&after=" + before;
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (StreamClient client = new StreamClient(served.server().port(), path)) {
                ids.add(client.next("change").text("id"));
            }
        }
        assertThat(ids).hasSize(1);
    }

    @Test
    void what_is_sent_is_as_the_document_says() {
        served.take(Events.registered("node-1", "eu", "z1"), Events.live("a", 1));
        String gone = new ChangePosition(0, 1, 1).token();
        String all =
                "/v1/stream?topics=twins,drift,connectivity,lifecycle,trust,authority,graph,"
                        + "attention,projections&after="
                        + gone;
        try (StreamClient client = new StreamClient(served.server().port(), all)) {
            takeUntil(client, "synced");
            served.take(Events.transition("b", "node-1", 2, "delayed"));
            served.take(Events.registered("node-2", "eu", "z2"));
            takeUntil(client, "change");
            takeUntil(client, "change");
            takeUntil(client, "bookmark");
        }
        String rows = "/v1/projections/current/stream?group_by=zone&initial=true";
        try (StreamClient client = new StreamClient(served.server().port(), rows)) {
            takeUntil(client, "synced");
            served.take(Events.registered("node-3", "eu", "z3"));
            takeUntil(client, "change");
        }
        assertThat(sent).isEqualTo(messages().keySet());
    }
}
