package io.souverix.twin.engine.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// When frames were recorded, noted about every [#MARK_BYTES] of a segment as it is first asked about,
/// so that a moment is found in the log without reading all of it. Thread-safe.
final class RecordedMarks {
    /// Between two marks lies at least so much of the log.
    static final long MARK_BYTES = 1L << 20;

    private final Map<Long, List<Mark>> bySegment = new HashMap<>();

    /// A frame's address and when it was recorded.
    private record Mark(long address, long recordedAtMicros) {}

    /// The address of the first frame recorded after a moment, or the end of what the tip shows.
    synchronized long firstAfter(long recordedAtMicros, Tip tip) throws IOException {
        bySegment.keySet().removeIf(base -> base < tip.first().base());
        int index = lastBegunBy(recordedAtMicros, tip.segments());
        Segment segment = tip.segments().get(index);
        List<Mark> marks =
                bySegment.computeIfAbsent(
                        segment.base(), _ -> new ArrayList<>(List.of(firstOf(segment))));
        Mark from = marks.get(lastOf(marks, recordedAtMicros));
        long limit = tip.endOf(index);
        FrameCursor cursor =
                new FrameCursor(segment, from.address(), limit, FrameCursor.newBuffer(MARK_BYTES));
        while (cursor.next()) {
            FrameHeader header = cursor.header();
            if (header.address() - marks.getLast().address() >= MARK_BYTES) {
                marks.add(new Mark(header.address(), header.recordedAtMicros()));
            }
            if (header.recordedAtMicros() > recordedAtMicros) {
                return header.address();
            }
        }
        return limit;
    }

    private static Mark firstOf(Segment segment) {
        return new Mark(segment.header().firstFrame(), Long.MIN_VALUE);
    }

    /// The last segment that only frames recorded by then stand before; the first where none is.
    private static int lastBegunBy(long recordedAtMicros, List<Segment> segments) {
        int low = 0;
        int high = segments.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).header().recordedAtBefore() <= recordedAtMicros) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int lastOf(List<Mark> marks, long recordedAtMicros) {
        int low = 0;
        int high = marks.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (marks.get(middle).recordedAtMicros() <= recordedAtMicros) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
