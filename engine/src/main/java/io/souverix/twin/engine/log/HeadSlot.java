package io.souverix.twin.engine.log;

import java.util.Arrays;
import java.util.Optional;

/// One of the two slots of the `head` file, 128 bytes. Numbers are little-endian.
///
/// ```
///  offset  bytes  field
///       0      8  magic "TWINHEAD"
///       8      4  format version, 1
///      12      4  zero
///      16      8  sequence: grows by one with every write; slot 0 holds the even ones
///      24      8  base of the first retained segment
///      32      8  address after the last acknowledged frame
///      40      8  number of the next record
///      48      8  recorded at of the last frame, microseconds since the epoch
///      56     32  SHA-256 of the last frame
///      88     36  zero
///     124      4  CRC32C of the bytes 0 .. 123
/// ```
///
/// @param sequence which write this was
/// @param firstBase base of the first retained segment
/// @param tail the end of what was acknowledged
record HeadSlot(long sequence, long firstBase, Tail tail) {
    static final int BYTES = 128;
    static final long MAGIC = 0x444145484E495754L;
    static final int VERSION = 1;

    private static final int VERSION_AT = 8;
    private static final int SEQUENCE = 16;
    private static final int FIRST_BASE = 24;
    private static final int END = 32;
    private static final int RECORDS = 40;
    private static final int RECORDED_AT = 48;
    private static final int HASH = 56;
    private static final int CRC = 124;

    byte[] encode() {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putLong(bytes, 0, MAGIC);
        LittleEndian.putInt(bytes, VERSION_AT, VERSION);
        LittleEndian.putLong(bytes, SEQUENCE, sequence);
        LittleEndian.putLong(bytes, FIRST_BASE, firstBase);
        LittleEndian.putLong(bytes, END, tail.end());
        LittleEndian.putLong(bytes, RECORDS, tail.records());
        LittleEndian.putLong(bytes, RECORDED_AT, tail.recordedAtMicros());
        System.arraycopy(tail.hash(), 0, bytes, HASH, Checksums.HASH_BYTES);
        LittleEndian.putInt(bytes, CRC, Checksums.crc32c(bytes, 0, CRC));
        return bytes;
    }

    /// The slot that stands at `offset`, empty unless it is a sound one.
    static Optional<HeadSlot> decode(byte[] bytes, int offset) {
        if (bytes.length - offset < BYTES
                || LittleEndian.getLong(bytes, offset) != MAGIC
                || LittleEndian.getInt(bytes, offset + VERSION_AT) != VERSION
                || LittleEndian.getInt(bytes, offset + CRC)
                        != Checksums.crc32c(bytes, offset, CRC)) {
            return Optional.empty();
        }
        int hash = offset + HASH;
        Tail tail =
                new Tail(
                        LittleEndian.getLong(bytes, offset + END),
                        LittleEndian.getLong(bytes, offset + RECORDS),
                        LittleEndian.getLong(bytes, offset + RECORDED_AT),
                        Arrays.copyOfRange(bytes, hash, hash + Checksums.HASH_BYTES));
        return Optional.of(
                new HeadSlot(
                        LittleEndian.getLong(bytes, offset + SEQUENCE),
                        LittleEndian.getLong(bytes, offset + FIRST_BASE),
                        tail));
    }
}
