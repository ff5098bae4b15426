package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [EventLog] must do. An implementation's test extends this and says how to open one.
abstract class EventLogConformance {
    private static final byte[] A = "a".getBytes(StandardCharsets.UTF_8);
    private static final byte[] B = "bb".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EMPTY = {};

    private EventLog log = new MemoryLog();

    /// Opens a new, empty log.
    abstract EventLog open();

    /// Closes the log and opens what it left.
    abstract EventLog reopen(EventLog log);

    @BeforeEach
    final void open_the_log() {
        log = open();
    }

    @AfterEach
    final void close_the_log() {
        log.close();
    }

    @Test
    void an_empty_log_ends_where_it_starts() {
        assertThat(log.end()).isEqualTo(log.start());
        assertThat(log.records()).isZero();
        assertThat(log.lastRecordedAtMicros()).isZero();
        assertThat(Expected.scanned(log, log.start())).isEmpty();
        assertThat(log.verify(ProgressListener.SILENT).records()).isZero();
        log = reopen(log);
        assertThat(log.end()).isEqualTo(log.start());
    }

    @Test
    void a_record_is_read_by_the_address_its_append_gave() {
        long first = log.append(List.of(RecordBatch.of(A)), 5);
        long second = log.append(List.of(RecordBatch.of(B)), 6);
        assertThat(log.read(first)).isEqualTo(A);
        assertThat(log.read(second)).isEqualTo(B);
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void the_batches_of_an_append_lie_one_behind_the_other() {
        RecordBatch.Builder builder = new RecordBatch.Builder();
        int offsetOfA = builder.add(A);
        int offsetOfB = builder.add(B);
        RecordBatch one = builder.build();
        RecordBatch two = RecordBatch.of(B, A);
        long base = log.append(List.of(one, new RecordBatch(EMPTY, 0, 0), two), 5);
        assertThat(log.read(base + offsetOfA)).isEqualTo(A);
        assertThat(log.read(base + offsetOfB)).isEqualTo(B);
        assertThat(log.read(base + one.length())).isEqualTo(B);
        assertThat(log.records()).isEqualTo(4);
    }

    @Test
    void a_scan_shows_each_append_as_one_frame() {
        long base = log.append(List.of(RecordBatch.of(A), RecordBatch.of(B)), 7);
        long middle = log.end();
        log.append(List.of(RecordBatch.of(B, B, B)), 7);
        List<Frame> frames = new ArrayList<>();
        log.scan(log.start(), frames::add);
        assertThat(frames).hasSize(2);
        Frame first = frames.getFirst();
        assertThat(first.address()).isEqualTo(log.start());
        assertThat(first.baseAddress()).isEqualTo(base);
        assertThat(first.nextAddress()).isEqualTo(middle);
        assertThat(first.recordedAtMicros()).isEqualTo(7);
        assertThat(first.firstRecord()).isZero();
        assertThat(first.count()).isEqualTo(2);
        assertThat(frames.getLast().firstRecord()).isEqualTo(2);
        assertThat(frames.getLast().count()).isEqualTo(3);
        assertThat(frames.getLast().nextAddress()).isEqualTo(log.end());
    }

    @Test
    void a_scan_resumes_at_every_end_the_log_had() {
        Expected expected = new Expected();
        Random random = new Random(1);
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            expected.append(log, random, 700);
            counts.add(expected.entries().size());
        }
        for (int i = 0; i < counts.size(); i++) {
            Expected.assertSame(
                    Expected.scanned(log, expected.ends().get(i)),
                    expected.entries().subList(counts.get(i), expected.entries().size()));
        }
    }

    @Test
    void a_reopened_log_holds_everything_and_goes_on() {
        Expected expected = new Expected();
        Random random = new Random(2);
        for (int i = 0; i < 30; i++) {
            expected.append(log, random, 500);
            if (i % 7 == 0) {
                long end = log.end();
                long last = log.lastRecordedAtMicros();
                log = reopen(log);
                assertThat(log.end()).isEqualTo(end);
                assertThat(log.lastRecordedAtMicros()).isEqualTo(last);
            }
        }
        expected.assertIsIn(log);
    }

