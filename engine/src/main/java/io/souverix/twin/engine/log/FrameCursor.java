package io.souverix.twin.engine.log;

import java.io.IOException;

/// Reads the frames of a stretch of one segment, in order, each with its checksums.
///
/// The file is read in large pieces into one array, which is kept and grows to the largest frame.
/// For one thread.
final class FrameCursor {
    private static final int PIECE_BYTES = 1 << 20;
    private static final FrameHeader NONE =
            new FrameHeader(0, 0, 0, 0, 0, 0, new byte[Checksums.HASH_BYTES]);

    private final Segment segment;
    private final long limit;
    private byte[] bytes;
    private int from;
    private int to;
    private long address;
    private FrameHeader header;

    /// @param address of the first frame to read
    /// @param limit the address before which the stretch ends
    /// @param buffer used first, so that it can serve several cursors in turn
    FrameCursor(Segment segment, long address, long limit, byte[] buffer) {
        this.segment = segment;
        this.address = address;
        this.limit = limit;
        this.bytes = buffer;
        this.header = NONE;
    }

    /// A buffer for reading so many bytes in all.
    static byte[] newBuffer(long bytes) {
        return new byte[(int) Math.min(bytes, PIECE_BYTES)];
    }

    /// Goes to the next frame.
    ///
    /// @return false at the end of the stretch
    /// @throws CorruptLogException if there is no sound frame; the cursor stays before it
    boolean next() throws IOException {
        if (address == limit) {
            return false;
        }
        Place place = segment.place(address);
        require(FrameHeader.BYTES, "a frame header", place);
        FrameHeader found = FrameHeader.decode(bytes, from, place);
        require(FrameHeader.BYTES + found.length(), "a frame", place);
        int crc = Checksums.crc32c(bytes, from + FrameHeader.BYTES, found.length());
        if (crc != found.payloadCrc()) {
            throw place.corrupt(
                    FrameHeader.BYTES,
                    "a payload with CRC32C " + Checksums.hex(found.payloadCrc()),
                    Checksums.hex(crc));
        }
        from += FrameHeader.BYTES + found.length();
        address = found.nextAddress();
        header = found;
        return true;
    }

    /// The address of the next frame.
    long address() {
        return address;
    }

    /// The header of the present frame.
    FrameHeader header() {
        return header;
    }

    /// The array that holds the present frame's payload, and can serve the next cursor.
    byte[] bytes() {
        return bytes;
    }

    /// Where the payload begins in [#bytes()]; the header lies before it.
    int payloadOffset() {
        return from - header.length();
    }

    private void require(int needed, String what, Place place) throws IOException {
        if (to - from >= needed) {
            return;
        }
        if (needed > limit - address) {
            throw place.corrupt(
                    (int) (limit - address),
                    "%s of %d bytes".formatted(what, needed),
                    "the end after " + (limit - address));
        }
        fill(needed);
    }

    private void fill(int needed) throws IOException {
        byte[] into = needed > bytes.length ? new byte[needed] : bytes;
        System.arraycopy(bytes, from, into, 0, to - from);
        bytes = into;
        to -= from;
        from = 0;
        long readFrom = address + to;
        int count = (int) Math.min(bytes.length - to, limit - readFrom);
        segment.read(bytes, to, count, readFrom);
        to += count;
    }
}
