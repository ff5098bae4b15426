package io.souverix.twin.engine.log;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;

/// Walks the frames of a segment and checks that each follows from the one before: its number, its
/// time, the hash it holds, and that its records fill it.
final class ChainCheck {
    private final Segment segment;
    private final MessageDigest sha256 = Checksums.sha256();
    private Tail tail;
    private long frames;

    ChainCheck(Segment segment) {
        this(segment, segment.header().before());
    }

    /// @param tail what the first frame of the walk must follow
    ChainCheck(Segment segment, Tail tail) {
        this.segment = segment;
        this.tail = tail;
    }

    /// The end of what was found sound so far.
    Tail tail() {
        return tail;
    }

    /// How many frames were found sound so far.
    long frames() {
        return frames;
    }

    /// Takes the cursor's next frame.
    ///
    /// @return false at the end of the cursor's stretch
    /// @throws CorruptLogException if the frame does not follow; the tail is the one before it
    boolean next(FrameCursor cursor) throws IOException {
        if (!cursor.next()) {
            return false;
        }
        FrameHeader header = cursor.header();
        Place place = segment.place(header.address());
        if (header.firstRecord() != tail.records()) {
            throw place.corrupt(
                    FrameHeader.FIRST_RECORD,
                    "the frame with first record " + tail.records(),
                    header.firstRecord());
        }
        if (header.recordedAtMicros() < tail.recordedAtMicros()) {
            throw place.corrupt(
                    FrameHeader.RECORDED_AT,
                    "a time not before " + tail.recordedAtMicros(),
                    header.recordedAtMicros());
        }
        if (!Arrays.equals(header.hashBefore(), tail.hash())) {
            throw place.corrupt(
                    FrameHeader.HASH_BEFORE,
                    "the hash of the frame before, " + Checksums.hex(tail.hash()),
                    Checksums.hex(header.hashBefore()));
        }
        int payload = cursor.payloadOffset();
        int records = RecordWalk.count(cursor.bytes(), payload, header.length());
        if (records != header.count()) {
            throw place.corrupt(
                    FrameHeader.BYTES,
                    header.count() + " records that fill the frame",
                    records < 0 ? "records that do not" : Integer.toString(records));
        }
        sha256.update(
                cursor.bytes(), payload - FrameHeader.BYTES, FrameHeader.BYTES + header.length());
        tail = tail.after(header, sha256.digest());
        frames++;
        return true;
    }
}
