package io.souverix.twin.engine.log;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Logs on a [SimulatedDisk], to be damaged.
public final class SimulatedLog {
    static final SegmentLogOptions SMALL =
            new SegmentLogOptions(SegmentLogOptions.MIN_SEGMENT_BYTES);

    private SimulatedLog() {}

    /// Opens a log of small segments in a directory of the real disk.
    public static SegmentLog openIn(java.nio.file.Path directory) {
        return SegmentLog.open(directory, SMALL);
    }

    /// Opens the log, of small segments.
    public static SegmentLog open(SimulatedDisk disk) {
        return SegmentLog.open(SimulatedDisk.DIRECTORY, SMALL, disk);
    }

    /// Opens the log, appends so many frames and closes it.
    static void append(SimulatedDisk disk, Expected expected, Random random, int frames) {
        try (SegmentLog log = open(disk)) {
            for (int i = 0; i < frames; i++) {
                expected.append(log, random, i == 5 ? 6_000 : 120);
            }
        }
    }

    /// The names of the segments, in order.
    static List<String> segments(SimulatedDisk disk) {
        return disk.list(SimulatedDisk.DIRECTORY).stream()
                .filter(name -> name.endsWith(Segment.SUFFIX))
                .toList();
    }

    static SimulatedFile lastSegment(SimulatedDisk disk) {
        return disk.file(segments(disk).getLast());
    }

    /// Where in the last segment an address stands.
    static int offsetInLast(SimulatedDisk disk, long address) {
        return (int) (address - Segment.base(segments(disk).getLast()).orElseThrow());
    }

    /// The file cut to a length, or made longer by zeros.
    static void resize(SimulatedFile file, int length) {
        file.replace(Arrays.copyOf(file.seen(), length));
    }

    static void flip(SimulatedFile file, int offset, int bit) {
        byte[] bytes = file.seen().clone();
        bytes[offset] ^= (byte) (1 << bit);
        file.replace(bytes);
    }

    /// Overwrites a range with zeros.
    static void zero(SimulatedFile file, int from, int to) {
        byte[] bytes = file.seen().clone();
        Arrays.fill(bytes, from, to, (byte) 0);
        file.replace(bytes);
    }
}