    @Test
    void records_without_bytes_are_records() {
        long base = log.append(List.of(RecordBatch.of(EMPTY, EMPTY, A)), 5);
        assertThat(log.read(base)).isEmpty();
        assertThat(log.read(base + RecordBatch.LENGTH_BYTES)).isEmpty();
        assertThat(log.records()).isEqualTo(3);
        assertThat(log.verify(ProgressListener.SILENT).records()).isEqualTo(3);
    }

    @Test
    void the_largest_record_and_the_largest_frame_are_taken_and_nothing_larger() {
        byte[] largest = Expected.record(new Random(3), EventLog.MAX_RECORD_BYTES);
        byte[] rest =
                new byte
                        [EventLog.MAX_FRAME_BYTES
                                - 3 * EventLog.MAX_RECORD_BYTES
                                - 4 * RecordBatch.LENGTH_BYTES];
        RecordBatch full = RecordBatch.of(largest, largest, largest, rest);
        assertThat(full.length()).isEqualTo(EventLog.MAX_FRAME_BYTES);
        long base = log.append(List.of(full), 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.append(List.of(full, RecordBatch.of(EMPTY)), 5));
        log = reopen(log);
        assertThat(log.read(base)).isEqualTo(largest);
        assertThat(Expected.scanned(log, log.start())).hasSize(4);
    }

