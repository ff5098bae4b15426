package io.souverix.twin.engine.backup;

import io.souverix.twin.engine.log.LogCopy;
import io.souverix.twin.engine.log.LogCopy.Copied;
import io.souverix.twin.engine.log.ProgressListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Backups of a data directory.
///
/// A backup is a data directory itself, without what is derived: the log up to what was acknowledged
/// when it began ([LogCopy]), the SBOM documents, and the small files beside them ([OtherFiles]).
/// Taken again into the same directory it copies what is new. It may be taken while the directory is
/// served; neither waits for the other.
public final class Backup {
    /// Beside a directory that is being restored, until it is whole.
    static final String UNFINISHED = ".restoring";

    private static final String LOG = "log";

    /// What a backup or a restore did.
    ///
    /// @param otherFiles how many files beside the log were copied
    public record Done(Copied log, int otherFiles) {}

    private Backup() {}

    /// Takes a backup of a data directory, or brings an earlier one up to date.
    ///
    /// @throws IllegalArgumentException where one directory lies in the other
    public static Done take(Path data, Path backup, ProgressListener progress) {
        requireApart(data, backup);
        try {
            Copied log =
                    LogCopy.copy(data.resolve(LOG), backup.resolve(LOG), Long.MAX_VALUE, progress);
            return new Done(log, new OtherFiles(data, backup).copy(Long.MAX_VALUE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot back up %s to %s".formatted(data, backup), e);
        }
    }

    /// Makes a data directory of what a backup held at a moment. The directory appears when it is
    /// whole, under its name; until then it is made beside it.
    ///
    /// @param data must not exist, or be empty
    /// @param uptoMicros only what was recorded by then, microseconds since the epoch;
    ///     `Long.MAX_VALUE` for all
    /// @throws IllegalArgumentException where the directory holds something, or lies in the backup
    public static Done restore(Path backup, Path data, long uptoMicros, ProgressListener progress) {
        requireApart(backup, data);
        Path whole = data.toAbsolutePath().normalize();
        Path unfinished = whole.resolveSibling(whole.getFileName() + UNFINISHED);
        try {
            requireEmpty(whole);
            delete(unfinished);
            Copied log =
                    LogCopy.copy(
                            backup.resolve(LOG), unfinished.resolve(LOG), uptoMicros, progress);
            int others = new OtherFiles(backup, unfinished).copy(uptoMicros);
            Files.deleteIfExists(whole);
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            OtherFiles.sync(whole.resolveSibling("."));
            return new Done(log, others);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restore %s to %s".formatted(backup, whole), e);
        }
    }

    private static void requireApart(Path one, Path other) {
        Path first = one.toAbsolutePath().normalize();
        Path second = other.toAbsolutePath().normalize();
        if (first.startsWith(second) || second.startsWith(first)) {
            throw new IllegalArgumentException(
                    "found %s and %s, expected two directories of which none lies in the other"
                            .formatted(one, other));
        }
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> some = files.limit(1).toList();
            if (!some.isEmpty()) {
                throw new IllegalArgumentException(
                        "found %s in %s, expected an empty directory or none"
                                .formatted(some.getFirst().getFileName(), directory));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
