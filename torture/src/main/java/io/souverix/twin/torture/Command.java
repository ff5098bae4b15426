package io.souverix.twin.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A command of `twin` that runs in a process of its own and may be killed.
final class Command {
    private static final String HEAP = "-Xmx1g";
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final List<String> arguments;
    private final Path told;

    private Command(Process process, List<String> arguments, Path told) {
        this.process = process;
        this.arguments = arguments;
        this.told = told;
    }

    /// @param told where it writes
    static Command start(Path told, String... arguments) throws IOException {
        List<String> all = List.of(arguments);
        ProcessBuilder java = Service.java(HEAP, told, all);
        // It does not live long enough for more.
        java.command().add(1, "-XX:TieredStopAtLevel=1");
        Process process =
                java.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.to(told.toFile()))
                        .start();
        return new Command(process, all, told);
    }

    /// Runs one to its end.
    static void run(Path told, String... arguments) throws IOException, InterruptedException {
        Command command = start(told, arguments);
        int code = command.process.waitFor();
        if (code != 0) {
            throw command.failed(code);
        }
    }

    /// Waits until it has changed something below a directory, or has ended.
    ///
    /// @param before what [#bytes] told of it before
    void awaitWriting(Path directory, long before) throws IOException, InterruptedException {
        while (process.isAlive() && bytes(directory) == before) {
            Thread.sleep(1);
        }
    }

    /// How many bytes the files below a directory have; -1 where it is not there.
    static long bytes(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return -1;
        }
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        } catch (NoSuchFileException | UncheckedIOException _) {
            // One that went while they were looked at: that is a change.
            return Long.MIN_VALUE;
        }
        return bytes;
    }

    /// Ends it as `kill -9` does, wherever it is; it may have ended before, but not in a failure.
    void kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly();
        int code = process.waitFor();
        if (code != 0 && code != KILLED) {
            throw failed(code);
        }
    }

    private AssertionError failed(int code) throws IOException {
        return new AssertionError(
                "twin %s ended with %d: %s"
                        .formatted(String.join(" ", arguments), code, Files.readString(told)));
    }
}
