package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What may lie behind the acknowledged end, and what becomes of it.
final class SegmentLogTornTailTest {
    private static final int NOISE = 7;

    /// A log, and the same with one more frame that the head does not know of.
    private final SimulatedDisk disk = new SimulatedDisk();

    private final Expected acknowledged = new Expected();
    private final Random random = Seed.random("SegmentLogTornTailTest");
    private final int from;
    private final int to;

    SegmentLogTornTailTest() {
        try (SegmentLog log = open(disk)) {
            for (int i = 0; i < 4; i++) {
                acknowledged.append(log, random, 120);
            }
        }
        from = SimulatedLog.lastSegment(disk).size();
        byte[] head = disk.file(HeadFile.NAME).seen().clone();
        appendNoise(acknowledged.copy());
        disk.file(HeadFile.NAME).replace(head);
        to = SimulatedLog.lastSegment(disk).size();
        assertThat(to - from).isGreaterThan(1_000);
        assertThat(SimulatedLog.segments(disk)).hasSize(1);
    }

    private static SegmentLog open(SimulatedDisk disk) {
        return SegmentLog.open(SimulatedDisk.DIRECTORY, SegmentLogOptions.DEFAULT, disk);
    }

    private void appendNoise(Expected expected) {
        byte[] noise = new byte[1_200];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i % NOISE + 1);
        }
        try (SegmentLog log = open(disk)) {
            expected.append(log, List.of(RecordBatch.of(noise)));
        }
    }

    @Test
    void a_whole_frame_beyond_the_head_is_kept() {
        try (SegmentLog log = open(disk)) {
            assertThat(log.recovery().framesBeyondHead()).isEqualTo(1);
            assertThat(log.recovery().torn()).isEmpty();
            assertThat(log.recovery().warnings()).isEmpty();
            assertThat(log.records()).isEqualTo(acknowledged.entries().size() + 1);
        }
    }

    @Test
    void a_frame_cut_anywhere_is_moved_aside_and_reported() {
        for (int length = from + 1; length < to; length += 1 + random.nextInt(5)) {
            SimulatedDisk cut = disk.copy();
            SimulatedLog.resize(SimulatedLog.lastSegment(cut), length);
            assertTornAndGoesOn(cut, length - from);
        }
    }

    @Test
    void a_frame_whose_end_is_zeros_is_moved_aside() {
        for (int zeroFrom = from; zeroFrom < to - 520; zeroFrom += 13) {
            SimulatedDisk zeroed = disk.copy();
            SimulatedLog.zero(SimulatedLog.lastSegment(zeroed), zeroFrom, to);
            assertTornAndGoesOn(zeroed, to - from);
        }
    }

    @Test
    void a_frame_with_a_block_that_was_not_written_is_moved_aside() {
        for (int block = from / 512; block <= (to - 1) / 512; block++) {
            SimulatedDisk holed = disk.copy();
            SimulatedLog.zero(
                    SimulatedLog.lastSegment(holed),
                    Math.max(from, block * 512),
                    Math.min(to, block * 512 + 512));
            assertTornAndGoesOn(holed, to - from);
        }
    }

    @Test
    void zeros_behind_the_last_frame_are_moved_aside() {
        for (int zeros : new int[] {1, 79, 80, 81, 5_000}) {
            SimulatedDisk longer = disk.copy();
            SimulatedLog.resize(SimulatedLog.lastSegment(longer), from);
            SimulatedLog.resize(SimulatedLog.lastSegment(longer), from + zeros);
            assertTornAndGoesOn(longer, zeros);
        }
    }

    private void assertTornAndGoesOn(SimulatedDisk torn, int bytes) {
        byte[] tail = Arrays.copyOfRange(SimulatedLog.lastSegment(torn).seen(), from, from + bytes);
        try (SegmentLog log = open(torn)) {
            acknowledged.assertIsIn(log);
            Recovery.TornTail found = log.recovery().torn().orElseThrow();
            assertThat(found.address()).isEqualTo(log.end());
            assertThat(found.bytes()).isEqualTo(bytes);
            assertThat(found.reason()).isNotBlank();
            assertThat(torn.file(found.movedTo().getFileName().toString()).seen()).isEqualTo(tail);
            assertThat(SimulatedLog.lastSegment(torn).size()).isEqualTo(from);
            Expected more = acknowledged.copy();
            more.append(log, new Random(1), 50);
            more.assertIsIn(log);
        }
        try (SegmentLog log = open(torn)) {
            assertThat(log.recovery().torn()).isEmpty();
        }
    }

    @Test
    void a_flipped_bit_in_a_whole_frame_beyond_the_head_is_damage() {
        for (int offset = from; offset < to; offset += 1 + random.nextInt(5)) {
            SimulatedDisk flipped = disk.copy();
            SimulatedLog.flip(SimulatedLog.lastSegment(flipped), offset, random.nextInt(8));
            assertDamage(flipped, from);
        }
    }

    @Test
    void a_broken_frame_beyond_the_head_with_a_sound_one_behind_it_is_damage() {
        byte[] head = disk.file(HeadFile.NAME).seen().clone();
        appendNoise(acknowledged.copy());
        disk.file(HeadFile.NAME).replace(head);
        assertThat(SimulatedLog.lastSegment(disk).size()).isGreaterThan(to);
        for (int zeros : new int[] {1, 8, 80, 600}) {
            SimulatedDisk broken = disk.copy();
            SimulatedLog.zero(SimulatedLog.lastSegment(broken), from, from + zeros);
            assertDamage(broken, from);
        }
    }

    @Test
    void a_frame_of_another_history_is_damage() {
        SimulatedDisk other = new SimulatedDisk();
        try (SegmentLog log = open(other)) {
            log.append(List.of(RecordBatch.of(new byte[] {1})), 1);
            log.append(List.of(RecordBatch.of(new byte[] {3})), 2);
        }
        SimulatedDisk mixed = new SimulatedDisk();
        try (SegmentLog log = open(mixed)) {
            log.append(List.of(RecordBatch.of(new byte[] {2})), 1);
        }
        byte[] bytes = SimulatedLog.lastSegment(other).seen().clone();
        byte[] first = SimulatedLog.lastSegment(mixed).seen();
        System.arraycopy(first, 0, bytes, 0, first.length);
        SimulatedLog.lastSegment(mixed).replace(bytes);
        assertDamage(mixed, first.length);
    }

    private static void assertDamage(SimulatedDisk damaged, int offsetOfFrame) {
        assertThatThrownBy(() -> open(damaged))
                .isInstanceOfSatisfying(
                        CorruptLogException.class,
                        e ->
                                assertThat(e.offset())
                                        .isBetween((long) offsetOfFrame, offsetOfFrame + 80L));
    }

    @Test
    void without_a_head_a_torn_tail_is_told_the_same_way() {
        SimulatedLog.resize(SimulatedLog.lastSegment(disk), to - 5);
        disk.files().remove(SimulatedDisk.DIRECTORY.resolve(HeadFile.NAME));
        try (SegmentLog log = open(disk)) {
            acknowledged.assertIsIn(log);
            assertThat(log.recovery().torn()).isPresent();
            assertThat(log.recovery().warnings()).hasSize(1);
        }
    }

    @Test
    void only_the_latest_torn_tails_are_kept() {
        Expected expected = acknowledged.copy();
        SimulatedLog.resize(SimulatedLog.lastSegment(disk), from);
        int torn = Opening.TORN_KEPT + 3;
        String latest = "";
        for (int i = 0; i < torn; i++) {
            SimulatedFile last = SimulatedLog.lastSegment(disk);
            SimulatedLog.resize(last, last.size() + 20);
            try (SegmentLog log = open(disk)) {
                latest = log.recovery().torn().orElseThrow().movedTo().getFileName().toString();
                expected.append(log, random, 20);
            }
        }
        assertThat(disk.list(SimulatedDisk.DIRECTORY))
                .filteredOn(name -> name.startsWith(Opening.TORN_PREFIX))
                .hasSize(Opening.TORN_KEPT)
                .contains(latest);
    }

    @Test
    void a_copy_made_while_the_log_runs_opens_with_what_was_acknowledged() {
        SimulatedDisk running = new SimulatedDisk();
        Expected before = new Expected();
        SimulatedLog.append(running, before, random, 30);
        byte[] head = running.file(HeadFile.NAME).seen().clone();
        List<String> listed = SimulatedLog.segments(running);
        int end = SimulatedLog.lastSegment(running).size();
        SimulatedLog.append(running, before.copy(), random, 30);
        int length = running.file(listed.getLast()).size();
        for (int copied = end; copied <= length; copied += 1 + random.nextInt(9)) {
            SimulatedDisk copy = running.copy();
            copy.file(HeadFile.NAME).replace(head);
            copy.files()
                    .keySet()
                    .removeIf(path ->
                            path.toString().endsWith(Segment.SUFFIX)
                                    && !listed.contains(path.getFileName().toString()));
            SimulatedLog.resize(copy.file(listed.getLast()), copied);
            try (SegmentLog log = SimulatedLog.open(copy)) {
                List<Expected.Entry> found = Expected.scanned(log, log.start());
                int count = before.entries().size();
                assertThat(found).hasSizeGreaterThanOrEqualTo(count);
                Expected.assertSame(found.subList(0, count), before.entries());
            }
        }
    }
}
