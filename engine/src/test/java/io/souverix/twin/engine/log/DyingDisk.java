package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The disk of the machine, whose process dies at a given operation that changes something: that one
/// does half of its work (a write) or nothing, and nothing is done after it.
final class DyingDisk implements Disk {
    private final Disk disk = new NioDisk();
    private int left;
    private boolean dead;

    /// @param operations how many are done before
    DyingDisk(int operations) {
        this.left = operations;
    }

    boolean died() {
        return dead;
    }

    /// Whether the next operation is done.
    private boolean lives() {
        dead |= left-- <= 0;
        return !dead;
    }

    private void live() throws IOException {
        if (!lives()) {
            throw new IOException("the process died");
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        live();
        disk.createDirectories(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public DiskFile openForReading(Path file) throws IOException {
        return disk.openForReading(file);
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        live();
        return new Dying(disk.openForWriting(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        live();
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        live();
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        live();
        disk.syncDirectory(directory);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        return disk.lock(file);
    }

    private final class Dying implements DiskFile {
        private final DiskFile file;

        Dying(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            if (dead) {
                throw new IOException("the process died");
            }
            if (!lives()) {
                ByteBuffer half = from.duplicate().limit(from.position() + from.remaining() / 2);
                file.writeFully(half, position);
                throw new IOException("the process died in a write");
            }
            return file.write(from, position);
        }

        @Override
        public void sync() throws IOException {
            live();
            file.sync();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            live();
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
