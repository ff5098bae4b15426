package io.souverix.twin.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `serve` and `demo`, run in this process until told to end, and the commands on what they leave.
@Timeout(120)
final class ServeCommandTest {
    private static final Pattern READY =
            Pattern.compile("twin is ready at (http://127\\.0\\.0\\.1:\\d+) \\(data in .*\\)\n");

    @TempDir private Path folder = Path.of("");

    /// A command that lasts, on a thread of its own.
    private static final class Lasting {
        private final Lifetime lifetime = Lifetime.untilEnded();
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final CompletableFuture<Shell.Ran> ran;

        Lasting(String... arguments) {
            ran =
                    CompletableFuture.supplyAsync(
                            () -> Shell.unwatched().run(lifetime, out, arguments));
        }

        /// Waits for the line that says it is ready and answers the address.
        String url() throws InterruptedException {
            while (!ran.isDone()) {
                Matcher line = READY.matcher(out.toString(StandardCharsets.UTF_8));
                if (line.find()) {
                    return line.group(1);
                }
                Thread.sleep(10);
            }
            throw new AssertionError("ended early: " + ran.join());
        }

        Shell.Ran end() {
            lifetime.end();
            return ran.join();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void fill() throws InterruptedException {
        Lasting service = new Lasting("serve", "--data", data(), "--port", "0");
        Shell.Ran sent =
                Shell.unwatched()
                        .reading(RunningService.sample("seed-node.ndjson"))
                        .run("send", "-", "--url", service.url());
        assertThat(sent.code()).as(sent.err()).isZero();
        assertThat(service.end().code()).isZero();
    }

    @Test
    void a_service_says_when_it_is_ready_and_ends_cleanly() throws InterruptedException {
        Lasting service = new Lasting("serve", "--data", data(), "--port", "0");
        String url = service.url();
        assertThat(Shell.unwatched().run("list", "--url", url).code()).isZero();
        Shell.Ran ran = service.end();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).hasLineCount(1).contains("0 nodes, 0 events");
        assertThat(Shell.unwatched().run("list", "--url", url).err()).contains("no service");
    }

    @Test
    void a_service_recovers_what_it_held() throws InterruptedException {
        fill();
        Lasting service = new Lasting("serve", "--data", data(), "--port", "0");
        String url = service.url();
        assertThat(Shell.unwatched().run("get", RunningService.NODE, "--url", url).code()).isZero();
        Shell.Ran ran = service.end();
        assertThat(ran.err()).contains("recovered 19 events of 1 node in");
        assertThat(ran.out()).contains("1 node, 19 events");
    }

    @Test
    void a_directory_in_use_is_told_with_what_to_do() throws InterruptedException {
        Lasting service = new Lasting("serve", "--data", data(), "--port", "0");
        service.url();
        for (String[] line :
                new String[][] {
                    {"serve", "--data", data(), "--port", "0"},
                    {"verify", "--data", data()},
                    {"rebuild", "--data", data()}
                }) {
            Shell.Ran ran = Shell.unwatched().run(line);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("open elsewhere", "running service", "stop it first", "copy");
        }
        service.end();
    }

