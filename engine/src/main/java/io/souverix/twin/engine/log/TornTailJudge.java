package io.souverix.twin.engine.log;

import java.io.IOException;
import java.util.Optional;

/// Tells an append that a crash cut short from damage, by the bytes behind the last sound frame.
///
/// Only what lies beyond the acknowledged end is judged here. One append is under way at most, so a
/// torn tail is one unfinished frame and nothing behind it. It is torn if
///
/// - the file ends before the frame does, or
/// - the frame is there in length, its checksum is wrong, and a whole block of 512 bytes (or the
///   part of one that the tail covers) is zeros: space the file system gave to the file without the
///   contents having reached it.
///
/// All else is damage: a wrong checksum in bytes that were all written, a frame that does not follow
/// from the one before, a broken header with a sound frame behind it.
final class TornTailJudge {
    private static final int BLOCK_BYTES = 512;

    private final Segment segment;
    private final long address;
    private final byte[] tail;

    private TornTailJudge(Segment segment, long address, byte[] tail) {
        this.segment = segment;
        this.address = address;
        this.tail = tail;
    }

    /// Judges the bytes from `address` to the end of the file.
    ///
    /// @return why they are a torn tail, or empty if they are not
    static Optional<String> judge(Segment segment, long address) throws IOException {
        long offset = address - segment.base();
        long size = segment.file().size() - offset;
        if (size > FrameHeader.BYTES + EventLog.MAX_FRAME_BYTES) {
            return Optional.empty();
        }
        byte[] tail = new byte[(int) size];
        segment.read(tail, 0, tail.length, address);
        return new TornTailJudge(segment, address, tail).judge();
    }

    private Optional<String> judge() {
        if (tail.length < FrameHeader.BYTES) {
            return Optional.of("the file ends inside a frame header");
        }
        return FrameHeader.isAt(tail, 0, address) ? judgeFrame() : judgeWithoutHeader();
    }

    private Optional<String> judgeFrame() {
        FrameHeader header = FrameHeader.decode(tail, 0, segment.place(address));
        int size = FrameHeader.BYTES + header.length();
        if (size > tail.length) {
            return Optional.of("the file ends before the frame does");
        }
        int crc = Checksums.crc32c(tail, FrameHeader.BYTES, header.length());
        if (size == tail.length && crc != header.payloadCrc() && hasZeroBlock()) {
            return Optional.of("a block of the frame was not written");
        }
        return Optional.empty();
    }

    private Optional<String> judgeWithoutHeader() {
        for (int at = 1; at <= tail.length - FrameHeader.BYTES; at++) {
            if (FrameHeader.isAt(tail, at, address + at)) {
                return Optional.empty();
            }
        }
        return hasZeroBlock()
                ? Optional.of("a block with the frame header was not written")
                : Optional.empty();
    }

    private boolean hasZeroBlock() {
        long fileOffset = address - segment.base();
        int at = 0;
        while (at < tail.length) {
            int inBlock = (int) ((fileOffset + at) % BLOCK_BYTES);
            int end = Math.min(tail.length, at + BLOCK_BYTES - inBlock);
            if (isZero(at, end)) {
                return true;
            }
            at = end;
        }
        return false;
    }

    private boolean isZero(int from, int to) {
        for (int at = from; at < to; at++) {
            if (tail[at] != 0) {
                return false;
            }
        }
        return true;
    }
}
