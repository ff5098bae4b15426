package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.engine.log.LogCopy.Copied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Copies of a log in use, of which each dies one operation later than the one before, until one is done.
final class DyingCopy {
    private static final SegmentLogOptions SMALL =
            new SegmentLogOptions(SegmentLogOptions.MIN_SEGMENT_BYTES);

    private final Random random;
    private final Path directory;
    private final Expected expected = new Expected();

    /// What is kept of what was dropped, by the place of the cut.
    private final Map<Long, List<Expected.Entry>> kept = new HashMap<>(Map.of(0L, List.of()));

    DyingCopy(long seed, Path directory) {
        this.random = new Random(seed);
        this.directory = directory;
    }

    private Path from() {
        return directory.resolve("log");
    }

    private Path to() {
        return directory.resolve("copy");
    }

    private static Copied copy(Path source, Path target) {
        return LogCopy.copy(source, target, Long.MAX_VALUE, ProgressListener.SILENT);
    }

    /// False where it died.
    private boolean copied(Path target, int operations) {
        DyingDisk disk = new DyingDisk(operations);
        try {
            LogCopy.copy(disk, from(), target, Long.MAX_VALUE, ProgressListener.SILENT);
        } catch (LogException _) {
            assertThat(disk.died()).isTrue();
        }
        return !disk.died();
    }

    private void append(SegmentLog log, int frames) {
        for (int i = 0; i < frames; i++) {
            expected.append(log, random, 400);
        }
    }

    /// Copies over an earlier copy: one that dies is that one, and the next goes on from there.
    void later() {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 25);
            Copied earlier = copy(from(), to());
            boolean done = false;
            for (int operations = 0; !done; operations++) {
                if (random.nextInt(4) == 0) {
                    drop(log, earlier.recordedAtMicros());
                }
                append(log, 6);
                done = copied(to(), operations);
                Path restored = directory.resolve("restored-" + operations);
                Copied found = copy(to(), restored);
                assertThat(found.end()).isIn(earlier.end(), log.end());
                requirePrefix(restored);
                if (operations % 3 != 0) {
                    earlier = copy(from(), to());
                    assertThat(earlier.end()).isEqualTo(log.end());
                } else {
                    earlier = found;
                }
            }
            assertThat(copy(from(), to()).end()).isEqualTo(log.end());
            expected.dropBefore(log.start());
        }
        try (SegmentLog copy = SegmentLog.open(to(), SMALL)) {
            expected.assertIsIn(copy);
        }
    }

    /// Cuts the log where a copy has what goes.
    private void drop(SegmentLog log, long recordedUptoMicros) {
        long place = log.placeBy(recordedUptoMicros - random.nextInt(3_000_000));
        if (place <= log.droppedBefore()) {
            return;
        }
        long[] staying =
                expected.entries().stream()
                        .filter(entry -> entry.address() >= log.start() || isKept(log, entry))
                        .mapToLong(Expected.Entry::address)
                        .filter(address -> address < place && random.nextBoolean())
                        .toArray();
        log.dropBefore(place, new Kept(new byte[] {1}, staying), () -> {});
        kept.put(log.droppedBefore(), Expected.scannedKept(log));
    }

    private boolean isKept(SegmentLog log, Expected.Entry entry) {
        return kept.getOrDefault(log.droppedBefore(), List.of()).stream()
                .anyMatch(one -> one.address() == entry.address());
    }

    /// A copy of a copy has what the log had at some time.
    private void requirePrefix(Path restored) {
        try (SegmentLog opened = SegmentLog.open(restored, SMALL)) {
            List<Expected.Entry> entries = Expected.scanned(opened, opened.start());
            List<Expected.Entry> since =
                    expected.entries().stream()
                            .filter(entry -> entry.address() >= opened.start())
                            .toList();
            Expected.assertSame(entries, since.subList(0, entries.size()));
            assertThat(kept).containsKey(opened.droppedBefore());
            Expected.assertSame(
                    Expected.scannedKept(opened),
                    kept.getOrDefault(opened.droppedBefore(), List.of()));
        }
    }

    /// Copies into an empty place: one that dies is none, and the next begins anew.
    void first() throws IOException {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 25);
            if (random.nextBoolean()) {
                drop(log, log.lastRecordedAtMicros());
            }
            expected.dropBefore(log.start());
            boolean done = false;
            for (int operations = 0; !done; operations++) {
                Path target = directory.resolve("copy-" + operations);
                done = copied(target, operations);
                if (!Files.exists(target.resolve("head"))) {
                    Path never = directory.resolve("never");
                    EventLogConformance.assertReason(
                            LogException.Reason.UNREADABLE, () -> copy(target, never));
                }
                assertThat(copy(from(), target).end()).isEqualTo(log.end());
                try (SegmentLog copy = SegmentLog.open(target, SMALL)) {
                    expected.assertIsIn(copy);
                }
            }
        }
    }
}