    @Test
    void an_append_without_records_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(List.of(), 5));
        RecordBatch none = new RecordBatch.Builder().build();
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(List.of(none), 5));
        assertThat(log.end()).isEqualTo(log.start());
    }

    @Test
    void time_never_goes_back_also_after_a_restart() {
        log.append(List.of(RecordBatch.of(A)), 10);
        log.append(List.of(RecordBatch.of(A)), 10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.append(List.of(RecordBatch.of(A)), 9));
        log = reopen(log);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.append(List.of(RecordBatch.of(A)), 9));
        assertThat(log.lastRecordedAtMicros()).isEqualTo(10);
        assertThat(log.records()).isEqualTo(2);
        assertThat(log.state()).isEqualTo(LogState.OPEN);
    }

    @Test
    void addresses_outside_the_log_are_refused() {
        long base = log.append(List.of(RecordBatch.of(A)), 5);
        for (long address : new long[] {-1, 0, 1, base - 1, log.end(), log.end() + 1, 1L << 60}) {
            assertReason(LogException.Reason.NO_SUCH_ADDRESS, () -> log.read(address));
        }
        for (long address : new long[] {-1, log.end() + 1, 1L << 60}) {
            assertReason(LogException.Reason.NO_SUCH_ADDRESS, () -> log.scan(address, _ -> {}));
        }
    }

    @Test
    void many_frames_are_found_again() {
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            byte[] record = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
            addresses.add(log.append(List.of(RecordBatch.of(record)), i));
        }
        log = reopen(log);
        for (int i = 0; i < addresses.size(); i++) {
            assertThat(log.read(addresses.get(i))).asString().isEqualTo(Integer.toString(i));
        }
        assertThat(log.verify(ProgressListener.SILENT).frames()).isEqualTo(3_000);
    }

    @Test
    void scans_and_reads_go_on_while_frames_are_appended() throws Exception {
        Expected expected = new Expected();
        Random random = Seed.random("scans_and_reads_go_on_while_frames_are_appended");
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> scans = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                expected.append(log, random, 300);
                long atLeast = log.records();
                scans.add(readers.submit(() -> countByScanAndRead() - atLeast));
            }
            for (Future<Long> scan : scans) {
                assertThat(scan.get()).isNotNegative();
            }
        }
        expected.assertIsIn(log);
    }

    private long countByScanAndRead() {
        List<Expected.Entry> found = Expected.scanned(log, log.start());
        Expected.Entry last = found.getLast();
        assertThat(log.read(last.address())).isEqualTo(last.bytes());
        return found.size();
    }

    @Test
    void a_drop_moves_the_start_and_nothing_else() {
        Expected expected = new Expected();
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            expected.append(log, random, 500);
        }
        long until = expected.ends().get(40);
        long first = log.start();
        assertThat(log.dropBefore(0, Kept.NOTHING, () -> {})).isEqualTo(first);
        long start = log.dropBefore(until, Kept.NOTHING, () -> {});
        assertThat(start).isEqualTo(log.start()).isGreaterThan(first);
        Expected.assertSame(
                Expected.scanned(log, until),
                expected.entries().stream().filter(entry -> entry.address() >= until).toList());
        assertThat(log.dropBefore(0, Kept.NOTHING, () -> {})).isEqualTo(start);
        List<Expected.Entry> rest =
                expected.entries().stream().filter(entry -> entry.address() > start).toList();
        Expected.assertSame(Expected.scanned(log, start), rest);
        assertReason(
                LogException.Reason.NO_SUCH_ADDRESS,
                () -> log.read(expected.entries().getFirst().address()));
        log = reopen(log);
        assertThat(log.start()).isEqualTo(start);
        assertThat(log.records()).isEqualTo(expected.entries().size());
        expected.append(log, random, 500);
        assertThat(log.verify(ProgressListener.SILENT).records())
                .isEqualTo(Expected.scanned(log, log.start()).size());
    }

    @Test
    void what_is_kept_of_what_is_dropped_has_its_addresses_as_before() {
        Expected expected = new Expected();
        Random random = Seed.random("what_is_kept");
        List<Expected.Entry> kept = List.of();
        assertThat(log.note()).isEmpty();
        assertThat(log.droppedBefore()).isZero();
        for (int cut = 0; cut < 4; cut++) {
            for (int i = 0; i < 40; i++) {
                expected.append(log, random, i == 7 ? 70_000 : 500);
            }
            long place = log.placeBy(log.lastRecordedAtMicros() - 3_000_000);
            List<Expected.Entry> all = new ArrayList<>(kept);
            all.addAll(expected.entries());
            List<Expected.Entry> some =
                    all.stream()
                            .filter(entry -> entry.address() < place && random.nextBoolean())
                            .toList();
            byte[] note = Expected.record(random, random.nextInt(200_000));
            long[] addresses = some.stream().mapToLong(Expected.Entry::address).toArray();
            boolean[] ready = {false};
            EventLog before = log;
            log.dropBefore(
                    place,
                    new Kept(note, addresses),
                    () -> {
                        ready[0] = true;
                        assertThat(before.droppedBefore()).isLessThan(place);
                    });
            assertThat(ready[0]).isTrue();
            assertThat(log.droppedBefore()).isEqualTo(place);
            expected.dropBefore(log.start());
            kept = some;
            for (int reopened = 0; reopened < 2; reopened++) {
                Expected.assertSame(Expected.scannedKept(log), kept);
                for (Expected.Entry entry : kept) {
                    assertThat(log.read(entry.address())).isEqualTo(entry.bytes());
                }
                assertThat(log.note()).isEqualTo(note);
                expected.assertIsIn(log);
                log = reopen(log);
            }
            EventLog now = log;
            all.removeAll(kept);
            all.stream()
                    .filter(entry -> entry.address() < place)
                    .limit(20)
                    .forEach(gone ->
                            assertReason(
                                    LogException.Reason.NO_SUCH_ADDRESS,
                                    () -> now.read(gone.address())));
        }
    }

    @Test
    void nothing_is_dropped_where_getting_ready_fails_or_a_kept_record_is_none() {
        Expected expected = new Expected();
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            expected.append(log, random, 500);
        }
        long until = expected.ends().get(40);
        assertThatThrownBy(() ->
                        log.dropBefore(
                                until,
                                Kept.NOTHING,
                                () -> {
                                    throw new IllegalStateException("not ready");
                                }))
                .hasMessage("not ready");
        assertReason(
                LogException.Reason.NO_SUCH_ADDRESS,
                () -> log.dropBefore(until, new Kept(new byte[0], new long[] {7}), () -> {}));
        expected.assertIsIn(log);
        expected.append(log, random, 500);
        log = reopen(log);
        expected.assertIsIn(log);
    }

    @Test
    void the_first_frame_after_a_moment_is_found() {
        long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.println("first after: seed " + seed);
        Random random = new Random(seed);
        assertThat(log.firstAfter(5)).isEqualTo(log.end());
        assertThat(log.droppedUptoMicros()).isZero();
        long recorded = 10;
        for (int i = 0; i < 400; i++) {
            recorded += random.nextInt(3);
            log.append(List.of(RecordBatch.of(new byte[1 + random.nextInt(9_000)])), recorded);
            if (i % 100 == 0) {
                requireFirstAfter(random, recorded);
            }
        }
        requireFirstAfter(random, recorded);
        log = reopen(log);
        requireFirstAfter(random, recorded);
        long dropped = log.dropBefore(log.firstAfter(recorded / 2), Kept.NOTHING, () -> {});
        log.scan(
                log.start(),
                frame -> {
                    if (frame.address() == dropped) {
                        assertThat(frame.recordedAtMicros())
                                .isGreaterThanOrEqualTo(log.droppedUptoMicros());
                    }
                });
        assertThat(log.droppedUptoMicros()).isPositive();
        requireFirstAfter(random, recorded);
    }

    private void requireFirstAfter(Random random, long last) {
        List<Frame> frames = new ArrayList<>();
        log.scan(log.start(), frames::add);
        for (int i = 0; i < 40; i++) {
            long moment = random.nextInt((int) last + 3);
            long expected =
                    frames.stream()
                            .filter(frame -> frame.recordedAtMicros() > moment)
                            .mapToLong(Frame::address)
                            .findFirst()
                            .orElse(log.end());
            assertThat(log.firstAfter(moment)).as("after " + moment).isEqualTo(expected);
        }
    }

    @Test
    void a_verification_reports_its_progress_up_to_the_end() {
        log.append(List.of(RecordBatch.of(A)), 5);
        List<Long> done = new ArrayList<>();
        List<Long> inAll = new ArrayList<>();
        log.verify((bytesDone, bytesInAll) -> {
            done.add(bytesDone);
            inAll.add(bytesInAll);
        });
        assertThat(done).isNotEmpty().isSorted();
        assertThat(done.getLast()).isEqualTo(inAll.getLast());
    }

    @Test
    void a_closed_log_refuses_everything_and_may_be_closed_again() {
        long base = log.append(List.of(RecordBatch.of(A)), 5);
        log.close();
        log.close();
        assertThat(log.state()).isEqualTo(LogState.CLOSED);
        assertReason(LogException.Reason.CLOSED, () -> log.append(List.of(RecordBatch.of(A)), 5));
        assertReason(LogException.Reason.CLOSED, () -> log.read(base));
        assertReason(LogException.Reason.CLOSED, () -> log.scan(log.start(), _ -> {}));
        assertReason(LogException.Reason.CLOSED, () -> log.verify(ProgressListener.SILENT));
    }

    @Test
    void a_random_history_is_held_as_it_was() {
        Random random = Seed.random("a_random_history_is_held_as_it_was");
        Expected expected = new Expected();
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(25) == 0) {
                log = reopen(log);
            }
            expected.append(log, random, random.nextInt(10) == 0 ? 9_000 : 200);
            Expected.Entry any = expected.entries().get(random.nextInt(expected.entries().size()));
            assertThat(log.read(any.address())).isEqualTo(any.bytes());
        }
        expected.assertIsIn(log);
    }

    static void assertReason(LogException.Reason reason, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        LogException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
