package io.souverix.twin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A directory that is gone after use.
final class Scratch implements AutoCloseable {
    private final Path path;

    Scratch(Path parent) throws IOException {
        path = Files.createTempDirectory(parent, "twin-bench");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
