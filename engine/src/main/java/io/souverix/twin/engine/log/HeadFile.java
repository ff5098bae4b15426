package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The `head` file: how far the log was acknowledged, so that a cut tail is told from one that was
/// never finished.
///
/// 1024 bytes hold two slots, at 0 and 512, written in turn: a torn write spoils one and leaves the
/// other. It is written after every sync of a segment and synced itself only now and then, so on
/// disk it may be behind the segments, never ahead.
///
/// One thread: the log's writer.
final class HeadFile implements Closeable {
    static final String NAME = "head";
    static final int BYTES = 1024;

    private static final int SLOT_DISTANCE = 512;

    private final DiskFile file;
    private long sequence;

    private HeadFile(DiskFile file, long sequence) {
        this.file = file;
        this.sequence = sequence;
    }

    /// What the file said when the log was opened.
    ///
    /// @param newest the newer of its sound slots; empty if there is no file
    /// @param soundSlots how many of the two slots were sound
    record Found(Optional<HeadSlot> newest, int soundSlots) {}

    /// Reads the file.
    ///
    /// @throws CorruptLogException if there is one without any sound slot
    static Found read(Disk disk, Path directory) throws IOException {
        if (!disk.list(directory).contains(NAME)) {
            return new Found(Optional.empty(), 0);
        }
        Path path = directory.resolve(NAME);
        byte[] bytes;
        try (DiskFile file = disk.openForReading(path)) {
            bytes = new byte[(int) Math.min(file.size(), BYTES)];
            file.readFully(bytes, 0, bytes.length, 0);
        }
        HeadSlot[] sound =
                Stream.of(0, SLOT_DISTANCE)
                        .flatMap(offset -> HeadSlot.decode(bytes, offset).stream())
                        .toArray(HeadSlot[]::new);
        if (sound.length == 0) {
            throw new CorruptLogException(
                    path.toString(), 0, "two slots, one of them sound", "none");
        }
        Optional<HeadSlot> newest =
                Arrays.stream(sound).max(Comparator.comparingLong(HeadSlot::sequence));
        return new Found(newest, sound.length);
    }

    /// Opens the file for writing, makes both slots say the given state and syncs it.
    static HeadFile start(
            Disk disk, Path directory, Optional<HeadSlot> before, long firstBase, Tail tail)
            throws IOException {
        Path path = directory.resolve(NAME);
        long sequence = before.map(HeadSlot::sequence).orElse(0L);
        if (before.isEmpty()) {
            Path fresh = directory.resolve(NAME + ".new");
            try (DiskFile file = disk.openForWriting(fresh)) {
                file.truncate(0);
                file.writeFully(ByteBuffer.allocate(BYTES), 0);
                HeadFile head = new HeadFile(file, sequence);
                head.writeBoth(firstBase, tail);
            }
            disk.rename(fresh, path);
            disk.syncDirectory(directory);
        }
        HeadFile head = new HeadFile(disk.openForWriting(path), sequence);
        try {
            head.writeBoth(firstBase, tail);
            return head;
        } catch (IOException e) {
            head.close();
            throw e;
        }
    }

    /// Writes the state into the slot that is due. It is not synced.
    void write(long firstBase, Tail tail) throws IOException {
        HeadSlot slot = new HeadSlot(sequence + 1, firstBase, tail);
        file.writeFully(ByteBuffer.wrap(slot.encode()), (slot.sequence() & 1) * SLOT_DISTANCE);
        sequence = slot.sequence();
    }

    /// Writes the state into both slots, one after the other is durable.
    void writeBoth(long firstBase, Tail tail) throws IOException {
        write(firstBase, tail);
        file.sync();
        write(firstBase, tail);
        file.sync();
    }

    void sync() throws IOException {
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
