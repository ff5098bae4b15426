package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A disk in memory with one directory, which fails when told to and forgets what was not synced
/// when its power is lost.
public final class SimulatedDisk implements Disk {
    static final Path DIRECTORY = Path.of("log");

    /// What a test may let go wrong with an operation.
    public enum Fault {
        NONE,
        /// Fails without an effect.
        FAIL,
        /// A write takes half of the bytes and says so.
        SHORT,
        /// A write takes half of the bytes and fails.
        HALF,
        /// The process dies before the operation.
        DIE,
        /// The process dies in the middle of a write, or after the operation if it is another.
        DIE_LATE,
        /// A sync says that it is done and does nothing.
        LIE
    }

    /// What is done to a file or a directory.
    public enum Operation {
        READ,
        WRITE,
        SYNC,
        TRUNCATE,
        OPEN,
        RENAME,
        DELETE,
        SYNC_DIRECTORY
    }

    /// Decides what goes wrong.
    @FunctionalInterface
    public interface Faults {
        Fault on(Operation operation, Path file);
    }

    /// The process died.
    public static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Set<Path> locks = new HashSet<>();
    private final List<Map<Path, SimulatedFile>> unsyncedNames = new ArrayList<>();
    private Map<Path, SimulatedFile> durableNames = new TreeMap<>();
    private Map<Path, SimulatedFile> names = new TreeMap<>();
    private Faults faults = (_, _) -> Fault.NONE;
    private int life;

    /// A disk of its own with the same files, all durable.
    synchronized SimulatedDisk copy() {
        SimulatedDisk copy = new SimulatedDisk();
        names.forEach((path, file) -> copy.names.put(path, file.copy()));
        copy.durableNames = new TreeMap<>(copy.names);
        return copy;
    }

    public synchronized void faults(Faults decided) {
        this.faults = decided;
    }

    /// The files by name.
    synchronized Map<Path, SimulatedFile> files() {
        return names;
    }

    SimulatedFile file(String name) {
        SimulatedFile file = files().get(DIRECTORY.resolve(name));
        if (file == null) {
            throw new IllegalArgumentException(name);
        }
        return file;
    }

    /// The process is gone; what it wrote is still there.
    public synchronized void kill() {
        life++;
        locks.clear();
        faults = (_, _) -> Fault.NONE;
    }

    /// The machine lost power; some of what was not synced is gone.
    public synchronized void losePower(Random random) {
        kill();
        int kept = random.nextInt(unsyncedNames.size() + 1);
        names = new TreeMap<>(kept == 0 ? durableNames : unsyncedNames.get(kept - 1));
        names.values().forEach(file -> file.losePower(random));
        durableNames = new TreeMap<>(names);
        unsyncedNames.clear();
    }

    @Override
    public void createDirectories(Path directory) {}

    @Override
    public synchronized List<String> list(Path directory) {
        return names.keySet().stream().map(path -> path.getFileName().toString()).toList();
    }

    @Override
    public synchronized DiskFile openForReading(Path file) throws IOException {
        Fault fault = begin(Operation.OPEN, file);
        SimulatedFile found = names.get(file);
        if (found == null) {
            throw new FileNotFoundException(file.toString());
        }
        end(fault);
        return new Handle(file, found, life);
    }

    @Override
    public synchronized DiskFile openForWriting(Path file) throws IOException {
        Fault fault = begin(Operation.OPEN, file);
        SimulatedFile found = names.get(file);
        if (found == null) {
            found = new SimulatedFile();
            names.put(file, found);
            namesChanged();
        }
        end(fault);
        return new Handle(file, found, life);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        Fault fault = begin(Operation.RENAME, from);
        SimulatedFile file = names.remove(from);
        if (file == null) {
            throw new FileNotFoundException(from.toString());
        }
        names.put(to, file);
        namesChanged();
        end(fault);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        Fault fault = begin(Operation.DELETE, file);
        names.remove(file);
        namesChanged();
        end(fault);
    }

    private void namesChanged() {
        unsyncedNames.add(new TreeMap<>(names));
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        Fault fault = begin(Operation.SYNC_DIRECTORY, directory);
        if (fault == Fault.LIE) {
            return;
        }
        durableNames = new TreeMap<>(names);
        unsyncedNames.clear();
        end(fault);
    }

    @Override
    public synchronized Optional<Closeable> lock(Path file) {
        if (!locks.add(file)) {
            return Optional.empty();
        }
        int mine = life;
        return Optional.of(() -> unlock(file, mine));
    }

    private synchronized void unlock(Path file, int of) {
        if (of == life) {
            locks.remove(file);
        }
    }

    private Fault begin(Operation operation, Path file) throws IOException {
        Fault fault = faults.on(operation, file);
        if (fault == Fault.FAIL) {
            throw new IOException("simulated failure of " + operation);
        }
        if (fault == Fault.DIE) {
            throw new Death();
        }
        return fault;
    }

    private static void end(Fault fault) {
        if (fault == Fault.DIE_LATE) {
            throw new Death();
        }
    }

    /// An open file of one life of the process.
    private final class Handle implements DiskFile {
        private final Path path;
        private final SimulatedFile file;
        private final int of;
        private boolean closed;

        Handle(Path path, SimulatedFile file, int of) {
            this.path = path;
            this.file = file;
            this.of = of;
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (of != life) {
                throw new Death();
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                begin(Operation.READ, path);
                if (position >= file.size()) {
                    return into.hasRemaining() ? -1 : 0;
                }
                int count = (int) Math.min(into.remaining(), file.size() - position);
                into.put(file.seen(), (int) position, count);
                return count;
            }
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                Fault fault = begin(Operation.WRITE, path);
                int count = fault == Fault.NONE ? from.remaining() : (from.remaining() + 1) / 2;
                byte[] bytes = new byte[count];
                from.get(bytes);
                file.write(bytes, (int) position);
                if (fault == Fault.HALF) {
                    throw new IOException("no space left on the simulated disk");
                }
                end(fault);
                return count;
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                try {
                    Fault fault = begin(Operation.SYNC, path);
                    if (fault == Fault.LIE) {
                        return;
                    }
                    file.sync();
                    end(fault);
                } catch (IOException e) {
                    file.failSync();
                    throw e;
                }
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                return file.size();
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                Fault fault = begin(Operation.TRUNCATE, path);
                file.truncate((int) size);
                end(fault);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
