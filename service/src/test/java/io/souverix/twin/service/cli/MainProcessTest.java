package io.souverix.twin.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.service.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process of its own.
@Timeout(120)
final class MainProcessTest {
    private static final Pattern READY =
            Pattern.compile(
                    "twin is ready at (\\S+) \\(data in .*, (\\d+) nodes?, (\\d+) events?\\)");

    @TempDir private Path folder = Path.of("");

    private Process twin(String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String[] before = {
            java,
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // One that is killed cannot delete what it unpacked.
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()
        };
        String[] line = Arrays.copyOf(before, before.length + arguments.length);
        System.arraycopy(arguments, 0, line, before.length, arguments.length);
        return new ProcessBuilder(line).redirectError(folder.resolve("errors").toFile()).start();
    }

    private Process serve() throws IOException {
        return twin("serve", "--data", folder.resolve("data").toString(), "--port", "0");
    }

    private static Matcher ready(Process service) throws IOException {
        BufferedReader lines = service.inputReader(StandardCharsets.UTF_8);
        Matcher line = READY.matcher(String.valueOf(lines.readLine()));
        assertThat(line.matches()).as("the ready line").isTrue();
        return line;
    }

    @Test
    void a_service_ended_by_a_signal_reads_back_what_it_took()
            throws IOException, InterruptedException {
        Process first = serve();
        try {
            String url = ready(first).group(1);
            Shell.Ran sent =
                    Shell.unwatched()
                            .reading(RunningService.sample("seed-node.ndjson"))
                            .run("send", "-", "--url", url);
            assertThat(sent.code()).as(sent.err()).isZero();
            first.destroy(); // SIGTERM
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).isZero();
        } finally {
            first.destroyForcibly();
        }
        Process second = serve();
        try {
            Matcher ready = ready(second);
            assertThat(ready.group(2)).isEqualTo("1");
            Shell.Ran got =
                    Shell.unwatched().run("get", RunningService.NODE, "--url", ready.group(1));
            assertThat(got.code()).as(got.err()).isZero();
            assertThat(got.out()).contains("souverix-rempart-1.4.6");
        } finally {
            second.destroy();
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void exit_codes_reach_the_caller() throws IOException, InterruptedException {
        assertThat(twin("version").waitFor()).isZero();
        assertThat(twin("list", "--url", "http://127.0.0.1:1").waitFor()).isEqualTo(1);
        assertThat(twin("list", "--nope").waitFor()).isEqualTo(2);
    }

    @Test
    void small_commands_load_no_server() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "-Xlog:class+load",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "get",
                                "n1",
                                "--url",
                                "http://127.0.0.1:1")
                        .redirectErrorStream(true)
                        .start();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(log)
                .contains("io.souverix.twin.service.cli.GetCommand")
                .doesNotContain("io.helidon", "org.rocksdb", "snakeyaml");
    }
}
