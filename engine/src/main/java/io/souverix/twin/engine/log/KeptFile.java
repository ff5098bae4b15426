package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What is kept of what a log dropped: a note, and records under the addresses they always had. It
/// belongs to the first segment, whose header it repeats, so that the chain of hashes goes on from
/// what was dropped. Read from any thread.
final class KeptFile implements Closeable {
    static final String SUFFIX = ".kept";

    private final Path path;
    private final DiskFile file;
    private final KeptHeader header;

    /// Pieces of the note, then records by address.
    private final List<Stretch> notes = new ArrayList<>();

    private final List<Stretch> blocks = new ArrayList<>();

    /// A block and where in the file it begins.
    private record Stretch(KeptBlock block, long offset) {}

    /// Takes records in the order of their addresses.
    @FunctionalInterface
    interface Visitor {
        /// @param from where the record's length field begins in the array
        void visit(long address, byte[] bytes, int from, int size) throws IOException;
    }

    private KeptFile(Path path, DiskFile file, KeptHeader header) {
        this.path = path;
        this.file = file;
        this.header = header;
    }

    static String name(long base) {
        return "%020d%s".formatted(base, SUFFIX);
    }

    /// The base that a file's name says; empty if it is not the name of such a file.
    static Optional<Long> base(String name) {
        return name.endsWith(SUFFIX)
                ? Segment.base(name.replace(SUFFIX, Segment.SUFFIX))
                : Optional.empty();
    }

    /// Opens the file that belongs to the first segment; what its blocks say is checked, not yet what
    /// is in them.
    static KeptFile open(Disk disk, Path directory, SegmentHeader first) throws IOException {
        Path path = directory.resolve(name(first.base()));
        if (!disk.list(directory).contains(name(first.base()))) {
            throw new CorruptLogException(
                    path.toString(), 0, "what is kept of before the first segment", "no file");
        }
        DiskFile file = disk.openForReading(path);
        try {
            byte[] bytes = new byte[KeptHeader.BYTES];
            requireSize(path, file, KeptHeader.BYTES);
            file.readFully(bytes, 0, bytes.length, 0);
            KeptFile kept = new KeptFile(path, file, KeptHeader.decode(bytes, path, first));
            kept.readBlocks();
            return kept;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void requireSize(Path path, DiskFile file, long bytes) throws IOException {
        if (file.size() < bytes) {
            throw new CorruptLogException(
                    path.toString(), file.size(), bytes + " bytes", "the end of the file");
        }
    }

    private void readBlocks() throws IOException {
        requireSize(path, file, header.fileBytes());
        byte[] bytes = new byte[KeptBlock.BYTES];
        long records = 0;
        long note = 0;
        for (long at = KeptHeader.BYTES; at < header.fileBytes(); ) {
            file.readFully(bytes, 0, bytes.length, at);
            KeptBlock block = KeptBlock.decode(bytes, place(at));
            (block.count() == 0 ? notes : blocks).add(new Stretch(block, at));
            records += block.count();
            note += block.count() == 0 ? block.length() : 0;
            at += KeptBlock.BYTES + block.length();
        }
        if (records != header.records() || note != header.noteBytes()) {
            throw place(0).corrupt(
                            0,
                            "%d records and a note of %d bytes"
                                    .formatted(header.records(), header.noteBytes()),
                            "%d and %d".formatted(records, note));
        }
    }

    private Place place(long offset) {
        return new Place(path, 0, offset);
    }

    Path path() {
        return path;
    }

    long records() {
        return header.records();
    }

    long bytes() {
        return header.fileBytes();
    }

    /// The note, every byte of it checked.
    byte[] note() throws IOException {
        byte[] note = new byte[(int) header.noteBytes()];
        int at = 0;
        for (Stretch piece : notes) {
            byte[] bytes = payload(piece);
            System.arraycopy(bytes, 0, note, at, bytes.length);
            at += bytes.length;
        }
        return note;
    }

    private byte[] payload(Stretch stretch) throws IOException {
        byte[] bytes = new byte[stretch.block().length()];
        long at = stretch.offset() + KeptBlock.BYTES;
        try {
            file.readFully(bytes, 0, bytes.length, at);
        } catch (EOFException e) {
            throw place(at).corrupt(0, bytes.length + " bytes", String.valueOf(e.getMessage()));
        }
        int crc = Checksums.crc32c(bytes, 0, bytes.length);
        if (crc != stretch.block().payloadCrc()) {
            throw place(at)
                    .corrupt(
                            0,
                            "a payload with CRC32C " + Checksums.hex(stretch.block().payloadCrc()),
                            Checksums.hex(crc));
        }
        return bytes;
    }

    /// Visits all records.
    void each(Visitor visitor) throws IOException {
        for (Stretch stretch : blocks) {
            each(stretch, payload(stretch), visitor);
        }
    }

    private void each(Stretch stretch, byte[] bytes, Visitor visitor) throws IOException {
        int at = 0;
        for (int i = 0; i < stretch.block().count(); i++) {
            int left = bytes.length - at - KeptBlock.ENTRY_BYTES;
            int size = left < 0 ? -1 : LittleEndian.getInt(bytes, at + Long.BYTES);
            if (size < 0 || size > left) {
                throw place(stretch.offset() + KeptBlock.BYTES + at)
                        .corrupt(0, "a record of at most " + Math.max(0, left) + " bytes", size);
            }
            visitor.visit(LittleEndian.getLong(bytes, at), bytes, at + Long.BYTES, size);
            at += KeptBlock.ENTRY_BYTES + size;
        }
    }

    /// The record of an address, without its length field; empty where it is not kept.
    Optional<byte[]> read(long address) throws IOException {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).block().firstAddress() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return Optional.empty();
        }
        List<byte[]> found = new ArrayList<>(1);
        Stretch stretch = blocks.get(low - 1);
        each(
                stretch,
                payload(stretch),
                (at, bytes, from, size) -> {
                    if (at == address) {
                        int begin = from + RecordBatch.LENGTH_BYTES;
                        found.add(Arrays.copyOfRange(bytes, begin, begin + size));
                    }
                });
        return found.stream().findFirst();
    }

    /// Reads every byte and checks every checksum.
    void verify() throws IOException {
        MessageDigest sha256 = Checksums.sha256();
        List<Stretch> all = new ArrayList<>(notes);
        all.addAll(blocks);
        for (Stretch stretch : all) {
            byte[] bytes = payload(stretch);
            if (stretch.block().count() > 0) {
                each(stretch, bytes, (_, _, _, _) -> {});
            }
            sha256.update(stretch.block().encode());
            sha256.update(bytes);
        }
        byte[] hash = sha256.digest();
        if (!Arrays.equals(hash, header.contentHash())) {
            throw place(0).corrupt(
                            KeptHeader.CONTENT_HASH,
                            "contents with SHA-256 " + Checksums.hex(header.contentHash()),
                            Checksums.hex(hash));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
