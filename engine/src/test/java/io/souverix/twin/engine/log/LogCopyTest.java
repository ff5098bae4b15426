package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.souverix.twin.engine.Trial;
import io.souverix.twin.engine.log.LogCopy.Copied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of a log: prefixes of it, whatever happens while they are made.
final class LogCopyTest {
    private static final SegmentLogOptions SMALL =
            new SegmentLogOptions(SegmentLogOptions.MIN_SEGMENT_BYTES);

    private final Random random = Seed.random("LogCopyTest");
    private final Expected expected = new Expected();

    @TempDir Path directory;

    private Path from() {
        return directory.resolve("log");
    }

    private Path to() {
        return directory.resolve("copy");
    }

    private Copied copy(Path source, Path target) {
        return LogCopy.copy(source, target, Long.MAX_VALUE, ProgressListener.SILENT);
    }

    private void append(SegmentLog log, int frames) {
        for (int i = 0; i < frames; i++) {
            expected.append(log, random, 400);
        }
    }

    @Test
    void a_copy_of_a_log_in_use_holds_what_was_acknowledged() {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 40);
            Copied copied = copy(from(), to());
            assertThat(copied.end()).isEqualTo(log.end());
            assertThat(copied.records()).isEqualTo(log.records());
            assertThat(copied.lastFrameHash())
                    .isEqualTo(log.verify(ProgressListener.SILENT).lastFrameHash());
        }
        try (SegmentLog copy = SegmentLog.open(to(), SMALL)) {
            expected.assertIsIn(copy);
            assertThat(copy.recovery().warnings()).isEmpty();
        }
    }

    @Test
    void a_copy_taken_while_the_log_grows_is_a_prefix_of_it() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 1);
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!done.get() && expected.entries().size() < 5_000) {
                                    append(log, 1);
                                }
                            });
            long newBytes = 0;
            for (int i = 0; i < 20; i++) {
                long acknowledged = log.records();
                Copied copied = copy(from(), to());
                assertThat(copied.records()).isGreaterThanOrEqualTo(acknowledged);
                newBytes += copied.newBytes();
                assertThat(newBytes).isEqualTo(copied.bytes());
            }
            done.set(true);
            writer.join();
        }
        try (SegmentLog copy = SegmentLog.open(to(), SMALL)) {
            List<Expected.Entry> found = Expected.scanned(copy, copy.start());
            assertThat(found).isNotEmpty();
            Expected.assertSame(found, expected.entries().subList(0, found.size()));
        }
    }

    @Test
    void only_what_is_new_is_copied_and_sealed_segments_stay_untouched() throws IOException {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 40);
            Copied first = copy(from(), to());
            Map<String, Object> keys = keys(to());
            append(log, 40);
            Copied second = copy(from(), to());
            assertThat(first.newBytes()).isEqualTo(first.bytes());
            assertThat(second.newBytes()).isEqualTo(second.bytes() - first.bytes());
            assertThat(copy(from(), to()).newBytes()).isZero();
            Map<String, Object> after = keys(to());
            keys.forEach((name, key) -> assertThat(after).containsEntry(name, key));
        }
        try (SegmentLog copy = SegmentLog.open(to(), SMALL)) {
            expected.assertIsIn(copy);
        }
    }

    /// Which file stands under the name of each segment.
    private static Map<String, Object> keys(Path directory) throws IOException {
        Map<String, Object> keys = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".seg")).toList()) {
                keys.put(file.getFileName().toString(), Files.getAttribute(file, "unix:ino"));
            }
        }
        return keys;
    }

    @Test
    void a_copy_that_dies_at_any_point_is_the_earlier_one_and_the_next_goes_on() throws Exception {
        ((Trial) (seed, files) -> new DyingCopy(seed, files).later())
                .several("LogCopyTest", 1, directory);
    }

    @Test
    void the_first_copy_that_dies_at_any_point_is_none_and_the_next_begins_anew() throws Exception {
        ((Trial) (seed, files) -> new DyingCopy(seed, files).first())
                .several("LogCopyTest", 1, directory);
    }

    @Test
    void damage_in_what_is_copied_is_told_with_its_place_and_the_earlier_copy_stays()
            throws IOException {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 10);
            Copied earlier = copy(from(), to());
            append(log, 30);
            Path segment = lastSealed();
            byte[] bytes = Files.readAllBytes(segment);
            int at = 96 + random.nextInt(bytes.length - 96);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(segment, bytes);
            assertThatExceptionOfType(CorruptLogException.class)
                    .as("byte " + at)
                    .isThrownBy(() -> copy(from(), to()))
                    .satisfies(e -> {
                        assertThat(e.file()).endsWith(segment.getFileName().toString());
                        assertThat(e.offset()).isBetween(0L, (long) bytes.length);
                    });
            Path again = directory.resolve("again");
            assertThat(copy(to(), again).lastFrameHash()).isEqualTo(earlier.lastFrameHash());
        }
    }

    private Path lastSealed() throws IOException {
        try (Stream<Path> files = Files.list(from())) {
            List<Path> segments =
                    files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
            return segments.get(segments.size() - 2);
        }
    }

    @Test
    void another_log_is_not_copied_over_a_copy() {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 10);
        }
        copy(from(), to());
        Path other = directory.resolve("other");
        try (SegmentLog log = SegmentLog.open(other, SMALL)) {
            Expected others = new Expected();
            EventLogConformance.assertReason(
                    LogException.Reason.NO_SUCH_ADDRESS, () -> copy(other, to()));
            while (log.end() < expected.ends().getLast() + 1_000) {
                others.append(log, random, 400);
            }
            EventLogConformance.assertReason(
                    LogException.Reason.NO_SUCH_ADDRESS, () -> copy(other, to()));
        }
        try (SegmentLog copy = SegmentLog.open(to(), SMALL)) {
            expected.assertIsIn(copy);
        }
    }

    @Test
    void a_copy_whose_segments_are_gone_is_told() throws IOException {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 40);
            copy(from(), to());
            try (Stream<Path> files = Files.list(to())) {
                Files.delete(
                        files.filter(f -> f.toString().endsWith(".seg"))
                                .sorted()
                                .skip(1)
                                .findFirst()
                                .orElseThrow());
            }
            append(log, 1);
            assertThatExceptionOfType(CorruptLogException.class)
                    .isThrownBy(() -> copy(from(), to()));
        }
    }

    @Test
    void a_copy_up_to_a_moment_has_what_was_recorded_by_then() {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 40);
            for (int i = 0; i < 10; i++) {
                long moment = log.lastRecordedAtMicros() - random.nextInt(13_000_000);
                Path target = directory.resolve("at-" + i);
                Copied copied = LogCopy.copy(from(), target, moment, ProgressListener.SILENT);
                assertThat(copied.recordedAtMicros()).isLessThanOrEqualTo(moment);
                long next = log.firstAfter(moment);
                try (SegmentLog copy = SegmentLog.open(target, SMALL)) {
                    List<Expected.Entry> wanted =
                            expected.entries().stream()
                                    .filter(entry -> entry.address() < next)
                                    .toList();
                    Expected.assertSame(Expected.scanned(copy, copy.start()), wanted);
                    assertThat(copy.recovery().warnings()).isEmpty();
                }
            }
        }
    }

    @Test
    void what_the_log_dropped_the_copy_drops_too() throws IOException {
        try (SegmentLog log = SegmentLog.open(from(), SMALL)) {
            append(log, 40);
            copy(from(), to());
            long place = log.placeBy(log.lastRecordedAtMicros() - 3_000_000);
            long[] kept =
                    expected.entries().stream()
                            .mapToLong(Expected.Entry::address)
                            .filter(address -> address < place && random.nextBoolean())
                            .toArray();
            log.dropBefore(place, new Kept(new byte[] {1}, kept), () -> {});
            expected.dropBefore(log.start());
            append(log, 5);
            copy(from(), to());
            try (SegmentLog copy = SegmentLog.open(to(), SMALL)) {
                Expected.assertSame(Expected.scannedKept(copy), Expected.scannedKept(log));
                assertThat(copy.note()).containsExactly(1);
            }
            assertThat(keys(to()).keySet()).isEqualTo(keys(from()).keySet());
        }
        try (SegmentLog copy = SegmentLog.open(to(), SMALL)) {
            expected.assertIsIn(copy);
        }
    }
}
