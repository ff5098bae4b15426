package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file that only grows, read through memory: a single record costs a copy instead of a call of the
/// operating system. It is mapped part by part, as parts are first read; what was appended last is not
/// mapped yet. Whatever it cannot read it leaves to the channel, which says what is wrong. Thread-safe.
final class MappedFile implements Closeable {
    private static final int PART_BITS = 25;

    /// How much is mapped at a time.
    static final long PART_BYTES = 1L << PART_BITS;

    /// A part that is not full yet is mapped again once it has grown by so much.
    static final long GROWTH_BYTES = 4L << 20;

    private final Arena arena = Arena.ofShared();
    private volatile @Nullable MemorySegment[] parts = new MemorySegment[0];

    /// Fills a range of an array from a position; false where that is not in memory.
    boolean read(FileChannel channel, byte[] into, int offset, int length, long position)
            throws IOException {
        int part = (int) (position >>> PART_BITS);
        long at = position & (PART_BYTES - 1);
        MemorySegment mapped = mapped(part, at + length);
        if (mapped == null) {
            mapped = map(channel, part, at + length);
        }
        if (mapped == null) {
            return false;
        }
        try {
            MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, at, into, offset, length);
            return true;
        } catch (IllegalStateException | InternalError _) {
            // Closed meanwhile, or the disk failed, or the file was cut short.
            return false;
        }
    }

    private @Nullable MemorySegment mapped(int part, long upTo) {
        @Nullable MemorySegment[] known = parts;
        MemorySegment mapped = part < known.length ? known[part] : null;
        return mapped != null && mapped.byteSize() >= upTo ? mapped : null;
    }

    /// Maps a part as far as the file goes, where that is worth it.
    private synchronized @Nullable MemorySegment map(FileChannel channel, int part, long upTo)
            throws IOException {
        if (upTo > PART_BYTES || !arena.scope().isAlive()) {
            return null;
        }
        @Nullable MemorySegment[] known = parts;
        MemorySegment before = part < known.length ? known[part] : null;
        if (before != null && upTo < before.byteSize() + GROWTH_BYTES / 2) {
            // Asking how long the file is costs as much as reading it.
            return mapped(part, upTo);
        }
        long start = (long) part << PART_BITS;
        long size = Math.min(PART_BYTES, channel.size() - start);
        long grown = size - (before == null ? 0 : before.byteSize());
        if (size < upTo || (grown < GROWTH_BYTES && size < PART_BYTES)) {
            return mapped(part, upTo);
        }
        MemorySegment fresh = channel.map(MapMode.READ_ONLY, start, size, arena);
        @Nullable MemorySegment[] more = Arrays.copyOf(known, Math.max(known.length, part + 1));
        more[part] = fresh;
        parts = more;
        return fresh;
    }

    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
