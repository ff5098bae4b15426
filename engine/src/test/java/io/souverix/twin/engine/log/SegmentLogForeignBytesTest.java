package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bytes that are sound in themselves but belong elsewhere: to another log, or to another place.
final class SegmentLogForeignBytesTest {
    private static final int RECORD_BYTES = 400;
    private static final int FRAME_BYTES =
            FrameHeader.BYTES + RecordBatch.LENGTH_BYTES + RECORD_BYTES;
    private static final int FRAMES = 20;

    /// A log of frames of one size, each with one record full of `fill`.
    private static SimulatedDisk logOf(int fill, int frames, int recordBytes) {
        SimulatedDisk disk = new SimulatedDisk();
        byte[] record = new byte[recordBytes];
        Arrays.fill(record, (byte) fill);
        try (SegmentLog log = SimulatedLog.open(disk)) {
            for (int i = 0; i < frames; i++) {
                log.append(List.of(RecordBatch.of(record)), i);
            }
        }
        assertThat(SimulatedLog.segments(disk)).hasSizeGreaterThan(1);
        return disk;
    }

    @Test
    void a_last_segment_of_another_log_keeps_the_log_from_opening() {
        SimulatedDisk disk = logOf(1, FRAMES, RECORD_BYTES);
        SimulatedDisk other = logOf(2, FRAMES, RECORD_BYTES);
        SimulatedLog.lastSegment(disk).replace(SimulatedLog.lastSegment(other).seen());
        assertThatThrownBy(() -> SimulatedLog.open(disk))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("to be behind record " + FRAMES);
    }

    @Test
    void a_head_of_another_log_keeps_the_log_from_opening() {
        SimulatedDisk disk = logOf(1, FRAMES, RECORD_BYTES);
        SimulatedDisk longer = logOf(1, FRAMES, RECORD_BYTES);
        try (SegmentLog log = SimulatedLog.open(disk)) {
            log.append(List.of(RecordBatch.of(new byte[200])), FRAMES);
        }
        try (SegmentLog log = SimulatedLog.open(longer)) {
            log.append(List.of(RecordBatch.of(new byte[100])), FRAMES);
        }
        disk.file(HeadFile.NAME).replace(longer.file(HeadFile.NAME).seen());
        assertThatThrownBy(() -> SimulatedLog.open(disk))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("a frame up to the head's");
    }

    @Test
    void a_sealed_segment_of_another_log_is_found_by_a_verification() {
        SimulatedDisk disk = logOf(1, FRAMES, RECORD_BYTES);
        SimulatedDisk other = logOf(2, FRAMES, RECORD_BYTES);
        String first = SimulatedLog.segments(disk).getFirst();
        disk.file(first).replace(other.file(first).seen());
        try (SegmentLog log = SimulatedLog.open(disk)) {
            assertThatThrownBy(() -> log.verify(ProgressListener.SILENT))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining(SimulatedLog.segments(disk).get(1));
        }
    }

    @Test
    void frames_that_changed_places_are_found_by_a_scan() {
        SimulatedDisk disk = logOf(1, FRAMES, RECORD_BYTES);
        SimulatedFile first = disk.file(SimulatedLog.segments(disk).getFirst());
        byte[] bytes = first.seen().clone();
        int one = SegmentHeader.BYTES;
        int two = one + FRAME_BYTES;
        System.arraycopy(first.seen(), two, bytes, one, FRAME_BYTES);
        System.arraycopy(first.seen(), one, bytes, two, FRAME_BYTES);
        first.replace(bytes);
        try (SegmentLog log = SimulatedLog.open(disk)) {
            assertThatThrownBy(() -> log.scan(log.start(), _ -> {}))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining("the frame of address " + one);
        }
    }
}
