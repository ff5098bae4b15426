package io.souverix.twin.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A data directory and copies of it, taken while it is in use: what a process finds after one that was
/// killed.
final class DataCopies {
    private final Path directory;
    private int copies;
    private Path current;

    DataCopies(Path directory) {
        this.directory = directory;
        this.current = directory.resolve("data-0");
    }

    /// The one to use.
    Path current() {
        return current;
    }

    /// Copies it as it lies there now. The store may be tidying up meanwhile: then once more.
    void copy() throws IOException {
        while (true) {
            Path copy = directory.resolve("data-" + ++copies);
            try {
                copy(current, copy);
                return;
            } catch (NoSuchFileException _) {
                // again
            }
        }
    }

    /// Another one, that is not there yet.
    Path fresh() {
        return directory.resolve("data-" + ++copies);
    }

    /// From now on the last copy is the one to use.
    void useCopy() {
        current = directory.resolve("data-" + copies);
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    /// All files below a directory, sorted.
    static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            // One that went while they were looked at.
            throw e.getCause();
        }
    }
}
