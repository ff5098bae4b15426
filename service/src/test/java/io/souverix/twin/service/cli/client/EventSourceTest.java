package io.souverix.twin.service.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Events read from lines and from documents.
final class EventSourceTest {
    private static List<String> read(String text, EventFile.Format format) throws IOException {
        List<String> read = new ArrayList<>();
        ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (EventSource source = new EventFile("-").open(in, format, new ByteCount())) {
            EventLine line = source.next();
            while (line != null) {
                read.add(
                        line.line()
                                + " "
                                + switch (line) {
                                    case EventLine.Event(byte[] json, long _) ->
                                            new String(json, StandardCharsets.UTF_8);
                                    case EventLine.TooLong _ -> "too long";
                                });
                line = source.next();
            }
        }
        return read;
    }

    @Test
    void lines_are_read_as_they_are_and_blank_ones_passed_over() throws IOException {
        assertThat(read("{\"a\":1}\r\n\n  \t\nnonsense\n{\"b\":2}", EventFile.Format.NDJSON))
                .containsExactly("1 {\"a\":1}", "4 nonsense", "5 {\"b\":2}");
    }

    @Test
    void a_line_as_long_as_may_be_is_read_and_a_longer_one_is_not() throws IOException {
        String most = "x".repeat(EventSource.MAX_LINE_BYTES);
        assertThat(read(most + "\n" + most + "x\nz", EventFile.Format.NDJSON))
                .containsExactly("1 " + most, "2 too long", "3 z");
    }

    @Test
    void elements_of_an_array_keep_their_numbers_members_and_lines() throws IOException {
        String text =
                "\n[ {\"a\": 1.50,\n \"a\": [1,\n2]},\n\n {\"big\": 12345678901234567890.10} ]";
        assertThat(read(text, EventFile.Format.AUTO))
                .containsExactly(
                        "2 {\"a\":1.50,\"a\":[1,2]}", "6 {\"big\":12345678901234567890.10}");
    }

    @Test
    void values_one_after_the_other_are_a_document_too() throws IOException {
        assertThat(read("{\n\"a\":1}\n{\n\"b\":2\n}", EventFile.Format.JSON))
                .containsExactly("1 {\"a\":1}", "3 {\"b\":2}");
    }

    @Test
    void an_empty_source_has_no_events() throws IOException {
        for (EventFile.Format format : EventFile.Format.values()) {
            assertThat(read("", format)).isEmpty();
            assertThat(read(" \n ", format)).isEmpty();
        }
    }

    @Test
    void a_broken_document_is_told_with_its_line() {
        assertThatThrownBy(() -> read("[{},\n{]", EventFile.Format.JSON))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("standard input:2: broken JSON");
    }

    @Test
    void a_question_keeps_what_it_is_given() {
        assertThat(
                        Question.of("/v1/twins")
                                .segment("a b/ü?")
                                .with("at", "2026-02-27T03:45:00+01:00")
                                .with("limit", null)
                                .with("cursor", "x&y"))
                .hasToString(
                        "/v1/twins/a%20b%2F%C3%BC%3F?at=2026-02-27T03%3A45%3A00%2B01%3A00&cursor=x%26y");
    }
}
