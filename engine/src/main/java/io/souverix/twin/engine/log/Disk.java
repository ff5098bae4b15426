package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Every file operation a [SegmentLog] makes, so that a test can fail, shorten or forget any of
/// them. The real one is [NioDisk].
public interface Disk {
    /// Makes the directory and those above it, where missing.
    void createDirectories(Path directory) throws IOException;

    /// The names of the files in a directory, sorted.
    List<String> list(Path directory) throws IOException;

    /// Opens an existing file for reading.
    DiskFile openForReading(Path file) throws IOException;

    /// Opens a file for reading and writing, made empty where missing.
    DiskFile openForWriting(Path file) throws IOException;

    /// Renames within a directory, in one step, over what has the new name.
    void rename(Path from, Path to) throws IOException;

    /// Removes a file.
    void delete(Path file) throws IOException;

    /// Makes the names in a directory durable: what was created, renamed and deleted.
    void syncDirectory(Path directory) throws IOException;

    /// Takes the exclusive lock that a file stands for, until the result is closed.
    ///
    /// @return empty if somebody else holds it
    Optional<Closeable> lock(Path file) throws IOException;
}
