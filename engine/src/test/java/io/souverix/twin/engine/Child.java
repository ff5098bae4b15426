package io.souverix.twin.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of its own that a test kills with -9. One that ends in an error by itself is told.
final class Child implements AutoCloseable {
    private static final int KILLED = 128 + 9;
    private static final long SECONDS_TO_END = 60;

    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    private Child(Process process, Path errors) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.errors = errors;
    }

    /// Starts a class that has a `main`.
    ///
    /// @param directory made where there is none; beside it lies what the process complains of, and
    ///     what it unpacks and cannot delete once it is killed
    static Child start(Path directory, Class<?> main, String... arguments) throws IOException {
        Files.createDirectories(directory);
        Path errors = directory.resolveSibling(directory.getFileName() + ".err");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseCompactObjectHeaders",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + errors.toAbsolutePath().getParent(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
                        .start();
        return new Child(process, errors);
    }

    /// What it says.
    BufferedReader out() {
        return out;
    }

    /// Kills it wherever it is; what it said before can still be read.
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /// Kills it and waits; fails where it had ended in an error.
    @Override
    public void close() throws IOException {
        kill();
        try (out) {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                throw new AssertionError("the process was killed and did not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        int code = process.exitValue();
        if (code != 0 && code != KILLED) {
            throw new AssertionError(
                    "the process ended with %d: %s".formatted(code, Files.readString(errors)));
        }
    }
}
