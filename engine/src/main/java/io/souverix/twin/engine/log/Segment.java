package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A segment file open for reading.
///
/// @param path the file, named by its base in 20 digits
/// @param header its first bytes
/// @param file read from any thread
record Segment(Path path, SegmentHeader header, DiskFile file) implements Closeable {
    static final String SUFFIX = ".seg";

    private static final int NAME_DIGITS = 20;

    /// The name of the segment with this base.
    static String name(long base) {
        return "%020d%s".formatted(base, SUFFIX);
    }

    /// The base that a file's name says; empty if it is not the name of a segment.
    static Optional<Long> base(String name) {
        if (!name.matches("[0-9]{" + NAME_DIGITS + "}\\.seg")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(name, 0, NAME_DIGITS, 10));
    }

    /// Opens a file and checks its header.
    static Segment open(Disk disk, Path path, long base) throws IOException {
        DiskFile file = disk.openForReading(path);
        try {
            return new Segment(path, readHeader(file, path, base), file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// Reads the header again from the file.
    SegmentHeader readHeader() throws IOException {
        return readHeader(file, path, base());
    }

    private static SegmentHeader readHeader(DiskFile file, Path path, long base)
            throws IOException {
        long size = file.size();
        if (size < SegmentHeader.BYTES) {
            throw new CorruptLogException(
                    path.toString(),
                    size,
                    "a segment header of " + SegmentHeader.BYTES + " bytes",
                    "the end of the file");
        }
        byte[] bytes = new byte[SegmentHeader.BYTES];
        file.readFully(bytes, 0, bytes.length, 0);
        return SegmentHeader.decode(bytes, path, base);
    }

    long base() {
        return header.base();
    }

    /// Fills the range of the array with what begins at an address.
    ///
    /// @throws CorruptLogException if the file ends before
    void read(byte[] bytes, int offset, int length, long address) throws IOException {
        try {
            file.readFully(bytes, offset, length, address - base());
        } catch (EOFException e) {
            throw place(address).corrupt(0, length + " bytes", String.valueOf(e.getMessage()));
        }
    }

    /// Where something with this address stands.
    Place place(long address) {
        return new Place(path, base(), address);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