    @Test
    void a_port_that_is_taken_is_told_before_anything_is_opened() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Shell.Ran ran = Shell.unwatched().run("serve", "--data", data(), "--port", port);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("port " + port, "is taken", "--port");
            assertThat(Path.of(data())).doesNotExist();
        }
    }

    @Test
    void listening_for_other_machines_needs_the_word_for_it() {
        for (String[] line :
                new String[][] {
                    {"serve", "--data", data(), "--host", "0.0.0.0"}, {"demo", "--host", "0.0.0.0"}
                }) {
            Shell.Ran ran = Shell.unwatched().run(line);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("0.0.0.0", "--insecure-bind");
        }
        assertThat(Path.of(data())).doesNotExist();
    }

    @Test
    void a_service_listens_for_other_machines_when_told_so() throws InterruptedException {
        Lasting service =
                new Lasting(
                        "serve",
                        "--data",
                        data(),
                        "--host",
                        "127.0.0.1",
                        "--insecure-bind",
                        "--port",
                        "0");
        service.url();
        assertThat(service.end().code()).isZero();
    }

    @Test
    void a_configuration_is_read_and_the_command_line_goes_before_it()
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("twin.yaml"), "port: 1\ndata: elsewhere\n");
        Lasting service =
                new Lasting("serve", "--config", file.toString(), "--data", data(), "--port", "0");
        assertThat(service.url()).doesNotEndWith(":1");
        assertThat(service.end().out()).contains("data in " + data());
    }

    @Test
    void a_broken_configuration_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("twin.yaml"), "prot: 8080\n");
        for (String command : new String[] {"serve", "verify", "rebuild"}) {
            Shell.Ran ran = Shell.unwatched().run(command, "--config", file.toString());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("configuration", "prot", "docs/configuration.md");
        }
    }

    @Test
    void what_a_service_leaves_verifies_and_can_be_rebuilt() throws InterruptedException {
        fill();
        Shell.Ran verified = Shell.unwatched().run("verify", "--data", data(), "-o", "table");
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("AGREES", "19 events in the log, 1 node: all agrees");
        Shell.Ran rebuilt = Shell.unwatched().run("rebuild", "--data", data());
        assertThat(rebuilt.code()).as(rebuilt.err()).isZero();
        assertThat(rebuilt.out()).contains("rebuilt " + data() + " from 19 events");
        assertThat(Shell.unwatched().run("verify", "--data", data()).out())
                .contains("\"agrees\": true", "\"events\": 19");
    }

    @Test
    void a_running_service_is_backed_up_and_restored() throws InterruptedException {
        fill();
        String backup = folder.resolve("backup").toString();
        String restored = folder.resolve("restored").toString();
        Lasting service = new Lasting("serve", "--data", data(), "--port", "0");
        service.url();
        Shell.Ran first = Shell.unwatched().run("backup", backup, "--data", data(), "-o", "table");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("backed up " + data(), "19 events", "recorded at");
        Shell.Ran again = Shell.unwatched().run("backup", backup, "--data", data());
        assertThat(again.out()).contains("\"new_bytes\": 0", "\"events\": 19");
        service.end();
        Shell.Ran done = Shell.unwatched().run("restore", backup, "--data", restored);
        assertThat(done.code()).as(done.err()).isZero();
        Shell.Ran verified = Shell.unwatched().run("verify", "--data", restored, "-o", "table");
        assertThat(verified.out()).contains("19 events in the log, 1 node: all agrees");
        Shell.Ran over = Shell.unwatched().run("restore", backup, "--data", restored);
        assertThat(over.code()).isEqualTo(1);
        assertThat(over.err()).contains("expected an empty directory", "--data");
        Shell.Ran earlier =
                Shell.unwatched()
                        .run("restore", backup, "--data", data() + "-then", "--to", "yesterday");
        assertThat(earlier.err()).contains("found --to yesterday, expected a time");
    }

    @Test
    void a_changed_byte_of_the_log_is_told_with_its_place()
            throws IOException, InterruptedException {
        fill();
        Path segment = folder.resolve("data/log/00000000000000000000.seg");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 10] ^= 1;
        Files.write(segment, bytes);
        Shell.Ran ran = Shell.unwatched().run("verify", "--data", data());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("the log is damaged", ".seg at byte", "expected", "backup");
    }

    @Test
    void a_directory_without_data_is_told_and_not_made() {
        for (String command : new String[] {"verify", "rebuild"}) {
            Shell.Ran ran = Shell.unwatched().run(command, "--data", data());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("there is no data in", "--data");
        }
        assertThat(Path.of(data())).doesNotExist();
    }

    @Test
    void a_demo_fills_in_the_past_and_says_what_to_look_at() throws InterruptedException {
        Lasting demo = new Lasting("demo", "--nodes", "10", "--speed", "1", "--port", "0");
        String url = demo.url();
        Shell.Ran list = Shell.unwatched().run("list", "-o", "table", "--url", url);
        assertThat(list.out()).contains("live").hasLineCount(list.out().lines().toList().size());
        Shell.Ran ran = demo.end();
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("twin get sx-", "--url " + url, "Ctrl-C");
        assertThat(ran.err()).contains("of the past", "the demo has ended");
    }

    @Test
    void a_demo_goes_on_where_it_stood() throws InterruptedException {
        String[] line = {"demo", "--nodes", "10", "--speed", "1", "--port", "0", "--data", data()};
        Lasting first = new Lasting(line);
        first.url();
        assertThat(first.end().code()).isZero();
        Lasting second = new Lasting(line);
        second.url();
        Shell.Ran ran = second.end();
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("recovered");
        Shell.Ran verified = Shell.unwatched().run("verify", "--data", data());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(Shell.unwatched().run("demo", "--nodes", "11", "--data", data()).err())
                .contains("holds a demo of 10 nodes with seed 1");
    }

    @Test
    void a_demo_leaves_the_events_of_others_alone() throws InterruptedException {
        fill();
        Shell.Ran ran = Shell.unwatched().run("demo", "--data", data(), "--port", "0");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("not of a demo", "--data");
    }
}
