package io.souverix.twin.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The document and the running service say the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiTest {
    private static final String NODE = "sx-rempart-2026-prod-1-node-42";

    private final Served served = Served.start();
    private final Schemas schemas = new Schemas(document());

    private Map<?, ?> document() {
        String text = served.get("/openapi.yaml").text();
        return (Map<?, ?>)
                Objects.requireNonNull(
                        new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    @BeforeAll
    void take() throws IOException {
        served.take(
                """
                {"id":"spring-1","timestamp":"2026-02-20T00:00:00Z","node_id":"%s",\
                "event_type":"update_initiated",\
                "payload":{"target_version":"souverix-rempart-1.4.6","campaign":"spring","wave":1}}\
                """
                        .formatted(NODE));
        for (String name : List.of("seed-node.ndjson", "seed-ledger.ndjson", "seed-graph.ndjson")) {
            try (InputStream in = OpenApiTest.class.getResourceAsStream("/samples/" + name)) {
                served.take(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
            }
        }
    }

    @AfterAll
    void stop() {
        served.close();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    /// Every operation of the document, by method and path.
    private Map<String, Map<?, ?>> operations() {
        Map<String, Map<?, ?>> operations = new TreeMap<>();
        map(schemas.document().get("paths"))
                .forEach((path, item) ->
                        map(item)
                                .forEach((method, operation) -> {
                                    if (!method.equals("parameters")) {
                                        operations.put(
                                                method.toString().toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path,
                                                map(operation));
                                    }
                                }));
        return operations;
    }

    private static String documented(Route route) {
        return route.method() + " " + route.template().replace("...}", "}");
    }

    @Test
    void the_document_names_every_route_and_no_other() {
        Set<String> routes = new TreeSet<>();
        served.server().routes().forEach(route -> routes.add(documented(route)));
        assertThat(operations().keySet()).isEqualTo(routes);
    }

    @Test
    void every_route_knows_exactly_the_query_parameters_the_document_names() {
        for (Route route : served.server().routes()) {
            Set<String> named = new TreeSet<>();
            Map<?, ?> operation = map(operations().get(documented(route)));
            if (operation.get("parameters") instanceof List<?> parameters) {
                for (Object parameter : parameters) {
                    Map<?, ?> resolved = schemas.resolve(map(parameter));
                    if ("query".equals(resolved.get("in"))) {
                        named.add(String.valueOf(resolved.get("name")));
                    }
                }
            }
            assertThat(named).as(route.template()).isEqualTo(new TreeSet<>(route.parameters()));
        }
    }

    @Test
    void every_route_answers_in_a_media_type_the_document_names() {
        for (Route route : served.server().routes()) {
            Map<?, ?> ok =
                    map(map(map(operations().get(documented(route))).get("responses")).get("200"));
            Set<String> named = new TreeSet<>();
            map(schemas.resolve(ok).get("content")).keySet().forEach(name -> named.add("" + name));
            assertThat(named).as(route.template()).isEqualTo(new TreeSet<>(route.produces()));
        }
    }

    @Test
    void every_operation_answers_as_its_schema_says() {
        List<String> asked = new ArrayList<>();
        operations()
                .forEach((name, operation) -> {
                    if (name.startsWith("GET ")) {
                        String path = name.substring("GET ".length());
                        for (String question : questions(path)) {
                            assertAnswer(operation, served.get(question), question);
                            asked.add(question);
                        }
                    }
                });
        assertThat(asked).hasSizeGreaterThan(operations().size());
    }

    private static List<String> questions(String path) {
        String filled = path.replace("{id}", NODE);
        return switch (path) {
            case "/v1/twins/{id}/{path}" ->
                    List.of(
                            filled.replace("{path}", "lifecycle/software"),
                            filled.replace("{path}", "no/such"));
            case "/v1/twins/{id}", "/v1/twins/{id}/drift", "/v1/twins/{id}/ledger" ->
                    List.of(
                            filled,
                            filled + "?at=2026-02-27T03:45:00Z",
                            filled + "?at=2020-01-01T00:00:00Z",
                            path.replace("{id}", "sx-coeur-2026-prod-1-node-43"),
                            path.replace("{id}", "unknown"));
            case "/v1/sboms/{digest}", "/v1/sboms/{digest}/diff/{other}" ->
                    List.of(path.replaceAll("\\{\\w+\\}", "a".repeat(64)));
            case "/v1/sboms/affected" ->
                    List.of(filled, filled + "?purl=pkg:npm/a", filled + "?purl=a&limit=2");
            case "/v1/trust/certificates" ->
                    List.of(
                            filled,
                            filled + "?expiring_within=9999d",
                            filled + "?at=2020-01-01T00:00:00Z");
            case "/v1/twins/{id}/why" ->
                    List.of(
                            filled + "?path=/connectivity/state",
                            filled + "?path=authority/master&limit=1",
                            filled + "?path=connectivity/sync_debt_seconds",
                            filled + "?path=/no/such",
                            filled,
                            path.replace("{id}", "unknown") + "?path=/identity");
            case "/v1/twins/{id}/diff" ->
                    List.of(
                            filled + "?from=2026-02-27T03:16:00Z",
                            filled + "?from=2026-02-27T03:16:00Z&to=2026-02-27T03:45:00Z",
                            filled + "?from=2020-01-01T00:00:00Z",
                            filled);
            case "/v1/twins/{id}/timeline" ->
                    List.of(
                            filled,
                            filled + "?until=2026-02-27T03:16:00Z&limit=3",
                            filled + "?since=2026-02-27T03:16:00Z",
                            filled + "?until=2999-01-01T00:00:00Z");
            case "/v1/rollouts" ->
                    List.of(filled, filled + "?limit=1", filled + "?at=2026-02-27T03:45:00Z");
            case "/v1/rollouts/{campaign}" ->
                    List.of(
                            path.replace("{campaign}", "spring"),
                            path.replace("{campaign}", "none"));
            case "/v1/attention" ->
                    List.of(
                            filled,
                            filled + "?limit=1",
                            filled + "?rule=silent&severity=medium&state=open",
                            filled + "?at=2026-02-27T03:45:00Z",
                            filled + "?rule=weather");
            case "/v1/domains" ->
                    List.of(
                            filled,
                            filled + "?limit=1",
                            filled + "?at=2026-02-27T03:45:00Z",
                            filled + "?cursor=*");
            case "/v1/domains/{id}" ->
                    List.of(
                            path.replace("{id}", "region-a"),
                            path.replace("{id}", "region-a?at=2026-02-27T03:45:00Z"),
                            path.replace("{id}", "region-a?at=2020-01-01T00:00:00Z"),
                            path.replace("{id}", "nowhere"));
            case "/v1/projections/{name}" ->
                    List.of(
                            path.replace("{name}", "current"),
                            path.replace("{name}", "drift?group_by=zone"),
                            path.replace("{name}", "connectivity?group_by=cluster"),
                            path.replace("{name}", "lifecycle?group_by=region"),
                            path.replace("{name}", "drift?filter=identity.zone==a*"),
                            path.replace("{name}", "drift?at=2026-02-27T03:45:00Z"),
                            path.replace("{name}", "drift?group_by=zone,component_type"),
                            path.replace("{name}", "authority?group_by=region"),
                            path.replace("{name}", "weather"));
            case "/v1/projections/{name}/history" ->
                    List.of(
                            path.replace("{name}", "drift"),
                            path.replace("{name}", "drift") + "?step=1s",
                            path.replace("{name}", "trust")
                                    + "?until=2026-02-27T03:45:00Z&step=1h&group_by=zone",
                            path.replace("{name}", "weather"));
            case "/v1/twins/{id}/neighbors" ->
                    List.of(
                            filled,
                            filled + "?hops=2&direction=out",
                            filled + "?at=2020-01-01T00:00:00Z",
                            path.replace("{id}", "unknown"));
            case "/v1/graph" ->
                    List.of(filled, filled + "?limit=1&at=2026-02-27T03:45:00Z", filled + "?a=b");
            case "/v1/graph/path" ->
                    List.of(
                            filled + "?to=sx-relais-2026-prod-1-node-44&from=" + NODE,
                            filled + "?to=unknown&from=" + NODE,
                            filled);
            case "/v1/graph/impact" ->
                    List.of(
                            filled + "?of=sx-coeur-2026-prod-1-node-43",
                            filled + "?of=region-a",
                            filled + "?of=unknown",
                            filled);
            case "/v1/graph/layout", "/v1/graph/states" ->
                    List.of(filled, filled + "?limit=1", filled + "?at=2026-02-27T03:45:00Z");
            case "/v1/twins" ->
                    List.of(
                            filled,
                            filled + "?limit=2",
                            filled + "?limit=0",
                            filled + "?filter=drift.score=gt=1&sort=-drift.score",
                            filled + "?fields=connectivity.state,meta.at",
                            filled + "?filter=nonsense==1");
            case "/v1/drift/findings" ->
                    List.of(
                            filled,
                            filled + "?group=identical",
                            filled + "?limit=1&filter=drift.severity=ge=medium",
                            filled + "?group=all");
            case "/v1/twins/{id}/events" -> List.of(filled, filled + "?limit=3", filled + "?a=b");
            case "/v1/schemas/{type}" ->
                    List.of(
                            path.replace("{type}", "state_transition"),
                            path.replace("{type}", "weather"));
            // What does not end is held to /asyncapi.yaml.
            case "/v1/stream" -> List.of(filled + "?topics=weather");
            case "/v1/projections/{name}/stream" -> List.of(path.replace("{name}", "weather"));
            default -> List.of(filled);
        };
    }

    private void assertAnswer(Map<?, ?> operation, Served.Reply reply, String question) {
        String status = Integer.toString(reply.status());
        Object response = map(operation.get("responses")).get(status);
        assertThat(response).as(question + " answered " + status).isNotNull();
        String mediaType = reply.header("Content-Type").split(";")[0];
        Map<?, ?> content = map(schemas.resolve(map(response)).get("content"));
        assertThat(content.containsKey(mediaType)).as(question + ": " + mediaType).isTrue();
        if (mediaType.endsWith("json")) {
            Map<?, ?> schema = map(map(content.get(mediaType)).get("schema"));
            Json value = reply.json();
            assertThat(schemas.faults(schema, value)).as(question).isEmpty();
        }
    }

    @Test
    void what_is_posted_is_answered_as_the_schema_says() {
        Map<?, ?> post = map(operations().get("POST /v1/events"));
        String line = Events.transition("late", NODE, 1, "live");
        assertAnswer(post, served.post("application/json", line), "one");
        assertAnswer(post, served.post("application/x-ndjson", line + "\n{"), "lines");
        assertAnswer(post, served.post("application/json", "[{}]"), "all rejected");
        assertAnswer(post, served.post("application/json", "["), "broken");
        assertAnswer(post, served.post("text/plain", "x"), "media type");
    }

    @Test
    void the_examples_of_the_document_are_taken() {
        Map<?, ?> body = map(map(operations().get("POST /v1/events")).get("requestBody"));
        map(body.get("content"))
                .forEach((mediaType, content) -> {
                    Object example = map(content).get("example");
                    String text = example instanceof String lines ? lines : json(example);
                    Served.Reply reply =
                            served.post(mediaType.toString(), BodyPublishers.ofString(text));
                    assertThat(reply.status()).as(mediaType + reply.text()).isEqualTo(200);
                    assertThat(reply.number("rejected")).isZero();
                });
    }

    static String json(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> members -> {
                List<String> texts = new ArrayList<>();
                members.forEach((name, member) -> texts.add("\"" + name + "\":" + json(member)));
                yield "{" + String.join(",", texts) + "}";
            }
            case List<?> elements -> elements.stream().map(OpenApiTest::json).toList().toString();
            case String text -> "\"" + text + "\"";
            case null -> "null";
            default -> value.toString();
        };
    }
}
