package io.souverix.twin.engine.log;

/// The 32 bytes before the payload of a block of kept records. Numbers are little-endian.
///
/// ```
///  offset  bytes  field
///       0      4  magic "TWKB"
///       4      4  payload length
///       8      4  how many records; 0 for a piece of the note
///      12      4  CRC32C of the payload
///      16      8  address of the first record; 0 for a piece of the note
///      24      4  zero
///      28      4  CRC32C of the bytes 0 .. 27
///      32      -  payload: a piece of the note, or records in the order of their addresses,
///                 each u64 address, u32 length, bytes
/// ```
record KeptBlock(int length, int count, int payloadCrc, long firstAddress) {
    static final int BYTES = 32;
    static final int MAGIC = 0x424B5754;

    /// Before each record: its address, then its length.
    static final int ENTRY_BYTES = Long.BYTES + RecordBatch.LENGTH_BYTES;

    /// A payload takes no more beyond so many bytes.
    static final int FULL_BYTES = 64 << 10;

    private static final int MAX_BYTES = FULL_BYTES + ENTRY_BYTES + EventLog.MAX_RECORD_BYTES;
    private static final int LENGTH = 4;
    private static final int COUNT = 8;
    private static final int PAYLOAD_CRC = 12;
    private static final int FIRST = 16;
    private static final int CRC = 28;

    byte[] encode() {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putInt(bytes, 0, MAGIC);
        LittleEndian.putInt(bytes, LENGTH, length);
        LittleEndian.putInt(bytes, COUNT, count);
        LittleEndian.putInt(bytes, PAYLOAD_CRC, payloadCrc);
        LittleEndian.putLong(bytes, FIRST, firstAddress);
        LittleEndian.putInt(bytes, CRC, Checksums.crc32c(bytes, 0, CRC));
        return bytes;
    }

    static KeptBlock decode(byte[] bytes, Place place) {
        int magic = LittleEndian.getInt(bytes, 0);
        int crc = LittleEndian.getInt(bytes, CRC);
        if (magic != MAGIC || crc != Checksums.crc32c(bytes, 0, CRC)) {
            throw place.corrupt(
                    0,
                    "the header of a block, magic %s and CRC32C %s"
                            .formatted(
                                    Checksums.hex(MAGIC),
                                    Checksums.hex(Checksums.crc32c(bytes, 0, CRC))),
                    Checksums.hex(magic) + " and " + Checksums.hex(crc));
        }
        int length = LittleEndian.getInt(bytes, LENGTH);
        if (length < 0 || length > MAX_BYTES) {
            throw place.corrupt(LENGTH, "a payload of at most " + MAX_BYTES + " bytes", length);
        }
        return new KeptBlock(
                length,
                LittleEndian.getInt(bytes, COUNT),
                LittleEndian.getInt(bytes, PAYLOAD_CRC),
                LittleEndian.getLong(bytes, FIRST));
    }
}
