package io.souverix.twin.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The service as a process of its own, seen from outside and killed at will.
final class Service implements AutoCloseable {
    /// So little that a leak shows soon.
    static final String SMALL_HEAP = "-Xmx256m";

    private static final String MAIN = "io.souverix.twin.service.Main";
    private static final long SECONDS_TO_END = 120;

    private final Process process;
    private final Path log;
    private final int port;

    private Service(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /// Starts it over a data directory; it answers when this returns.
    static Service start(Path data, String heap, String... options) throws IOException {
        Files.createDirectories(data);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        List<String> serve =
                new ArrayList<>(List.of("serve", "--port", "0", "--data", data.toString()));
        serve.addAll(List.of(options));
        Process process =
                java(heap, log, serve)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf("http://");
            if (at >= 0) {
                URI address = URI.create(line.substring(at).split("[ )]", 2)[0]);
                return new Service(process, log, address.getPort());
            }
        }
        throw new AssertionError("it ended before it was ready: " + Files.readString(log));
    }

    /// Folds the log of a directory nobody uses and compares; fails where something differs.
    static void verify(Path data) throws IOException, InterruptedException {
        Path told = data.resolveSibling(data.getFileName() + ".verified");
        Command.run(told, "verify", "--data", data.toString());
    }

    /// A process of `twin`.
    ///
    /// @param told where it writes; beside it lies what it unpacks and cannot delete once it is killed
    static ProcessBuilder java(String heap, Path told, List<String> arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                heap,
                                "-XX:+ExitOnOutOfMemoryError",
                                "-XX:+UseCompactObjectHeaders",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                // Where the launcher names one, nothing has to be unpacked.
                                "-Djava.library.path=" + System.getProperty("java.library.path"),
                                "-Djava.io.tmpdir=" + told.toAbsolutePath().getParent(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                MAIN));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    int port() {
        return port;
    }

    boolean alive() {
        return process.isAlive();
    }

    /// What it wrote to its log.
    String log() throws IOException {
        return Files.readString(log);
    }

    /// Ends it without a word to it, as `kill -9` does.
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /// Ends it in order.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end when asked to");
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
