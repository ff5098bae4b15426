package io.souverix.twin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A directory that is gone after use.
public final class Scratch implements AutoCloseable {
    private final Path path;

    Scratch(Path parent) throws IOException {
        path = Files.createTempDirectory(parent, "twin-bench");
    }

    public Path path() {
        return path;
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }
}
