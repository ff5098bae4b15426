package io.souverix.twin.engine.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reader may see of a [SegmentLog] at one moment: its segments and how far they are durable.
///
/// @param segments at least one, by base, each beginning where the one before ends
/// @param tail the end of the last segment's durable frames
/// @param kept of what was dropped before the first segment; null while nothing was
record Tip(List<Segment> segments, Tail tail, @Nullable KeptFile kept) {
    Segment first() {
        return segments.getFirst();
    }

    Segment last() {
        return segments.getLast();
    }

    /// The index of the segment that holds the address, -1 if it is before all of them.
    int indexOf(long address) {
        int low = 0;
        int high = segments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).base() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /// How many bytes all files of it have.
    long bytes() {
        return tail.end() - first().base() + (kept == null ? 0 : kept.bytes());
    }

    /// The address after the last durable byte of a segment.
    long endOf(int index) {
        return index + 1 < segments.size() ? segments.get(index + 1).base() : tail.end();
    }
}
