package io.souverix.twin.engine.log;

/// How a [SegmentLog] lays out its files.
///
/// @param segmentBytes a segment takes no further frame that would make it longer than this, in
///     bytes; a frame larger than it gets a segment of its own
public record SegmentLogOptions(long segmentBytes) {
    /// The smallest segment: 4 KiB.
    public static final long MIN_SEGMENT_BYTES = 4L << 10;

    /// The largest segment: 1 GiB.
    public static final long MAX_SEGMENT_BYTES = 1L << 30;

    /// Segments of 256 MiB.
    public static final SegmentLogOptions DEFAULT = new SegmentLogOptions(256L << 20);

    /// Checks the bounds.
    public SegmentLogOptions {
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes %d, expected %d to %d"
                            .formatted(segmentBytes, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES));
        }
    }
}
