package io.souverix.twin.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The examples of docs/api.md are what the service answers, and there is one of every read that
/// answers JSON.
final class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "api.md");

    /// Reads without an example there: their answers need a document that is stored first, or are no
    /// JSON of their own.
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "/v1/sboms/{digest}",
                    "/v1/sboms/{digest}/diff/{other}",
                    "/v1/graph/edges",
                    "/v1/graph/trust-domains",
                    "/v1/schemas");

    private final Served served = Served.start();

    private record Example(String question, Json answer) {}

    @BeforeEach
    void take() throws IOException {
        for (String name : List.of("seed-node.ndjson", "seed-ledger.ndjson", "seed-graph.ndjson")) {
            try (InputStream in =
                    DocumentedExamplesTest.class.getResourceAsStream("/samples/" + name)) {
                served.take(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
            }
        }
        served.take(
                """
                {"id":"spring-1","timestamp":"2026-02-20T00:00:00Z",\
                "node_id":"sx-rempart-2026-prod-1-node-42","event_type":"update_initiated",\
                "payload":{"target_version":"souverix-rempart-1.4.6","campaign":"spring","wave":1}}\
                """);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static List<Example> examples() throws Exception {
        List<Example> examples = new ArrayList<>();
        String question = null;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("GET /v1/")) {
                question = line.substring("GET ".length());
            } else if (question != null) {
                examples.add(new Example(question, new JsonReader().read(line.getBytes(UTF_8))));
                question = null;
            }
        }
        return examples;
    }

    @Test
    void every_example_is_part_of_what_is_answered() throws Exception {
        for (Example example : examples()) {
            Served.Reply reply = served.get(example.question().replace("<", "%3C"));
            assertThat(reply.status()).as(example.question() + reply.text()).isEqualTo(200);
            requirePart(example.answer(), reply.json(), example.question());
        }
    }

    /// Members of the example are there with its values, elements stand first; `…` is any text.
    private static void requirePart(Json part, Json whole, String where) {
        if (part instanceof JsonObject members && whole instanceof JsonObject object) {
            members.forEach((name, value) -> {
                assertThat(object.member(name)).as(where + "/" + name).isNotNull();
                requirePart(value, Json.orNull(object.member(name)), where + "/" + name);
            });
        } else if (part instanceof JsonArray(List<Json> some)
                && whole instanceof JsonArray(List<Json> all)) {
            assertThat(all).as(where).hasSizeGreaterThanOrEqualTo(some.size());
            for (int i = 0; i < some.size(); i++) {
                requirePart(some.get(i), all.get(i), where + "/" + i);
            }
        } else if (part.equals(Json.of("…"))) {
            assertThat(whole).as(where).isInstanceOf(JsonString.class);
        } else {
            assertThat(whole).as(where).isEqualTo(part);
        }
    }

    @Test
    void there_is_one_of_every_read() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (Route route : served.server().routes()) {
            String template = route.template();
            boolean wanted =
                    route.method().equals("GET")
                            && template.startsWith("/v1/")
                            && !route.produces().contains(StreamEndpoints.EVENT_STREAM)
                            && !LEFT_OUT.contains(template);
            if (wanted) {
                missing.add(template);
            }
        }
        assertThat(missing).isNotEmpty();
        for (Example example : examples()) {
            String path = example.question().replaceAll("\\?.*", "");
            missing.removeIf(template ->
                    path.matches(
                            template.replaceAll("\\{\\w+\\.\\.\\.}", ".+")
                                    .replaceAll("\\{\\w+}", "[^/]+")));
        }
        assertThat(missing).isEmpty();
    }
}
