package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/// Writes a file of kept records: first the note, then records in the order of their addresses. The
/// file has its name only once it is whole and durable.
final class KeptWriter implements Closeable {
    private final Disk disk;
    private final Path directory;
    private final SegmentHeader first;
    private final Path fresh;
    private final DiskFile file;
    private final MessageDigest sha256 = Checksums.sha256();
    private byte[] payload = new byte[2 * KeptBlock.FULL_BYTES];
    private int length;
    private int count;
    private long firstAddress;
    private long records;
    private long at = KeptHeader.BYTES;
    private final long noteBytes;

    /// @param first the header of the segment that the log will begin with
    KeptWriter(Disk disk, Path directory, SegmentHeader first, byte[] note) throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.first = first;
        this.fresh = directory.resolve(KeptFile.name(first.base()) + Opening.NEW_SUFFIX);
        this.file = disk.openForWriting(fresh);
        this.noteBytes = note.length;
        boolean begun = false;
        try {
            file.truncate(0);
            for (int from = 0; from < note.length; from += KeptBlock.FULL_BYTES) {
                int size = Math.min(KeptBlock.FULL_BYTES, note.length - from);
                write(note, from, size);
            }
            begun = true;
        } finally {
            if (!begun) {
                file.close();
            }
        }
    }

    /// Adds the record of an address.
    void add(long address, byte[] bytes, int from, int size) throws IOException {
        if (length >= KeptBlock.FULL_BYTES) {
            endBlock();
        }
        if (count == 0) {
            firstAddress = address;
        }
        int needed = length + KeptBlock.ENTRY_BYTES + size;
        if (needed > payload.length) {
            payload = Arrays.copyOf(payload, needed);
        }
        LittleEndian.putLong(payload, length, address);
        LittleEndian.putInt(payload, length + Long.BYTES, size);
        System.arraycopy(bytes, from, payload, length + KeptBlock.ENTRY_BYTES, size);
        length = needed;
        count++;
        records++;
    }

    private void endBlock() throws IOException {
        if (count > 0) {
            write(payload, 0, length);
            length = 0;
            count = 0;
            firstAddress = 0;
        }
    }

    private void write(byte[] bytes, int from, int size) throws IOException {
        KeptBlock block =
                new KeptBlock(size, count, Checksums.crc32c(bytes, from, size), firstAddress);
        byte[] header = block.encode();
        sha256.update(header);
        sha256.update(bytes, from, size);
        file.writeFully(ByteBuffer.wrap(header), at);
        file.writeFully(ByteBuffer.wrap(bytes, from, size), at + KeptBlock.BYTES);
        at += KeptBlock.BYTES + size;
    }

    /// Makes the file whole and durable, and gives it its name.
    void finish() throws IOException {
        endBlock();
        KeptHeader header = new KeptHeader(first, records, noteBytes, at, sha256.digest());
        file.writeFully(ByteBuffer.wrap(header.encode()), 0);
        file.sync();
        disk.rename(fresh, directory.resolve(KeptFile.name(first.base())));
        disk.syncDirectory(directory);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
