package io.souverix.twin.engine.log;

import java.nio.file.Path;
import java.util.Arrays;

/// The first 96 bytes of a segment file. Numbers are little-endian.
///
/// ```
///  offset  bytes  field
///       0      8  magic "TWINSEG1"
///       8      4  format version, 1
///      12      4  bytes of this header, 96
///      16      8  base: the address of the file's first byte, also its name
///      24      8  records in the log before this file
///      32      8  recorded at of the frame before, microseconds since the epoch; 0 if none
///      40      8  zero
///      48     32  SHA-256 of the frame before; zeros if none
///      80     12  zero
///      92      4  CRC32C of the bytes 0 .. 91
///      96      -  frames
/// ```
record SegmentHeader(long base, long recordsBefore, long recordedAtBefore, byte[] hashBefore) {
    static final int BYTES = 96;
    static final long MAGIC = 0x314745534E495754L;
    static final int VERSION = 1;

    /// The header of a new log's first segment.
    static final SegmentHeader FIRST = new SegmentHeader(0, 0, 0, new byte[Checksums.HASH_BYTES]);

    private static final int VERSION_AT = 8;
    private static final int SIZE_AT = 12;
    private static final int BASE = 16;
    private static final int RECORDS = 24;
    private static final int RECORDED_AT = 32;
    private static final int HASH = 48;
    private static final int CRC = 92;

    byte[] encode() {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putLong(bytes, 0, MAGIC);
        LittleEndian.putInt(bytes, VERSION_AT, VERSION);
        LittleEndian.putInt(bytes, SIZE_AT, BYTES);
        LittleEndian.putLong(bytes, BASE, base);
        LittleEndian.putLong(bytes, RECORDS, recordsBefore);
        LittleEndian.putLong(bytes, RECORDED_AT, recordedAtBefore);
        System.arraycopy(hashBefore, 0, bytes, HASH, Checksums.HASH_BYTES);
        LittleEndian.putInt(bytes, CRC, Checksums.crc32c(bytes, 0, CRC));
        return bytes;
    }

    /// Reads the header of the segment file whose name says `base`.
    ///
    /// @throws CorruptLogException if it is not a sound one of this version and base
    static SegmentHeader decode(byte[] bytes, Path file, long base) {
        Place place = new Place(file, base, base);
        long magic = LittleEndian.getLong(bytes, 0);
        if (magic != MAGIC) {
            throw place.corrupt(
                    0, "segment magic " + Long.toHexString(MAGIC), Long.toHexString(magic));
        }
        int version = LittleEndian.getInt(bytes, VERSION_AT);
        if (version != VERSION) {
            throw place.corrupt(VERSION_AT, "format version " + VERSION, version);
        }
        int crc = Checksums.crc32c(bytes, 0, CRC);
        int storedCrc = LittleEndian.getInt(bytes, CRC);
        if (crc != storedCrc) {
            throw place.corrupt(
                    0,
                    "a segment header with CRC32C " + Checksums.hex(storedCrc),
                    Checksums.hex(crc));
        }
        long storedBase = LittleEndian.getLong(bytes, BASE);
        if (storedBase != base) {
            throw place.corrupt(BASE, "base " + base + " as the file's name says", storedBase);
        }
        return new SegmentHeader(
                base,
                LittleEndian.getLong(bytes, RECORDS),
                LittleEndian.getLong(bytes, RECORDED_AT),
                Arrays.copyOfRange(bytes, HASH, HASH + Checksums.HASH_BYTES));
    }

    /// The state before the segment's first frame.
    Tail before() {
        return new Tail(firstFrame(), recordsBefore, recordedAtBefore, hashBefore);
    }

    /// The address of the first frame of the segment.
    long firstFrame() {
        return base + BYTES;
    }
}
