package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.engine.log.SimulatedDisk.Fault;
import io.souverix.twin.engine.log.SimulatedDisk.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A disk that fails: the log takes no more appends, still reads, and is in order when opened again.
final class SegmentLogFailureTest {
    private static final List<RecordBatch> MORE = List.of(RecordBatch.of(new byte[] {1, 2, 3}));

    private final SimulatedDisk disk = new SimulatedDisk();
    private final Expected expected = new Expected();
    private final Random random = Seed.random("SegmentLogFailureTest");

    @Test
    void after_a_failed_sync_nothing_is_written_or_synced_any_more() {
        SegmentLog log = logWithFrames(5);
        failOnce(Operation.SYNC, Segment.SUFFIX, Fault.FAIL);
        assertAppendFails(log);
        List<Operation> later = new ArrayList<>();
        disk.faults((operation, _) -> {
            later.add(operation);
            return Fault.NONE;
        });
        assertReadsButTakesNoAppends(log);
        log.close();
        assertThat(later).containsOnly(Operation.READ);
        assertOpensWithEverything();
    }

    @Test
    void a_full_disk_fails_the_append_and_leaves_a_torn_tail() {
        SegmentLog log = logWithFrames(5);
        failOnce(Operation.WRITE, Segment.SUFFIX, Fault.HALF);
        assertAppendFails(log);
        assertReadsButTakesNoAppends(log);
        log.close();
        try (SegmentLog opened = SimulatedLog.open(disk)) {
            assertThat(opened.recovery().torn()).isPresent();
        }
        assertOpensWithEverything();
    }

    @Test
    void a_short_write_is_completed() {
        try (SegmentLog log = logWithFrames(2)) {
            disk.faults((operation, _) -> operation == Operation.WRITE ? Fault.SHORT : Fault.NONE);
            for (int i = 0; i < 30; i++) {
                expected.append(log, random, 300);
            }
            expected.assertIsIn(log);
        }
        disk.faults((_, _) -> Fault.NONE);
        assertOpensWithEverything();
    }

    @Test
    void a_head_that_cannot_be_written_fails_the_append() {
        SegmentLog log = logWithFrames(5);
        failOnce(Operation.WRITE, HeadFile.NAME, Fault.FAIL);
        assertAppendFails(log);
        assertReadsButTakesNoAppends(log);
        log.close();
    }

    @Test
    void every_step_of_a_roll_may_fail() {
        for (Operation operation :
                List.of(
                        Operation.OPEN,
                        Operation.WRITE,
                        Operation.SYNC,
                        Operation.RENAME,
                        Operation.SYNC_DIRECTORY)) {
            SegmentLog log = logWithFrames(1);
            String before = SimulatedLog.segments(disk).getLast();
            disk.faults((each, file) ->
                    each == operation && !file.endsWith(before) && !file.endsWith(HeadFile.NAME)
                            ? Fault.FAIL
                            : Fault.NONE);
            appendUntilItFails(log);
            assertReadsButTakesNoAppends(log);
            log.close();
            disk.faults((_, _) -> Fault.NONE);
            assertOpensWithEverything();
        }
    }

    private void appendUntilItFails(SegmentLog log) {
        for (int i = 0; i < 200 && log.state() == LogState.OPEN; i++) {
            Expected after = expected.copy();
            try {
                after.append(log, random, 200);
                expected.takeFrom(after);
            } catch (LogException e) {
                assertThat(e.reason()).isEqualTo(LogException.Reason.FAILED);
            }
        }
    }

    @Test
    void a_drop_whose_sync_failed_deletes_nothing_before_it_is_durable() {
        for (int i = 0; i < 40; i++) {
            SimulatedDisk fresh = new SimulatedDisk();
            Expected all = new Expected();
            SegmentLog log = SimulatedLog.open(fresh);
            while (SimulatedLog.segments(fresh).size() < 3) {
                all.append(log, random, 200);
            }
            fresh.faults((operation, file) ->
                    operation == Operation.SYNC && file.endsWith(HeadFile.NAME)
                            ? Fault.FAIL
                            : Fault.NONE);
            EventLogConformance.assertReason(
                    LogException.Reason.FAILED,
                    () -> log.dropBefore(log.end(), Kept.NOTHING, () -> {}));
            fresh.kill();
            fresh.faults((operation, _) -> operation == Operation.SYNC ? Fault.DIE : Fault.NONE);
            assertThatThrownBy(() -> SimulatedLog.open(fresh))
                    .isInstanceOf(SimulatedDisk.Death.class);
            fresh.losePower(random);
            try (SegmentLog opened = SimulatedLog.open(fresh)) {
                all.dropBefore(opened.start());
                all.assertIsIn(opened);
            }
        }
    }

