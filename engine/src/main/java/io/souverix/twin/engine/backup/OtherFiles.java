package io.souverix.twin.engine.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of a data directory beside its log: SBOM documents, which never change and say in their
/// names when they were recorded, and small files, which are copied every time. A file appears in the
/// copy when it is whole and durable. What is derived is left out.
final class OtherFiles {
    private static final Pattern DOCUMENT = Pattern.compile("[0-9a-f]{64}-(\\d{1,18})\\.json");

    /// Of these directories the first is copied by itself, the others are made anew.
    private static final Set<String> LEFT_OUT = Set.of("log", "derived", "derived.rebuilt");

    private static final String DOCUMENTS = "sboms";
    private static final String HALF = ".new";
    private static final String INCOMING = "incoming-";

    private final Path from;
    private final Path to;

    OtherFiles(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /// Copies what is not there yet.
    ///
    /// @param uptoMicros only documents that were recorded by then
    /// @return how many files were copied
    int copy(long uptoMicros) throws IOException {
        int copied = 0;
        for (Path file : files()) {
            Path name = from.relativize(file);
            Path target = to.resolve(name);
            boolean document = name.startsWith(DOCUMENTS);
            if (document && recordedMicros(name) > uptoMicros) {
                continue;
            }
            if (document && Files.exists(target) && Files.size(target) == Files.size(file)) {
                continue;
            }
            copied += copy(file, target) ? 1 : 0;
        }
        return copied;
    }

    private static long recordedMicros(Path name) {
        Matcher document = DOCUMENT.matcher(name.getFileName().toString());
        return document.matches() ? Long.parseLong(document.group(1)) : Long.MAX_VALUE;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        Path name = from.relativize(directory);
                        return LEFT_OUT.contains(name.toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        String name = file.getFileName().toString();
                        if (!name.endsWith(HALF) && !name.startsWith(INCOMING)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException fault)
                            throws IOException {
                        if (fault instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw fault;
                    }
                });
        return files;
    }

    /// Copies a file; false where it is gone by now.
    private static boolean copy(Path file, Path target) throws IOException {
        Path directory = target.resolveSibling(".").normalize();
        Files.createDirectories(directory);
        Path half = target.resolveSibling(target.getFileName() + HALF);
        try {
            Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException _) {
            return false;
        }
        try (FileChannel written = FileChannel.open(half, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        sync(directory);
        return true;
    }

    /// Makes the names in a directory durable.
    static void sync(Path directory) throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
