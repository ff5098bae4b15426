package io.souverix.twin.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulateCommandTest {
    private final Shell shell = Shell.unwatched();

    @TempDir private Path folder = Path.of("");

    @Test
    void the_same_seed_gives_the_same_lines_and_another_seed_others() {
        String once = shell.run("simulate", "--nodes", "10", "--span", "1h", "--seed", "7").out();
        String again = shell.run("simulate", "--nodes", "10", "--span", "60m", "--seed", "7").out();
        String other = shell.run("simulate", "--nodes", "10", "--span", "1h", "--seed", "8").out();
        assertThat(once).isEqualTo(again).isNotEqualTo(other);
        assertThat(once.lines())
                .hasSizeGreaterThan(50)
                .allMatch(line -> line.startsWith("{\"id\":"));
    }

    @Test
    void exactly_as_many_events_as_asked_for_are_written() {
        Shell.Ran ran = shell.run("simulate", "--nodes", "20", "--events", "500");
        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines()).hasSize(500);
    }

    @Test
    void a_span_goes_before_a_number_of_events() {
        Shell.Ran ran = shell.run("simulate", "--nodes", "20", "--events", "100", "--span", "1m");
        assertThat(ran.out().lines()).hasSize(100);
    }

    @Test
    void the_fleet_is_first_heard_of_at_the_start() {
        String start = "2025-03-01T12:00:00Z";
        Shell.Ran ran = shell.run("simulate", "--nodes", "10", "--span", "1h", "--start", start);
        assertThat(ran.out()).contains("\"timestamp\":\"2025-03-01T12:");
    }

    @Test
    void a_compressed_file_holds_the_same_lines() throws IOException {
        String plain = shell.run("simulate", "--nodes", "10", "--span", "1h").out();
        Path file = folder.resolve("day.ndjson.gz");
        Shell.Ran ran =
                shell.run("simulate", "--nodes", "10", "--span", "1h", "--output", file.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("wrote", "events to " + file);
        byte[] packed = Files.readAllBytes(file);
        String unpacked =
                new String(
                        new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(),
                        StandardCharsets.UTF_8);
        assertThat(unpacked).isEqualTo(plain);
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        Shell.Ran ran =
                shell.run(
                        "simulate",
                        "--span",
                        "1m",
                        "--output",
                        folder.resolve("none/day.ndjson").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot be written", "no such folder");
    }

    @Test
    void a_service_takes_every_event_that_is_sent() {
        try (RunningService service = RunningService.start()) {
            Shell.Ran ran =
                    service.shell()
                            .run(
                                    "simulate",
                                    "--nodes",
                                    "10",
                                    "--span",
                                    "2h",
                                    "--start",
                                    "2026-02-26T00:00:00Z",
                                    "--send");
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("rejected   0");
            assertThat(service.shell().run("list").out()).contains("souverix-rempart");
        }
    }

    @Test
    void events_ahead_of_the_service_are_told_as_refused() {
        try (RunningService service = RunningService.start()) {
            Shell.Ran ran =
                    service.shell()
                            .run(
                                    "simulate",
                                    "--nodes",
                                    "10",
                                    "--start",
                                    "2027-01-01T00:00:00Z",
                                    "--send");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("timestamp_in_future", "more rejected");
        }
    }
}