    @Test
    void a_torn_tail_cut_by_an_opening_that_died_stays_cut_when_its_segment_is_sealed() {
        for (int i = 0; i < 40; i++) {
            SimulatedDisk fresh = new SimulatedDisk();
            Expected all = new Expected();
            SegmentLog log = SimulatedLog.open(fresh);
            all.append(log, random, 100);
            log.close();
            SimulatedLog.resize(
                    SimulatedLog.lastSegment(fresh), SimulatedLog.lastSegment(fresh).size() + 60);
            String segment = SimulatedLog.segments(fresh).getFirst();
            fresh.faults((operation, file) ->
                    operation == Operation.SYNC && file.endsWith(segment) ? Fault.DIE : Fault.NONE);
            assertThatThrownBy(() -> SimulatedLog.open(fresh))
                    .isInstanceOf(SimulatedDisk.Death.class);
            fresh.kill();
            all.append(SimulatedLog.open(fresh), List.of(RecordBatch.of(new byte[4_000])));
            assertThat(SimulatedLog.segments(fresh)).hasSize(2);
            fresh.losePower(random);
            try (SegmentLog opened = SimulatedLog.open(fresh)) {
                all.assertIsIn(opened);
            }
        }
    }

    @Test
    void a_read_that_fails_says_so_and_the_next_one_goes_on() {
        try (SegmentLog log = logWithFrames(5)) {
            disk.faults((operation, _) -> operation == Operation.READ ? Fault.FAIL : Fault.NONE);
            long address = expected.entries().getFirst().address();
            EventLogConformance.assertReason(
                    LogException.Reason.UNREADABLE, () -> log.read(address));
            EventLogConformance.assertReason(
                    LogException.Reason.UNREADABLE, () -> log.scan(log.start(), _ -> {}));
            assertThat(log.state()).isEqualTo(LogState.OPEN);
            disk.faults((_, _) -> Fault.NONE);
            expected.assertIsIn(log);
            expected.append(log, random, 10);
        }
        assertOpensWithEverything();
    }

    /// The record takes two reads of the file, which a cut closes between them.
    @Test
    void a_read_across_a_cut_made_meanwhile_gives_what_the_cut_keeps() {
        try (SegmentLog log = SimulatedLog.open(disk)) {
            byte[] record = Expected.record(random, 3_000);
            long address = log.append(List.of(RecordBatch.of(record)), 1);
            while (SimulatedLog.segments(disk).size() < 3) {
                log.append(MORE, 2);
            }
            boolean[] cut = {false};
            disk.faults((operation, _) -> {
                if (operation == Operation.READ && !cut[0]) {
                    cut[0] = true;
                    long end = log.end();
                    log.dropBefore(end, new Kept(new byte[0], new long[] {address}), () -> {});
                }
                return Fault.NONE;
            });
            assertThat(log.read(address)).isEqualTo(record);
            assertThat(cut[0]).isTrue();
            assertThat(log.start()).isGreaterThan(address);
        }
    }

    @Test
    void an_opening_that_fails_gives_the_lock_back() {
        logWithFrames(5).close();
        disk.faults((operation, _) -> operation == Operation.READ ? Fault.FAIL : Fault.NONE);
        EventLogConformance.assertReason(
                LogException.Reason.UNREADABLE, () -> SimulatedLog.open(disk));
        disk.faults((_, _) -> Fault.NONE);
        assertOpensWithEverything();
    }

    private SegmentLog logWithFrames(int frames) {
        SegmentLog log = SimulatedLog.open(disk);
        for (int i = 0; i < frames; i++) {
            expected.append(log, random, 100);
        }
        return log;
    }

    private void failOnce(Operation failing, String suffix, Fault fault) {
        boolean[] done = {false};
        disk.faults((operation, file) -> {
            if (done[0] || operation != failing || !file.toString().endsWith(suffix)) {
                return Fault.NONE;
            }
            done[0] = true;
            return fault;
        });
    }

    private void assertAppendFails(SegmentLog log) {
        long end = log.end();
        assertThatThrownBy(() -> log.append(MORE, Long.MAX_VALUE))
                .isInstanceOf(LogException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(log.end()).isEqualTo(end);
    }

    private void assertReadsButTakesNoAppends(SegmentLog log) {
        assertThat(log.state()).isEqualTo(LogState.FAILED);
        EventLogConformance.assertReason(
                LogException.Reason.FAILED, () -> log.append(MORE, Long.MAX_VALUE));
        EventLogConformance.assertReason(
                LogException.Reason.FAILED,
                () -> log.dropBefore(log.end(), Kept.NOTHING, () -> {}));
        expected.assertIsIn(log);
    }

    private void assertOpensWithEverything() {
        try (SegmentLog log = SimulatedLog.open(disk)) {
            List<Expected.Entry> found = Expected.scanned(log, log.start());
            int count = expected.entries().size();
            assertThat(found.size()).isBetween(count, count + 1);
            Expected.assertSame(found.subList(0, count), expected.entries());
        }
    }
}
