package io.souverix.twin.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TakingEventsTest {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";

    private Served served = Served.start();

    @BeforeEach
    void start() {
        served.close();
        served = Served.start();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zstd(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStream(out)) {
            zstd.write(bytes);
        }
        return out.toByteArray();
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Events.live("e-" + i, i % 1_440))
                .collect(Collectors.joining("\n"));
    }

    private void assertCounts(Served.Reply reply, long applied, long late, long duplicate) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.number("applied")).as("applied").isEqualTo(applied);
        assertThat(reply.number("late")).as("late").isEqualTo(late);
        assertThat(reply.number("duplicate")).as("duplicate").isEqualTo(duplicate);
    }

    @Test
    void one_event_is_applied_once_and_late_and_duplicate_ones_are_told_apart() {
        assertCounts(served.post(JSON, Events.live("a", 10)), 1, 0, 0);
        assertCounts(served.post(JSON, Events.live("b", 5)), 0, 1, 0);
        assertCounts(served.post(JSON, Events.live("a", 10)), 0, 0, 1);
    }

    @Test
    void an_answered_event_is_seen_by_the_next_read() {
        Served.Reply taken = served.post(JSON, Events.live("a", 10));
        Served.Reply twin = served.get("/v1/twins/" + Events.NODE);
        assertThat(twin.at("connectivity", "state")).isEqualTo("live");
        assertThat(twin.header("X-Position")).isEqualTo(taken.at("position"));
        assertThat(taken.header("X-Position")).isEqualTo(taken.at("position"));
    }

    @Test
    void an_array_is_taken_element_by_element() {
        String array =
                "[" + Events.live("a", 1) + ",{\"a\":1,\"a\":2}, 7 ," + Events.live("b", 2) + "]";
        Served.Reply reply = served.post(JSON, array);
        assertCounts(reply, 2, 0, 0);
        assertThat(reply.number("rejected")).isEqualTo(2);
        assertThat(reply.at("errors", "0", "index")).isEqualTo("1");
        assertThat(reply.at("errors", "0", "code")).isEqualTo("malformed_json");
        assertThat(reply.at("errors", "1", "index")).isEqualTo("2");
        assertThat(reply.at("errors", "1", "code")).isEqualTo("invalid_envelope");
    }

    @Test
    void nothing_sent_is_200() {
        assertCounts(served.post(JSON, "[]"), 0, 0, 0);
        assertCounts(served.post(LINES, ""), 0, 0, 0);
        assertCounts(served.post(LINES, "\n\r\n \t\n"), 0, 0, 0);
        assertCounts(served.post("application/cloudevents-batch+json", "[]"), 0, 0, 0);
    }

    @Test
    void an_empty_document_is_no_event() {
        Served.Reply reply = served.post(JSON, "");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("code")).isEqualTo("malformed_json");
    }

    @Test
    void lines_are_taken_with_or_without_a_last_line_feed() {
        assertCounts(
                served.post(LINES, Events.live("a", 1) + "\r\n\n" + Events.live("b", 2)), 2, 0, 0);
        assertCounts(served.post(LINES, Events.live("c", 3) + "\n"), 1, 0, 0);
    }

    @Test
    void a_bad_line_costs_no_other_line_its_place() {
        String body =
                String.join(
                        "\n",
                        Events.live("a", 1),
                        "{\"id\":\"b\",\"timest",
                        "",
                        Events.transition("c", Events.NODE, 3, "lively"),
                        "x".repeat(LineReader.MAX_LINE + 1),
                        Events.live("d", 4));
        Served.Reply reply = served.post(LINES, body);
        assertCounts(reply, 2, 0, 0);
        assertThat(reply.number("rejected")).isEqualTo(3);
        assertThat(reply.at("errors", "0", "code")).isEqualTo("malformed_json");
        assertThat(reply.at("errors", "0", "index")).isEqualTo("1");
        assertThat(reply.at("errors", "0", "line")).isEqualTo("2");
        assertThat(reply.at("errors", "1", "code")).isEqualTo("invalid_payload");
        assertThat(reply.at("errors", "1", "pointer")).isEqualTo("/payload/to");
        assertThat(reply.at("errors", "1", "id")).isEqualTo("c");
        assertThat(reply.at("errors", "1", "line")).isEqualTo("4");
        assertThat(reply.at("errors", "2", "code")).isEqualTo("line_too_long");
        assertThat(reply.at("errors", "2", "index")).isEqualTo("3");
    }

    @Test
    void a_line_of_the_greatest_length_is_taken_and_one_more_byte_is_not() {
        String event = Events.live("a", 1);
        String padding = " ".repeat(LineReader.MAX_LINE - event.length());
        assertCounts(served.post(LINES, event + padding + "\n"), 1, 0, 0);
        Served.Reply reply = served.post(LINES, event + padding + " ");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("errors", "0", "code")).isEqualTo("line_too_long");
    }

    @Test
    void many_batches_are_all_counted() {
        int count = 3 * EventIntake.MAX_BATCH_EVENTS * EventIntake.MAX_BATCHES_IN_FLIGHT + 7;
        String body =
                IntStream.range(0, count)
                        .mapToObj(i -> Events.transition("e", "node-" + i, 1, "live"))
                        .collect(Collectors.joining("\n"));
        assertCounts(served.post(LINES, body), count, 0, 0);
        assertCounts(served.post(JSON, "[" + body.replace("\n", ",") + "]"), 0, 0, count);
    }

    @Test
    void lines_are_taken_and_rejected_in_the_order_they_came() {
        int count = 3 * LineBlock.MAX_LINES * LineIntake.MAX_BLOCKS;
        String body =
                IntStream.range(0, count)
                        .mapToObj(i ->
                                i % 1_000 == 999
                                        ? "nonsense"
                                        : Events.live("e", 0)
                                                .replace(":00Z", ":00." + (10_000 + i) + "Z"))
                        .collect(Collectors.joining("\n"));
        Served.Reply reply = served.post(LINES, body);
        int bad = count / 1_000;
        assertCounts(reply, count - bad, 0, 0);
        assertThat(reply.number("rejected")).isEqualTo(bad);
        for (int i = 0; i < bad; i++) {
            assertThat(reply.number("errors", "" + i, "index")).isEqualTo(i * 1_000 + 999);
            assertThat(reply.number("errors", "" + i, "line")).isEqualTo(i * 1_000 + 1_000);
        }
    }

    @Test
    void when_every_event_is_rejected_the_problem_counts_them() {
        Served.Reply reply = served.post(JSON, Events.transition("a", Events.NODE, 1, "lively"));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.at("code")).isEqualTo("all_events_rejected");
        assertThat(reply.at("rejected")).isEqualTo("1");
        assertThat(reply.at("errors", "0", "detail")).contains("lively").contains("live");
    }

    @Test
    void at_most_a_thousand_errors_are_listed_and_all_are_counted() {
        Served.Reply reply = served.post(LINES, "nonsense\n".repeat(Tally.MAX_LISTED + 5));
        assertThat(reply.number("rejected")).isEqualTo(Tally.MAX_LISTED + 5);
        assertThat(reply.list("errors")).hasSize(Tally.MAX_LISTED);
    }

    @Test
    void an_id_that_comes_again_with_other_content_is_kept_and_warned_of() {
        served.take(Events.transition("a", Events.NODE, 1, "live"));
        Served.Reply reply =
                served.take(Events.live("z", 9), Events.transition("a", Events.NODE, 1, "delayed"));
        assertThat(reply.at("warnings", "0", "code")).isEqualTo("id_reused");
        assertThat(reply.at("warnings", "0", "index")).isEqualTo("1");
        assertThat(reply.at("warnings", "0", "id")).isEqualTo("a");
    }

    @Test
    void an_event_is_taken_up_to_five_minutes_ahead_of_the_clock() {
        String ahead = Events.live("a", 0).replace("2026-02-27T00:00:00Z", "2026-02-28T12:05:00Z");
        assertCounts(served.post(JSON, ahead), 1, 0, 0);
        Served.Reply reply = served.post(JSON, ahead.replace("12:05:00Z", "12:05:00.000001Z"));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("errors", "0", "code")).isEqualTo("timestamp_in_future");
        assertThat(reply.at("errors", "0", "pointer")).isEqualTo("/timestamp");
        assertThat(reply.at("errors", "0", "detail")).contains("2026-02-28T12:00:00Z");
    }

    @Test
    void cloud_events_are_the_same_events_as_native_ones() {
        assertCounts(
                served.post("application/cloudevents+json", Events.cloudEvent("a", 1)), 1, 0, 0);
        String batch = "[" + Events.cloudEvent("a", 1) + "," + Events.cloudEvent("b", 2) + "]";
        assertCounts(
                served.post("application/cloudevents-batch+json; charset=UTF-8", batch), 1, 0, 1);
        String plain =
                Events.live("a", 1).replace("\"payload\"", "\"source\":\"here\",\"payload\"");
        assertCounts(served.post(JSON, plain), 0, 0, 1);
    }

    @Test
    void a_cloud_event_in_binary_mode_has_its_attributes_in_headers() {
        String[] headers = {
            "ce-specversion", "1.0", "ce-id", "a%2Db",
            "ce-source", "l%C3%A0-bas", "ce-time", "2026-02-27T00:01:00Z",
            "ce-type", "io.souverix.twin.state_transition", "ce-subject", Events.NODE,
            "ce-sequence", "7", "ce-traceparent", "00-ab-cd-01"
        };
        assertCounts(
                served.post(JSON, BodyPublishers.ofString("{\"to\":\"live\"}"), headers), 1, 0, 0);
        Served.Reply events = served.get("/v1/twins/" + Events.NODE + "/events");
        assertThat(events.at("events", "0", "source")).isEqualTo("là-bas");
        assertThat(events.at("events", "0", "sequence")).isEqualTo("7");
        String again =
                Events.live("a-b", 1)
                        .replace("\"payload\"", "\"sequence\":7,\"source\":\"là-bas\",\"payload\"");
        assertCounts(served.post(JSON, again), 0, 0, 1);
    }

    @Test
    void a_binary_cloud_event_with_a_wrong_header_is_refused() {
        Served.Reply reply =
                served.post(
                        JSON,
                        BodyPublishers.ofString("{\"to\":\"live\"}"),
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "a%2",
                        "ce-source",
                        "s");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("detail")).contains("ce-id");
    }

    @Test
    void compressed_bodies_are_taken() throws Exception {
        byte[] body = lines(2_500).getBytes(UTF_8);
        assertCounts(
                served.post(
                        LINES, BodyPublishers.ofByteArray(gzip(body)), "Content-Encoding", "gzip"),
                1_440,
                2_500 - 1_440,
                0);
        assertCounts(
                served.post(
                        LINES, BodyPublishers.ofByteArray(zstd(body)), "Content-Encoding", "zstd"),
                0,
                0,
                2_500);
        assertCounts(
                served.post(
                        JSON,
                        BodyPublishers.ofByteArray(zstd(Events.live("z", 7).getBytes(UTF_8))),
                        "Content-Encoding",
                        "ZSTD"),
                0,
                1,
                0);
    }

    @Test
    void several_gzip_members_are_one_body() throws Exception {
        byte[] first = gzip((Events.live("a", 1) + "\n").getBytes(UTF_8));
        byte[] second = gzip(Events.live("b", 2).getBytes(UTF_8));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertCounts(
                served.post(LINES, BodyPublishers.ofByteArray(both), "Content-Encoding", "gzip"),
                2,
                0,
                0);
    }

    @Test
    void whole_lines_before_a_break_in_the_compression_are_taken() throws Exception {
        byte[] body = lines(20_000).getBytes(UTF_8);
        for (String encoding : new String[] {"gzip", "zstd"}) {
            byte[] whole = encoding.equals("gzip") ? gzip(body) : zstd(body);
            byte[] cut = Arrays.copyOf(whole, whole.length * 3 / 4);
            Served.Reply reply =
                    served.post(
                            LINES, BodyPublishers.ofByteArray(cut), "Content-Encoding", encoding);
            assertThat(reply.status()).as(encoding + reply.text()).isEqualTo(200);
            assertThat(reply.number("applied") + reply.number("late") + reply.number("duplicate"))
                    .as(encoding)
                    .isPositive();
            assertThat(reply.number("rejected")).isEqualTo(1);
            assertThat(reply.at("errors", "0", "code")).isEqualTo("corrupt_encoding");
        }
    }

    @Test
    void a_body_that_does_not_decompress_is_refused() throws Exception {
        byte[] document = gzip(Events.live("a", 1).getBytes(UTF_8));
        document[document.length - 6] ^= 0x55;
        for (String type : new String[] {JSON, LINES}) {
            for (String encoding : new String[] {"gzip", "zstd"}) {
                Served.Reply reply =
                        served.post(
                                type,
                                BodyPublishers.ofByteArray(
                                        encoding.equals("gzip") && type.equals(JSON)
                                                ? document
                                                : "plain text".getBytes(UTF_8)),
                                "Content-Encoding",
                                encoding);
                assertThat(reply.status()).as(type + encoding + reply.text()).isEqualTo(400);
                assertThat(reply.at("code")).isEqualTo("corrupt_encoding");
            }
        }
    }

    @Test
    void a_small_body_that_decompresses_to_a_huge_document_is_refused() throws Exception {
        byte[] spaces = new byte[DocumentReader.MAX_DOCUMENT + 1];
        Arrays.fill(spaces, (byte) ' ');
        for (String encoding : new String[] {"gzip", "zstd"}) {
            byte[] body = encoding.equals("gzip") ? gzip(spaces) : zstd(spaces);
            Served.Reply reply =
                    served.post(
                            JSON, BodyPublishers.ofByteArray(body), "Content-Encoding", encoding);
            assertThat(reply.status()).as(encoding + reply.text()).isEqualTo(413);
            assertThat(reply.at("code")).isEqualTo("body_too_large");
        }
    }

    @Test
    void a_zstandard_body_that_asks_for_a_huge_window_is_refused_and_told_why() {
        byte[] frame = {
            0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (27 - 10 << 3), 0x43, 0, 0, 'x'
        };
        for (String type : new String[] {JSON, LINES}) {
            Served.Reply reply =
                    served.post(
                            type, BodyPublishers.ofByteArray(frame), "Content-Encoding", "zstd");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.at("code")).isEqualTo("corrupt_encoding");
            assertThat(reply.text()).contains("134217728").contains("8388608");
        }
    }

    @Test
    void a_document_of_the_greatest_size_is_read_and_one_more_byte_is_not() {
        String event = "[" + Events.live("a", 1) + "]";
        String padded = event + " ".repeat(DocumentReader.MAX_DOCUMENT - event.length());
        assertCounts(served.post(JSON, padded), 1, 0, 0);
        assertThat(served.post(JSON, padded + " ").status()).isEqualTo(413);
    }

    @Test
    void other_media_types_encodings_and_charsets_are_unsupported() {
        for (String type :
                new String[] {"text/plain", ";", "application/xml", JSON + "; charset=utf-16"}) {
            Served.Reply reply = served.post(type, Events.live("a", 1));
            assertThat(reply.status()).as(type).isEqualTo(415);
            assertThat(reply.at("code")).isEqualTo("unsupported_media_type");
            assertThat(reply.header("Accept-Post")).contains(LINES);
        }
        Served.Reply reply =
                served.post(
                        JSON,
                        BodyPublishers.ofString(Events.live("a", 1)),
                        "Content-Encoding",
                        "br");
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.at("code")).isEqualTo("unsupported_encoding");
        assertThat(reply.header("Accept-Encoding")).contains("zstd");
        Served.Reply none =
                served.send(
                        served.request("/v1/events")
                                .POST(BodyPublishers.ofString(Events.live("a", 1))));
        assertThat(none.status()).isEqualTo(415);
    }

    @Test
    void a_broken_document_is_refused_whole() {
        String half = "[" + Events.live("a", 1) + "," + Events.live("b", 2).substring(0, 40);
        for (String type : new String[] {JSON, "application/cloudevents-batch+json"}) {
            Served.Reply reply = served.post(type, half);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.at("code")).isEqualTo("malformed_json");
        }
        assertThat(served.get("/v1/twins/" + Events.NODE).status()).isEqualTo(404);
    }

    @Test
    void a_payload_larger_than_the_log_takes_is_rejected() {
        String big =
                Events.live("a", 1)
                        .replace("\"to\"", "\"x\":\"" + "y".repeat(Gate.MAX_PAYLOAD) + "\",\"to\"");
        Served.Reply reply = served.post(JSON, "[" + big + "," + Events.live("b", 1) + "]");
        assertCounts(reply, 1, 0, 0);
        assertThat(reply.at("errors", "0", "code")).isEqualTo("invalid_payload");
        assertThat(reply.at("errors", "0", "pointer")).isEqualTo("/payload");
    }

    @Test
    void a_failed_engine_is_said_to_be_unavailable_and_reads_go_on() {
        served.take(Events.live("a", 1));
        served.engine().close();
        Served.Reply reply = served.post(JSON, Events.live("b", 2));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.at("code")).isEqualTo("unavailable");
        assertThat(reply.header("Retry-After")).isNotEmpty();
        Served.Reply ready = served.get("/readyz");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(served.get("/livez").status()).isEqualTo(200);
        assertThat(served.get("/v1/twins/" + Events.NODE).status()).isEqualTo(200);
    }
}
