package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.engine.log.SimulatedDisk.Fault;
import io.souverix.twin.engine.log.SimulatedDisk.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Lives of a log on a disk where any operation may fail, be cut short or be the last one, and where
/// the power may go at any moment: what was acknowledged is always there, what was not is there as a
/// whole or not at all, and the log always opens.
final class SegmentLogSimulationTest {
    private static final int HISTORIES = Integer.getInteger("histories", 1_000);
    private static final int LIVES = 7;
    private static final List<Fault> FAULTS =
            List.of(Fault.FAIL, Fault.SHORT, Fault.HALF, Fault.DIE, Fault.DIE_LATE);

    @Test
    void what_was_acknowledged_survives_crashes_failures_and_loss_of_power() {
        Random seeds = Seed.random("what_was_acknowledged_survives");
        for (int i = 0; i < HISTORIES; i++) {
            long seed = seeds.nextLong();
            try {
                new History(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("history " + i + " with inner seed " + seed, e);
            }
        }
    }

    static void live(long seed) {
        new History(seed).run();
    }

    /// One disk through several lives of the process.
    private static final class History {
        private final Random random;
        private final SimulatedDisk disk = new SimulatedDisk();
        private Expected expected = new Expected();
        private Optional<List<RecordBatch>> inFlight = Optional.empty();
        private boolean faulted;
        private long mayStartAt;

        /// What stays of what a cut at a place drops.
        private final Map<Long, List<Expected.Entry>> kept = new HashMap<>();

        History(long seed) {
            this.random = new Random(seed);
        }

        void run() {
            for (int life = 0; life < LIVES; life++) {
                int at = random.nextInt(120);
                Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
                int[] operations = {0};
                faulted = false;
                disk.faults((operation, _) -> decide(operation, operations, at, fault));
                live();
                if (random.nextBoolean()) {
                    disk.losePower(random);
                } else {
                    disk.kill();
                }
            }
            try (SegmentLog log = open()) {
                meet(log);
                expected.assertIsIn(log);
            }
        }

        private Fault decide(Operation operation, int[] operations, int at, Fault fault) {
            if (operation == Operation.READ || operations[0]++ != at) {
                return Fault.NONE;
            }
            faulted = true;
            return fault;
        }

        private void live() {
            try {
                SegmentLog log = open();
                meet(log);
                for (int i = random.nextInt(25); i >= 0 && log.state() == LogState.OPEN; i--) {
                    append(log);
                    if (random.nextInt(15) == 0) {
                        drop(log);
                    }
                }
                if (log.state() == LogState.FAILED) {
                    expectReadsButNoAppends(log);
                }
                if (random.nextBoolean()) {
                    log.close();
                }
            } catch (SimulatedDisk.Death _) {
                assertThat(faulted).isTrue();
            } catch (LogException e) {
                if (!faulted || e instanceof CorruptLogException) {
                    throw e;
                }
            }
        }

        private SegmentLog open() {
            return SegmentLog.open(
                    SimulatedDisk.DIRECTORY,
                    new SegmentLogOptions(SegmentLogOptions.MIN_SEGMENT_BYTES),
                    disk);
        }

        private void append(SegmentLog log) {
            List<RecordBatch> batches =
                    Expected.batches(random, random.nextInt(8) == 0 ? 3_000 : 90);
            inFlight = Optional.of(batches);
            Expected after = expected.copy();
            try {
                after.append(log, batches);
                expected = after;
                inFlight = Optional.empty();
            } catch (LogException e) {
                assertThat(e.reason()).isEqualTo(LogException.Reason.FAILED);
                assertThat(log.state()).isEqualTo(LogState.FAILED);
                expected.skipTime();
            }
        }

        private void drop(SegmentLog log) {
            if (log.state() == LogState.OPEN) {
                mayStartAt = log.start() + (long) (random.nextDouble() * (log.end() - log.start()));
                try {
                    log.dropBefore(mayStartAt, staying(log), () -> {});
                } catch (LogException e) {
                    assertThat(e.reason())
                            .isEqualTo(
                                    log.state() == LogState.OPEN
                                            ? LogException.Reason.UNREADABLE
                                            : LogException.Reason.FAILED);
                }
                expected.dropBefore(log.start());
                requireKept(log);
            }
        }

        /// Some of what a drop would take away, noted under the place of its cut.
        private Kept staying(SegmentLog log) {
            long place =
                    SimulatedLog.segments(disk).stream()
                            .mapToLong(name -> Segment.base(name).orElseThrow())
                            .filter(base -> base <= mayStartAt)
                            .max()
                            .orElse(0);
            List<Expected.Entry> all = new ArrayList<>(keptAt(log.droppedBefore()));
            all.addAll(expected.entries());
            List<Expected.Entry> some =
                    all.stream()
                            .filter(entry -> entry.address() < place && random.nextBoolean())
                            .toList();
            // Not where nothing is dropped: what is kept stays then.
            if (place > log.droppedBefore()) {
                kept.put(place, some);
            }
            long[] addresses = some.stream().mapToLong(Expected.Entry::address).toArray();
            return new Kept(Long.toString(place).getBytes(StandardCharsets.UTF_8), addresses);
        }

        private List<Expected.Entry> keptAt(long place) {
            return kept.getOrDefault(place, List.of());
        }

        private void requireKept(SegmentLog log) {
            long place = log.droppedBefore();
            Expected.assertSame(Expected.scannedKept(log), keptAt(place));
            for (Expected.Entry entry : keptAt(place)) {
                assertThat(log.read(entry.address())).isEqualTo(entry.bytes());
            }
            assertThat(new String(log.note(), StandardCharsets.UTF_8))
                    .isEqualTo(place == 0 ? "" : Long.toString(place));
        }

        /// What the log holds is what was acknowledged, and the append under way or not.
        private void meet(SegmentLog log) {
            assertThat(log.start()).isLessThanOrEqualTo(mayStartAt + SegmentHeader.BYTES);
            expected.dropBefore(log.start());
            List<Expected.Entry> found = Expected.scanned(log, log.start());
            if (inFlight.isPresent() && found.size() > expected.entries().size()) {
                expected.adopt(inFlight.get(), found);
            }
            inFlight = Optional.empty();
            Expected.assertSame(found, expected.entries());
            requireKept(log);
            log.verify(ProgressListener.SILENT);
        }

        private void expectReadsButNoAppends(SegmentLog log) {
            Expected.assertSame(Expected.scanned(log, log.start()), expected.entries());
            List<RecordBatch> more = List.of(RecordBatch.of(new byte[3]));
            EventLogConformance.assertReason(
                    LogException.Reason.FAILED, () -> log.append(more, Long.MAX_VALUE));
            Expected.assertSame(
                    Expected.scanned(log, log.start()), new ArrayList<>(expected.entries()));
        }
    }
}
