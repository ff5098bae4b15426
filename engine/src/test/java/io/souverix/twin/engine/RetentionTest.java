package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log that was cut answers from its floor on as one that never was, whatever was cut, in whatever
/// order events came, and through restarts. `-Dseed=N` runs one case, `-Dcases=N` so many.
final class RetentionTest {
    private static final int CASES = Integer.getInteger("cases", 3);

    @Test
    void from_the_floor_on_every_answer_is_that_of_a_log_that_was_never_cut(@TempDir Path directory)
            throws Exception {
        LongAdder dropped = new LongAdder();
        ((Trial) (seed, files) -> dropped.add(retain(seed, files)))
                .several("RetentionTest", CASES, directory);
        assertThat(dropped.sum()).isPositive();
    }

    /// @return how many events were dropped
    static long retain(long seed, Path directory) {
        return new Case(seed, directory).run();
    }

    @Test
    void what_is_older_than_what_is_to_be_retained_goes_by_itself_and_the_disk_is_given_back(
            @TempDir Path directory) throws InterruptedException {
        Instant[] now = {Instant.parse("2026-02-27T00:00:00Z")};
        EngineOptions options =
                EngineOptions.defaults().withClock(() -> now[0]).withSegmentBytes(4 << 10);
        long whole;
        try (TwinEngine engine = TwinEngine.open(directory, options, TwinEngine.Progress.SILENT)) {
            for (int i = 0; i < 600; i++) {
                now[0] = now[0].plusSeconds(60);
                var _ = Lines.append(engine, List.of(report(i, now[0])));
            }
            whole = engine.status().logBytes();
            assertThat(engine.earliestMicros()).isEqualTo(Long.MIN_VALUE);
        }
        try (TwinEngine engine =
                TwinEngine.open(
                        directory,
                        options.withRetain(Duration.ofHours(1)),
                        TwinEngine.Progress.SILENT)) {
            long before = engine.status().events();
            for (int i = 0; i < 600 && engine.retained().cuts() == 0; i++) {
                Thread.sleep(100);
            }
            assertThat(engine.earliestMicros()).isEqualTo(Times.micros(now[0].minusSeconds(3600)));
            assertThat(engine.status().logBytes()).isLessThan(whole / 2);
            assertThat(engine.status().events()).isEqualTo(before);
            assertThat(Answers.value(engine, "n", "connectivity/latency_ms")).isEqualTo("599");
        }
    }

    private static String report(int latency, Instant at) {
        return """
        {"id":"e%d","timestamp":"%s","node_id":"n","event_type":"connectivity_reported",\
        "payload":{"latency_ms":%d}}\
        """
                .formatted(latency, at, latency);
    }

    private static final class Case {
        private final long seed;
        private final Path directory;
        private final Random random;
        private final List<String> lines;
        private final JudgeRules rules;
        private Instant now;
        private final TwinEngine whole;
        private TwinEngine cut;
        private long dropped;

        Case(long seed, Path directory) {
            this.seed = seed;
            this.directory = directory;
            this.random = new Random(seed);
            this.lines = Histories.events(seed);
            this.rules = Histories.rules(seed);
            this.now = Histories.present(lines, seed).minusSeconds(600);
            this.whole = TwinEngine.over(new MemoryLog(), options());
            this.cut = open();
        }

        private EngineOptions options() {
            return EngineOptions.defaults()
                    .withRules(JudgedRules.of(rules))
                    .withClock(() -> now)
                    .withShards(1 + random.nextInt(3))
                    .withSegmentBytes(4 << 10)
                    .withCheckpoints(Long.MAX_VALUE, random.nextBoolean());
        }

        private TwinEngine open() {
            return TwinEngine.open(directory, options(), TwinEngine.Progress.SILENT);
        }

        /// @return how many events were dropped
        long run() {
            try {
                for (List<String> batch : Histories.delivery(lines, seed)) {
                    now = now.plusMillis(random.nextInt(2_000));
                    append(batch);
                    if (random.nextInt(10) == 0) {
                        cut.checkpoint();
                    }
                    if (random.nextInt(12) == 0) {
                        reopen();
                    }
                    if (random.nextInt(10) == 0) {
                        cut();
                        if (random.nextInt(3) == 0) {
                            requireSame();
                        }
                    }
                }
                now = now.plusSeconds(900);
                cutAt(0.6 + random.nextDouble() * 0.4);
                requireSame();
                reopen();
                requireSame();
                return dropped;
            } finally {
                whole.close();
                cut.close();
            }
        }

        /// Both take what is not older than the floor.
        private void append(List<String> batch) {
            List<String> taken =
                    batch.stream()
                            .filter(line ->
                                    TwinEngine.speaksOfMicros(Lines.event(line))
                                            > cut.earliestMicros())
                            .toList();
            if (!taken.isEmpty()) {
                Appended one = Lines.append(whole, taken);
                Appended other = Lines.append(cut, taken);
                assertThat(other.applied()).isEqualTo(one.applied());
                assertThat(other.late()).isEqualTo(one.late());
                assertThat(other.duplicates()).isEqualTo(one.duplicates());
            }
        }

        private void reopen() {
            cut.close();
            if (random.nextInt(3) == 0) {
                delete(directory.resolve("derived"));
            }
            cut = open();
        }

        private void cut() {
            cutAt(random.nextDouble() * 0.6);
        }

        /// Cuts the log at, or just beside, the event that so many are older than.
        private void cutAt(double part) {
            List<Event> events = new ArrayList<>(Lines.events(lines));
            events.sort(Event.ORDER);
            long floor = events.get((int) (part * events.size())).timestampMicros();
            floor = Math.min(floor + random.nextInt(3) - 1, Times.micros(now));
            long recorded = Times.micros(now) - random.nextInt(30_000_000);
            dropped += cut.cut(floor, recorded);
        }

        private void requireSame() {
            assertThat(cut.verify(TwinEngine.Progress.SILENT).differences())
                    .as("seed " + seed)
                    .isEmpty();
            requireSame(AsOf.PRESENT, AsOf.PRESENT);
            for (Instant past : Histories.pasts(lines, seed, 6)) {
                long at = Math.max(Times.micros(past), cut.earliestMicros());
                if (at <= Times.micros(now)) {
                    requireSame(AsOf.at(at), AsOf.at(at));
                    long known = Times.micros(now) - random.nextInt(60_000_000);
                    if (known >= cut.earliestKnownMicros()) {
                        requireSame(whole.asOf(at, known), cut.asOf(at, known));
                        requireSame(whole.asOf(AsOf.ALL, known), cut.asOf(AsOf.ALL, known));
                    }
                }
            }
        }

        private void requireSame(AsOf one, AsOf other) {
            FlooredAnswers.requireSame(cut, other, whole, one, "seed " + seed + ", " + other);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.exists(directory) ? Files.walk(directory) : Stream.of()) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
