package io.souverix.twin.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The small tools: JSON text, configuration text, the agenda.
final class WritingTest {
    private static String written(Consumer<JsonBytes> writing) {
        JsonBytes json = new JsonBytes();
        writing.accept(json);
        return json.text(0, json.size());
    }

    @Test
    void any_text_comes_back_from_its_json_string() {
        for (String text : List.of("", "plain", "\"\\/", "a\nb\tc\u0001", "é→😀", "\u007f")) {
            assertThat(StrictJson.read(written(json -> json.string(text)))).isEqualTo(text);
        }
    }

    @Test
    void numbers_are_written_in_full() {
        for (long value : new long[] {0, 9, 10, 99, 100, -1, 1L << 53, Long.MAX_VALUE}) {
            assertThat(written(json -> json.number(value))).isEqualTo(Long.toString(value));
        }
        assertThat(StrictJson.read(written(json -> json.hundredths(105))))
                .isEqualTo(new BigDecimal("1.05"));
        assertThat(written(json -> json.hundredths(7))).isEqualTo("0.07");
    }

    @Test
    void times_are_written_to_the_microsecond_where_there_is_one() {
        for (String text :
                List.of(
                        "2026-02-28T23:59:59Z",
                        "2024-02-29T00:00:00.250Z",
                        "1969-12-31T23:59:59.999999Z",
                        "2026-12-31T23:30:00.000001Z")) {
            long micros = Fleet.micros(Instant.parse(text));
            assertThat(written(json -> json.time(micros, 0))).isEqualTo('"' + text + '"');
        }
        long lateEvening = Fleet.micros(Instant.parse("2026-12-31T23:30:00Z"));
        assertThat(written(json -> json.time(lateEvening, 1)))
                .isEqualTo("\"2027-01-01T00:30:00+01:00\"");
    }

    @Test
    void a_long_line_grows_its_buffer() {
        String text = "x".repeat(100_000);
        assertThat(written(json -> json.string(text))).hasSize(100_002);
    }

    @Test
    void a_configuration_is_written_nested_and_as_changes() {
        Map<String, String> leaves = Map.of("a/b", "1", "a/c.d/e", "\"x\"", "f", "");
        assertThat(ConfigText.changes(new TreeMap<>(leaves)))
                .isEqualTo("{\"a.b\":1,\"a.c\\\\.d.e\":\"x\",\"f\":null}");
        Map<String, String> present = Map.of("a/b", "1", "a/c.d/e", "\"x\"");
        assertThat(ConfigText.nested(new TreeMap<>(present)))
                .isEqualTo("{\"a\":{\"b\":1,\"c.d\":{\"e\":\"x\"}}}");
    }

    @Test
    void steps_run_in_the_order_of_their_time_and_then_as_they_were_put_down() {
        Agenda agenda = new Agenda(100);
        List<String> ran = new ArrayList<>();
        agenda.at(300, () -> ran.add("third"));
        agenda.after(50, () -> ran.add("first"));
        agenda.at(300, () -> ran.add("fourth"));
        agenda.at(200, () -> agenda.at(10, () -> ran.add("second, not before now")));
        while (agenda.nextDue() != Long.MAX_VALUE) {
            agenda.runNext();
        }
        assertThat(ran).containsExactly("first", "second, not before now", "third", "fourth");
        assertThat(agenda.now()).isEqualTo(300);
    }
}
