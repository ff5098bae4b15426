package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {
    private static final int MAX_READ = 9_000;

    @TempDir Path directory;

    @Test
    void a_file_that_grows_is_read_through_memory_as_it_is_on_disk() throws IOException {
        Random random = Seed.random("MappedFileTest");
        byte[] whole = new byte[(int) (MappedFile.PART_BYTES + 3 * MappedFile.GROWTH_BYTES)];
        random.nextBytes(whole);
        Path path = directory.resolve("grows");
        NioDisk disk = new NioDisk();
        try (DiskFile writer = disk.openForWriting(path);
                DiskFile reader = disk.openForReading(path)) {
            int written = 0;
            while (written < whole.length) {
                int more = Math.min(whole.length - written, 1 + random.nextInt(6 * 1024 * 1024));
                writer.writeFully(ByteBuffer.wrap(whole, written, more), written);
                written += more;
                for (int i = 0; i < 50; i++) {
                    requireSame(reader, whole, random.nextInt(written), random, written);
                }
                requireSame(reader, whole, Math.max(0, written - 10), random, written);
            }
            int border = (int) MappedFile.PART_BYTES;
            requireSame(reader, whole, border - 5, random, written);
            requireSame(reader, whole, border, random, written);
        }
    }

    private static void requireSame(
            DiskFile reader, byte[] whole, int from, Random random, int written)
            throws IOException {
        int length = Math.min(written - from, 1 + random.nextInt(MAX_READ));
        byte[] read = new byte[length + 7];
        reader.readFully(read, 7, length, from);
        assertThat(Arrays.equals(read, 7, 7 + length, whole, from, from + length))
                .as("%d bytes from %d of %d", length, from, written)
                .isTrue();
    }

    @Test
    void what_is_beyond_the_end_or_behind_a_close_is_told_as_without_memory() throws IOException {
        byte[] whole = new byte[(int) (2 * MappedFile.GROWTH_BYTES)];
        Path path = directory.resolve("closed");
        NioDisk disk = new NioDisk();
        try (DiskFile writer = disk.openForWriting(path)) {
            writer.writeFully(ByteBuffer.wrap(whole), 0);
        }
        DiskFile reader = disk.openForReading(path);
        byte[] into = new byte[100];
        reader.readFully(into, 0, 100, whole.length - 100);
        assertThatThrownBy(() -> reader.readFully(into, 0, 100, whole.length - 99))
                .isInstanceOf(EOFException.class);
        reader.close();
        assertThatThrownBy(() -> reader.readFully(into, 0, 100, 0))
                .isInstanceOf(ClosedChannelException.class);
    }
}
