package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an event is, however it was spelled.
final class CanonicalTest {
    @Test
    void two_spellings_of_one_event_have_one_text() {
        String one =
                """
                {"id":"e1","timestamp":"2026-03-01T02:00:00.1234567+02:00","node_id":"n","event_type":"sync_completed",
                 "payload":{"latency_ms":2e3},"source":null}\
                """;
        String other =
                """
                {"payload":{"latency_ms":2000.0},"epoch":0.0,"event_type":"sync_completed","node_id":"\\u006e",
                 "sequence":null,"timestamp":"2026-03-01T00:00:00.123456Z","id":"e1"}\
                """;
        assertThat(canonical(one))
                .isEqualTo(canonical(other))
                .isEqualTo(
                        "{\"epoch\":0,\"event_type\":\"sync_completed\",\"id\":\"e1\",\"node_id\":\"n\","
                                + "\"payload\":{\"latency_ms\":2000},\"sequence\":0,"
                                + "\"timestamp\":\"2026-03-01T00:00:00.123456Z\"}");
        assertThat(Judge.hash(PlainJson.readObject(one))).hasSize(64).matches("[0-9a-f]+");
    }

    @Test
    void null_means_absent_only_where_the_catalogue_knows_an_optional_field() {
        assertThat(
                        payload(
                                "actual_state_reported",
                                """
                                {"health":null,"other":null,"config":{"a":null},"config_changes":{"b":null},
                                 "compliance":{"passed":1,"failed":0,"unevaluable":null,"mine":null}}\
                                """))
                .isEqualTo(
                        "{\"compliance\":{\"failed\":0,\"mine\":null,\"passed\":1},\"config\":{\"a\":null},"
                                + "\"config_changes\":{\"b\":null},\"other\":null}");
        assertThat(
                        payload(
                                "certificate_rotated",
                                """
                                {"certificate_chain":[{"issuer":"i","subject":"s","valid_until":"u","pem":null,"serial":null}]}\
                                """))
                .isEqualTo(
                        "{\"certificate_chain\":[{\"issuer\":\"i\",\"serial\":null,\"subject\":\"s\","
                                + "\"valid_until\":\"u\"}]}");
        assertThat(payload("x_note", "{\"reason\":null}")).isEqualTo("{\"reason\":null}");
        assertThat(payload("maintenance_completed", "{\"reason\":null}"))
                .isEqualTo("{\"reason\":null}");
    }

    @Test
    void numbers_have_one_text() {
        Map<String, String> expected =
                Map.of(
                        "2000.00", "2000",
                        "-0.0e7", "0",
                        "0.10", "0.1",
                        "-1.5E-3", "-0.0015",
                        "1e20", "100000000000000000000",
                        "1e21", "1e21",
                        "1e-21", "0.000000000000000000001",
                        "1e-22", "1e-22",
                        "1234567890123456789012", "1234567890123456789012e0",
                        "12300e400", "123e402");
        expected.forEach((given, text) ->
                assertThat(PlainJson.number(new BigDecimal(given))).as(given).isEqualTo(text));
    }

    @Test
    void strings_escape_only_what_they_must() {
        assertThat(PlainJson.write("\"\\/\b\t\n\f\r\u0001\u007f\u2028é\uD83D\uDE00"))
                .isEqualTo("\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\u007f\u2028é\uD83D\uDE00\"");
    }

    @Test
    void broken_json_is_refused() {
        for (String broken :
                List.of(
                        "",
                        "{",
                        "[1,]",
                        "{\"a\":1,\"a\":2}",
                        "01",
                        "1.",
                        "+1",
                        "nul",
                        "\"\t\"",
                        "\"\\ud800\"",
                        "\"\\x\"",
                        "1 2",
                        "{\"a\" 1}",
                        "'a'",
                        "NaN")) {
            assertThatThrownBy(() -> PlainJson.read(broken))
                    .as(broken)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void an_event_sent_again_in_other_words_changes_nothing() {
        Story story =
                new Story()
                        .node("01:00", "sync_completed", "{}")
                        .node("01:00", "sync_completed", "{}")
                        .with("id", "e1");
        assertThat(story.twin("02:00", "/meta/events")).isEqualTo("1");
    }

    private static String canonical(String event) {
        return Judge.canonical(PlainJson.readObject(event));
    }

    private static String payload(String type, String payload) {
        String text =
                canonical(
                        "{\"id\":\"e\",\"timestamp\":\"2026-03-01T00:00:00Z\",\"node_id\":\"n\",\"event_type\":\""
                                + type
                                + "\",\"payload\":"
                                + payload
                                + "}");
        return text.substring(text.indexOf("\"payload\":") + 10, text.indexOf(",\"sequence\""));
    }
}
