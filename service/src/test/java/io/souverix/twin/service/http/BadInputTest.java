package io.souverix.twin.service.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.JsonReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Whatever comes in, the answer is a clear 4xx or a counted rejection, and the service goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private static final String GOOD = Events.live("a", 1);

    private final Served served = Served.start();

    @AfterAll
    void stop() {
        served.close();
    }

    private static String with(String from, String to) {
        String changed = GOOD.replace(from, to);
        assertThat(changed).as("the corpus names what is there").isNotEqualTo(GOOD);
        return changed;
    }

    /// What is wrong, and the code and pointer it is refused with.
    private record Bad(String body, String code, String pointer) {}

    private static List<Bad> corpus() {
        List<Bad> corpus = new ArrayList<>();
        corpus.add(new Bad(GOOD.substring(0, 50), "malformed_json", "absent"));
        corpus.add(new Bad(GOOD + "}", "malformed_json", "absent"));
        corpus.add(new Bad(GOOD + GOOD, "malformed_json", "absent"));
        corpus.add(new Bad("{'id':1}", "malformed_json", "absent"));
        corpus.add(new Bad("\u0000", "malformed_json", "absent"));
        corpus.add(new Bad("{\"id\":NaN}", "malformed_json", "absent"));
        corpus.add(new Bad(with("\"id\":", "\"id\":\"b\",\"id\":"), "malformed_json", "absent"));
        corpus.add(new Bad(with("live\"", "live\",\"x\":\"\\ud800\""), "malformed_json", "absent"));
        corpus.add(new Bad(with("\"live\"", "1e999999999"), "malformed_json", "absent"));
        String tooLong = "9".repeat(JsonReader.MAX_NUMBER_LENGTH + 1);
        corpus.add(new Bad(with("\"live\"", tooLong), "malformed_json", "absent"));
        int deep = JsonReader.MAX_DEPTH + 1;
        corpus.add(
                new Bad(
                        with("\"live\"", "[".repeat(deep) + "]".repeat(deep)),
                        "malformed_json",
                        "absent"));
        corpus.add(new Bad("7", "invalid_envelope", ""));
        corpus.add(new Bad("null", "invalid_envelope", ""));
        corpus.add(new Bad("\"text\"", "invalid_envelope", ""));
        corpus.add(new Bad("{}", "invalid_envelope", "/node_id"));
        corpus.add(new Bad(with("\"a\"", "7"), "invalid_envelope", "/id"));
        corpus.add(new Bad(with("\"a\"", "\"a b\""), "invalid_envelope", "/id"));
        corpus.add(new Bad(with("\"a\"", "\"é\""), "invalid_envelope", "/id"));
        corpus.add(
                new Bad(with("\"a\"", "\"" + "i".repeat(129) + "\""), "invalid_envelope", "/id"));
        corpus.add(new Bad(with("\"id\"", "\"Id\""), "invalid_envelope", "/Id"));
        corpus.add(new Bad(with("node-1", "-node"), "invalid_envelope", "/node_id"));
        corpus.add(new Bad(with("node_id", "domain_id"), "invalid_envelope", "/domain_id"));
        corpus.add(
                new Bad(
                        with("\"node_id\"", "\"component\":\"c\",\"node_id\""),
                        "invalid_envelope",
                        "/component"));
        corpus.add(new Bad(with("00:01:00Z", "00:01:00"), "invalid_envelope", "/timestamp"));
        corpus.add(new Bad(with("2026-02-27T", "2026-02-30T"), "invalid_envelope", "/timestamp"));
        corpus.add(new Bad(with("2026", "9999"), "timestamp_in_future", "/timestamp"));
        corpus.add(new Bad(with("2026", "99999"), "invalid_envelope", "/timestamp"));
        corpus.add(new Bad(with("state_tr", "stat_tr"), "unknown_event_type", "/event_type"));
        corpus.add(new Bad(with("{\"to\":\"live\"}", "[]"), "invalid_envelope", "/payload"));
        corpus.add(new Bad(with("{\"to\":\"live\"}", "null"), "invalid_envelope", "/payload"));
        corpus.add(new Bad(with("\"live\"", "7"), "invalid_payload", "/payload/to"));
        corpus.add(new Bad(with("\"to\"", "\"two\""), "invalid_payload", "/payload/to"));
        corpus.add(
                new Bad(
                        with("\"payload\"", "\"sequence\":-1,\"payload\""),
                        "invalid_envelope",
                        "/sequence"));
        corpus.add(
                new Bad(
                        with("\"payload\"", "\"epoch\":0.5,\"payload\""),
                        "invalid_envelope",
                        "/epoch"));
        return corpus;
    }

    @Test
    void every_bad_line_is_refused_with_its_code_and_pointer_and_the_good_one_is_taken() {
        int number = 0;
        for (Bad bad : corpus()) {
            String good = Events.transition("good-" + number, "spared-" + number++, 1, "live");
            Served.Reply reply = served.post("application/x-ndjson", bad.body() + "\n" + good);
            assertThat(reply.status()).as(bad.body()).isEqualTo(200);
            assertThat(reply.number("applied")).as(bad.body()).isEqualTo(1);
            assertThat(reply.at("errors", "0", "code")).as(bad.body()).isEqualTo(bad.code());
            assertThat(reply.at("errors", "0", "pointer")).as(bad.body()).isEqualTo(bad.pointer());
            assertThat(reply.at("errors", "0", "detail")).as(bad.body()).isNotEmpty();
        }
    }

    @Test
    void every_bad_document_is_a_clear_4xx() {
        for (Bad bad : corpus()) {
            Served.Reply reply = served.post("application/json", bad.body());
            boolean broken = bad.code().equals("malformed_json");
            assertThat(reply.status()).as(bad.body()).isEqualTo(broken ? 400 : 422);
            assertThat(reply.at("code"))
                    .as(bad.body())
                    .isEqualTo(broken ? "malformed_json" : "all_events_rejected");
        }
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_wherever_they_stand() {
        byte[] body = with("live\"", "live\",\"x\":\"\u00ff\"").getBytes(ISO_8859_1);
        Served.Reply document = served.post("application/json", BodyPublishers.ofByteArray(body));
        assertThat(document.status()).isEqualTo(400);
        assertThat(document.at("detail")).contains("UTF-8");
        Served.Reply line = served.post("application/x-ndjson", BodyPublishers.ofByteArray(body));
        assertThat(line.status()).isEqualTo(422);
        assertThat(line.at("errors", "0", "code")).isEqualTo("malformed_json");
    }

    @Test
    void bad_cloud_events_are_refused_with_a_pointer_of_their_own() {
        String good = Events.cloudEvent("a", 1);
        String[][] corpus = {
            {"\"1.0\"", "\"0.3\"", "/specversion"},
            {"\"subject\":\"node-1\",", "", "/subject"},
            {"2026-02-27", "2026-13-27", "/time"},
            {"2026-02-27", "9999-02-27", "/time"},
            {"io.souverix.twin.", "io.other.", "/type"},
            {"{\"to\":\"live\"}", "{\"to\":\"lively\"}", "/data/to"},
            {"\"data\":{\"to\":\"live\"}", "\"data_base64\":\"e30=\"", "/data_base64"},
        };
        for (String[] bad : corpus) {
            String body = good.replace(bad[0], bad[1]);
            Served.Reply reply = served.post("application/cloudevents+json", body);
            assertThat(reply.status()).as(body).isEqualTo(422);
            assertThat(reply.at("errors", "0", "pointer")).as(body).isEqualTo(bad[2]);
        }
    }

    @Test
    void damaged_text_is_never_a_failure_of_the_service() {
        System.out.println("seed: " + SEED);
        Random random = new Random(SEED);
        String[] types = {
            "application/json",
            "application/x-ndjson",
            "application/cloudevents+json",
            "application/cloudevents-batch+json"
        };
        for (int i = 0; i < 2_000; i++) {
            byte[] body =
                    (random.nextBoolean() ? GOOD : "[" + Events.cloudEvent("a", 1) + "]")
                            .getBytes(UTF_8);
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            String type = types[random.nextInt(types.length)];
            Served.Reply reply = served.post(type, BodyPublishers.ofByteArray(body));
            assertThat(reply.status())
                    .as(type + ": " + new String(body, ISO_8859_1))
                    .isIn(200, 400, 422);
        }
    }

    @Test
    void damaged_questions_are_never_a_failure_of_the_service() {
        System.out.println("seed: " + SEED);
        Random random = new Random(SEED);
        String[] paths = {
            "/v1/twins/good", "/v1/twins", "/v1/projections/drift", "/v1/twins/a/events",
            "/v1/twins/a/ledger", "/v1/rules", "/v1/events", "/v1/twins/a/identity/zone"
        };
        String[] names = {"at", "limit", "cursor", "min_position", "include", "group_by", "order"};
        String alphabet = "aZ09-._~%25%00%C3%A9%FF:@!$'()*,;";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder query = new StringBuilder(paths[random.nextInt(paths.length)]);
            query.append('?').append(names[random.nextInt(names.length)]).append('=');
            for (int length = random.nextInt(12); length > 0; length--) {
                int at = random.nextInt(alphabet.length());
                query.append(alphabet.charAt(at) == '%' ? "%41" : alphabet.charAt(at));
            }
            assertThat(served.get(query.toString()).status())
                    .as(query.toString())
                    .isIn(200, 400, 404, 405);
        }
    }
}
