package io.souverix.twin.engine.log;

import java.util.Arrays;

/// The 80 bytes before the records of a frame. Numbers are little-endian.
///
/// ```
///  offset  bytes  field
///       0      4  magic "TWFR"
///       4      4  payload length: the bytes of the records, 1 .. 64 MiB
///       8      4  record count, at least 1
///      12      4  CRC32C of the payload
///      16      8  address of this header
///      24      8  recorded at, microseconds since the epoch, never below the frame before
///      32      8  number of the first record, from 0 over the whole log
///      40     32  SHA-256 of the frame before (its header and payload); zeros in the first
///      72      4  zero
///      76      4  CRC32C of the bytes 0 .. 75
///      80      -  payload: records back to back, each u32 length + bytes
/// ```
///
/// A frame's own hash is the SHA-256 of header and payload; the next frame holds it.
record FrameHeader(
        int length,
        int count,
        int payloadCrc,
        long address,
        long recordedAtMicros,
        long firstRecord,
        byte[] hashBefore) {
    static final int BYTES = 80;
    static final int MAGIC = 0x52465754;

    private static final int LENGTH = 4;
    private static final int COUNT = 8;
    private static final int PAYLOAD_CRC = 12;
    private static final int ADDRESS = 16;
    static final int RECORDED_AT = 24;
    static final int FIRST_RECORD = 32;
    static final int HASH_BEFORE = 40;
    private static final int HEADER_CRC = 76;

    /// The header as it stands in the file.
    byte[] encode() {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putInt(bytes, 0, MAGIC);
        LittleEndian.putInt(bytes, LENGTH, length);
        LittleEndian.putInt(bytes, COUNT, count);
        LittleEndian.putInt(bytes, PAYLOAD_CRC, payloadCrc);
        LittleEndian.putLong(bytes, ADDRESS, address);
        LittleEndian.putLong(bytes, RECORDED_AT, recordedAtMicros);
        LittleEndian.putLong(bytes, FIRST_RECORD, firstRecord);
        System.arraycopy(hashBefore, 0, bytes, HASH_BEFORE, Checksums.HASH_BYTES);
        LittleEndian.putInt(bytes, HEADER_CRC, Checksums.crc32c(bytes, 0, HEADER_CRC));
        return bytes;
    }

    /// Whether a sound header of the given address stands here.
    static boolean isAt(byte[] bytes, int offset, long address) {
        return LittleEndian.getInt(bytes, offset) == MAGIC
                && LittleEndian.getLong(bytes, offset + ADDRESS) == address
                && LittleEndian.getInt(bytes, offset + HEADER_CRC)
                        == Checksums.crc32c(bytes, offset, HEADER_CRC);
    }

    /// Reads the header at `offset` of the array, which stands in its file where `place` says.
    ///
    /// @throws CorruptLogException if it is not a sound header of this address
    static FrameHeader decode(byte[] bytes, int offset, Place place) {
        int magic = LittleEndian.getInt(bytes, offset);
        if (magic != MAGIC) {
            throw place.corrupt(0, "frame magic " + Checksums.hex(MAGIC), Checksums.hex(magic));
        }
        int crc = Checksums.crc32c(bytes, offset, HEADER_CRC);
        int storedCrc = LittleEndian.getInt(bytes, offset + HEADER_CRC);
        if (crc != storedCrc) {
            throw place.corrupt(
                    0,
                    "a frame header with CRC32C " + Checksums.hex(storedCrc),
                    Checksums.hex(crc));
        }
        int hashAt = offset + HASH_BEFORE;
        FrameHeader header =
                new FrameHeader(
                        LittleEndian.getInt(bytes, offset + LENGTH),
                        LittleEndian.getInt(bytes, offset + COUNT),
                        LittleEndian.getInt(bytes, offset + PAYLOAD_CRC),
                        LittleEndian.getLong(bytes, offset + ADDRESS),
                        LittleEndian.getLong(bytes, offset + RECORDED_AT),
                        LittleEndian.getLong(bytes, offset + FIRST_RECORD),
                        Arrays.copyOfRange(bytes, hashAt, hashAt + Checksums.HASH_BYTES));
        header.checkBounds(place);
        return header;
    }

    private void checkBounds(Place place) {
        if (address != place.address()) {
            throw place.corrupt(ADDRESS, "the frame of address " + place.address(), address);
        }
        if (length <= 0 || length > EventLog.MAX_FRAME_BYTES) {
            throw place.corrupt(
                    LENGTH, "a payload of 1 to " + EventLog.MAX_FRAME_BYTES + " bytes", length);
        }
        if (count <= 0) {
            throw place.corrupt(COUNT, "a count of at least 1 record", count);
        }
    }

    /// The address after the frame.
    long nextAddress() {
        return address + BYTES + length;
    }
}
