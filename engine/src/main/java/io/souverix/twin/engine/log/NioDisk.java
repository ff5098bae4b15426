package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The disk of the machine, by way of [FileChannel]. It needs a POSIX file system: directories that
/// can be synced, renames over existing files.
public final class NioDisk implements Disk {
    /// The locked files of this process. The operating system's lock belongs to the process as a
    /// whole, and closing any second channel of the file would give it up: so a second attempt from
    /// the same process must end before it opens the file. This is the one piece of state a process
    /// has to have.
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    @Override
    public void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public DiskFile openForReading(Path file) throws IOException {
        return new NioDiskFile(file, Set.of(StandardOpenOption.READ));
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return new NioDiskFile(
                file,
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        Path key = file.resolveSibling(".").toRealPath().resolve(file.getFileName());
        if (!LOCKED_HERE.add(key)) {
            return Optional.empty();
        }
        boolean locked = false;
        try {
            FileChannel channel =
                    FileChannel.open(key, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            locked = tryLock(channel);
            return locked ? Optional.of(new HeldLock(key, channel)) : Optional.empty();
        } finally {
            if (!locked) {
                LOCKED_HERE.remove(key);
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked;
    }

    private record HeldLock(Path key, FileChannel channel) implements Closeable {
        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                LOCKED_HERE.remove(key);
            }
        }
    }
}
