package io.souverix.twin.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SendCommandTest {
    private static final String SAMPLE = RunningService.sample("seed-node.ndjson");
    private static final long EVENTS = SAMPLE.lines().count();
    private static final String GOOD =
            """
            {"id":"e1","timestamp":"2026-02-27T03:00:00Z","node_id":"n1","event_type":"x_note","payload":{}}
            """;
    private static final String BAD =
            """
            {"id":"e2","timestamp":"2026-02-27T03:00:00Z","node_id":"n1","event_type":"state_transition","payload":{"to":"asleep"}}
            """;

    private final RunningService service = RunningService.start();

    @TempDir private Path folder = Path.of("");

    @AfterEach
    void stop() {
        service.close();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Shell.Ran send(Path... files) {
        String[] line = new String[files.length + 3];
        line[0] = "send";
        line[1] = "-o";
        line[2] = "table";
        for (int i = 0; i < files.length; i++) {
            line[i + 3] = files[i].toString();
        }
        return service.shell().run(line);
    }

    @Test
    void events_of_several_files_are_summed_up() throws IOException {
        Shell.Ran ran = send(file("a.ndjson", SAMPLE), file("b.ndjson", GOOD));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("applied    " + (EVENTS + 1), "rejected   0");
    }

    @Test
    void sending_again_gives_duplicates() throws IOException {
        Path file = file("a.ndjson", SAMPLE);
        assertThat(send(file).code()).isZero();
        Shell.Ran again = send(file);
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("applied    0", "duplicate  " + EVENTS);
    }

    @Test
    void standard_input_is_read() {
        Shell.Ran ran = service.shell().reading(SAMPLE).run("send", "-");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("\"applied\": " + EVENTS, "\"errors\": []");
    }

    @Test
    void compressed_files_are_read_by_their_suffix() throws IOException {
        Path gzip = folder.resolve("a.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(SAMPLE.getBytes(StandardCharsets.UTF_8));
        }
        Path zstd = folder.resolve("b.ndjson.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
            out.write(GOOD.getBytes(StandardCharsets.UTF_8));
        }
        Shell.Ran ran = send(gzip, zstd);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("applied    " + (EVENTS + 1));
    }

    @Test
    void a_json_array_over_many_lines_is_read() throws IOException {
        String array = "[\n" + GOOD.replace(",", ",\n") + ",\n" + BAD + "]\n";
        Shell.Ran ran = send(file("a.txt", array));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("applied    1", "rejected   1");
        assertThat(ran.err()).contains("a.txt:8: rejected invalid_payload");
    }

    @Test
    void refused_events_are_told_with_line_and_pointer_and_cost_no_neighbour() throws IOException {
        Path file = file("mixed.ndjson", GOOD + "\n\n" + BAD + "{broken\n");
        Shell.Ran ran = send(file);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("applied    1", "rejected   2");
        assertThat(ran.err())
                .contains(file + ":4: rejected invalid_payload (e2) at /payload/to: ")
                .contains("asleep")
                .contains(file + ":5: rejected malformed_json");
    }

    @Test
    void errors_stand_in_the_json_too() throws IOException {
        Path file = file("bad.ndjson", BAD);
        Shell.Ran ran = service.shell().run("send", file.toString(), "-o", "json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("\"rejected\": 1", "\"line\": 1", "\"pointer\": \"/payload/to\"");
    }

    @Test
    void warnings_tell_of_events_that_were_kept() throws IOException {
        StringBuilder reused = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            reused.append(GOOD.replace("\"payload\":{}", "\"payload\":{\"i\":" + i + "}"));
        }
        Shell.Ran ran = send(file("a.ndjson", reused.toString()));
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("rejected   0");
        assertThat(ran.err()).contains("a.ndjson:6: warning id_reused (e1)", "and more warnings");
        assertThat(ran.err()).hasLineCount(6);
    }

    @Test
    void a_line_that_is_too_long_is_refused_and_the_next_is_read() throws IOException {
        String longLine = "{\"id\":\"" + "x".repeat(2 << 20) + "\"}\n";
        Shell.Ran ran = send(file("long.ndjson", longLine + GOOD));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("applied    1", "rejected   1");
        assertThat(ran.err()).contains("long.ndjson:1: rejected line_too_long");
    }

    @Test
    void many_refusals_are_counted_and_the_first_listed() throws IOException {
        Shell.Ran ran = send(file("bad.ndjson", "nonsense\n".repeat(50)));
        assertThat(ran.out()).contains("rejected   50");
        assertThat(ran.err()).contains("bad.ndjson:20:", "and 30 more rejected");
        assertThat(ran.err()).doesNotContain("bad.ndjson:21:");
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        Shell.Ran ran = send(folder.resolve("none.ndjson"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no file", "none.ndjson", "Check the name");
    }

    @Test
    void a_file_that_is_not_compressed_as_it_says_is_told() throws IOException {
        Shell.Ran ran = send(file("a.ndjson.gz", SAMPLE));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("a.ndjson.gz cannot be read", "compressed");
    }

    @Test
    void what_stands_before_a_broken_place_of_a_document_is_sent() throws IOException {
        Shell.Ran ran = send(file("a.json", "[" + GOOD + ",\n{\"id\": ]"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("a.json:3: broken JSON", "after 1 event were answered");
    }

    @Test
    void a_service_that_is_not_there_is_told() throws IOException {
        Path file = file("a.ndjson", GOOD);
        Shell.Ran ran =
                Shell.unwatched().run("send", file.toString(), "--url", "http://127.0.0.1:1");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no service answers", "twin serve");
    }

    @Test
    void a_person_sees_progress_and_a_program_does_not() throws IOException {
        Path file = file("a.ndjson", SAMPLE);
        assertThat(service.watchedShell().run("send", file.toString()).err())
                .contains("sending", "100 %");
        assertThat(send(file).err()).isEmpty();
    }
}
