package io.souverix.twin.engine.log;

import java.io.IOException;
import java.util.Optional;

/// The last segment as it is found when a log is opened: read frame by frame and held against the
/// head.
///
/// Up to the acknowledged end everything must be sound. Beyond it whole frames are kept, and one
/// unfinished append may follow.
final class LastSegment {
    private final Segment segment;
    private final Optional<HeadSlot> head;
    private final ChainCheck check;
    private final long acknowledgedEnd;
    private Optional<String> tornReason = Optional.empty();
    private long framesBeyondHead;

    LastSegment(Segment segment, Optional<HeadSlot> head) {
        this.segment = segment;
        this.head = head;
        this.check = new ChainCheck(segment);
        this.acknowledgedEnd = head.map(slot -> slot.tail().end()).orElse(segment.base());
    }

    /// Reads the segment.
    ///
    /// @throws CorruptLogException if an acknowledged byte is wrong or missing, or what lies beyond
    ///     is neither sound nor torn
    void walk() throws IOException {
        long size = segment.file().size();
        FrameCursor cursor =
                new FrameCursor(
                        segment, tail().end(), segment.base() + size, FrameCursor.newBuffer(size));
        compareWithHead();
        while (advance(cursor)) {
            compareWithHead();
        }
        if (tail().end() < acknowledgedEnd) {
            throw new CorruptLogException(
                    segment.path().toString(),
                    size,
                    "acknowledged frames up to address " + acknowledgedEnd,
                    "the end of the file at address " + (segment.base() + size));
        }
    }

    private boolean advance(FrameCursor cursor) throws IOException {
        long before = tail().end();
        try {
            if (!check.next(cursor)) {
                return false;
            }
        } catch (CorruptLogException e) {
            if (before >= acknowledgedEnd) {
                tornReason = TornTailJudge.judge(segment, before);
            }
            if (tornReason.isEmpty()) {
                throw e;
            }
            return false;
        }
        if (tail().end() > acknowledgedEnd) {
            if (before < acknowledgedEnd) {
                throw segment.place(before)
                        .corrupt(0, "a frame up to the head's " + acknowledgedEnd, tail().end());
            }
            framesBeyondHead++;
        }
        return true;
    }

    /// At the acknowledged end, number and hash must be the ones acknowledged.
    private void compareWithHead() {
        if (head.isEmpty() || !isAtAcknowledgedEnd()) {
            return;
        }
        Tail acknowledged = head.get().tail();
        if (!tail().isBehindSameFrameAs(acknowledged)) {
            throw segment.place(tail().end())
                    .corrupt(0, "to be behind " + acknowledged.description(), tail().description());
        }
    }

    private boolean isAtAcknowledgedEnd() {
        boolean first = check.frames() == 0;
        return tail().end() == acknowledgedEnd || (first && segment.base() == acknowledgedEnd);
    }

    Segment segment() {
        return segment;
    }

    /// The end of the sound frames.
    Tail tail() {
        return check.tail();
    }

    /// Up to where the head says it was acknowledged; the segment's base if there is no head.
    long acknowledgedEnd() {
        return acknowledgedEnd;
    }

    /// Why the bytes behind the sound frames are a torn append; empty if there are none.
    Optional<String> tornReason() {
        return tornReason;
    }

    /// How many sound frames lie beyond the acknowledged end.
    long framesBeyondHead() {
        return framesBeyondHead;
    }
}
