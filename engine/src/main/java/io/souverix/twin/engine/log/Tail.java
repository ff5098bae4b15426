package io.souverix.twin.engine.log;

import java.util.Arrays;

/// The end of the frames: all that the next frame builds on.
///
/// @param end the address after the last frame
/// @param records the number of the next record
/// @param recordedAtMicros of the last frame, microseconds since the epoch; 0 if none
/// @param hash SHA-256 of the last frame; zeros if none
record Tail(long end, long records, long recordedAtMicros, byte[] hash) {
    /// Before the first frame of an empty log.
    static final Tail EMPTY = new Tail(0, 0, 0, new byte[Checksums.HASH_BYTES]);

    /// Whether both stand behind the same frame. The ends may differ by a segment's header.
    boolean isBehindSameFrameAs(Tail other) {
        return records == other.records
                && recordedAtMicros == other.recordedAtMicros
                && Arrays.equals(hash, other.hash);
    }

    /// What stands between frames, for messages.
    String description() {
        return "record %d, time %d, hash %s"
                .formatted(records, recordedAtMicros, Checksums.hex(hash));
    }

    /// The end after a frame that follows this one.
    Tail after(FrameHeader header, byte[] frameHash) {
        return new Tail(
                header.nextAddress(),
                header.firstRecord() + header.count(),
                header.recordedAtMicros(),
                frameHash);
    }
}
