package io.souverix.twin.engine.log;

import java.nio.file.Path;
import java.util.Arrays;

/// The first 160 bytes of a file of kept records. Numbers are little-endian.
///
/// ```
///  offset  bytes  field
///       0      8  magic "TWINKEPT"
///       8      4  format version, 1
///      12      4  bytes of this header, 160
///      16      8  base of the first segment, also the file's name
///      24      8  records in the log before that segment, dropped ones included
///      32      8  recorded at of the frame before it, microseconds since the epoch
///      40      8  how many records are kept
///      48     32  SHA-256 of the frame before it
///      80      8  bytes of the note
///      88      8  bytes of the file
///      96     32  SHA-256 of all that follows this header
///     128     28  zero
///     156      4  CRC32C of the bytes 0 .. 155
///     160      -  blocks
/// ```
///
/// @param anchor what the first segment's header says stands before it
/// @param records how many records are kept
record KeptHeader(
        SegmentHeader anchor, long records, long noteBytes, long fileBytes, byte[] contentHash) {
    static final int BYTES = 160;
    static final long MAGIC = 0x5450454B4E495754L;
    static final int VERSION = 1;

    private static final int VERSION_AT = 8;
    private static final int SIZE_AT = 12;
    private static final int BASE = 16;
    private static final int RECORDS_BEFORE = 24;
    private static final int RECORDED_AT = 32;
    private static final int KEPT = 40;
    private static final int HASH = 48;
    private static final int NOTE = 80;
    private static final int FILE = 88;
    static final int CONTENT_HASH = 96;
    private static final int CRC = 156;

    byte[] encode() {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putLong(bytes, 0, MAGIC);
        LittleEndian.putInt(bytes, VERSION_AT, VERSION);
        LittleEndian.putInt(bytes, SIZE_AT, BYTES);
        LittleEndian.putLong(bytes, BASE, anchor.base());
        LittleEndian.putLong(bytes, RECORDS_BEFORE, anchor.recordsBefore());
        LittleEndian.putLong(bytes, RECORDED_AT, anchor.recordedAtBefore());
        LittleEndian.putLong(bytes, KEPT, records);
        System.arraycopy(anchor.hashBefore(), 0, bytes, HASH, Checksums.HASH_BYTES);
        LittleEndian.putLong(bytes, NOTE, noteBytes);
        LittleEndian.putLong(bytes, FILE, fileBytes);
        System.arraycopy(contentHash, 0, bytes, CONTENT_HASH, Checksums.HASH_BYTES);
        LittleEndian.putInt(bytes, CRC, Checksums.crc32c(bytes, 0, CRC));
        return bytes;
    }

    /// Reads the header of the file that belongs to the log's first segment.
    ///
    /// @throws CorruptLogException if it is not a sound one, or belongs to another log
    static KeptHeader decode(byte[] bytes, Path file, SegmentHeader first) {
        Place place = new Place(file, 0, 0);
        long magic = LittleEndian.getLong(bytes, 0);
        if (magic != MAGIC) {
            throw place.corrupt(0, "magic " + Long.toHexString(MAGIC), Long.toHexString(magic));
        }
        int version = LittleEndian.getInt(bytes, VERSION_AT);
        if (version != VERSION) {
            throw place.corrupt(VERSION_AT, "format version " + VERSION, version);
        }
        int crc = Checksums.crc32c(bytes, 0, CRC);
        int storedCrc = LittleEndian.getInt(bytes, CRC);
        if (crc != storedCrc) {
            throw place.corrupt(
                    0, "a header with CRC32C " + Checksums.hex(storedCrc), Checksums.hex(crc));
        }
        SegmentHeader anchor =
                new SegmentHeader(
                        LittleEndian.getLong(bytes, BASE),
                        LittleEndian.getLong(bytes, RECORDS_BEFORE),
                        LittleEndian.getLong(bytes, RECORDED_AT),
                        hash(bytes, HASH));
        if (anchor.base() != first.base() || !anchor.before().isBehindSameFrameAs(first.before())) {
            throw place.corrupt(
                    BASE,
                    "what is kept before base %d, %s"
                            .formatted(first.base(), first.before().description()),
                    "base %d, %s".formatted(anchor.base(), anchor.before().description()));
        }
        return new KeptHeader(
                anchor,
                LittleEndian.getLong(bytes, KEPT),
                LittleEndian.getLong(bytes, NOTE),
                LittleEndian.getLong(bytes, FILE),
                hash(bytes, CONTENT_HASH));
    }

    private static byte[] hash(byte[] bytes, int at) {
        return Arrays.copyOfRange(bytes, at, at + Checksums.HASH_BYTES);
    }
}
