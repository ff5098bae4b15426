package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed with -9 while it cuts its log, again and again: what it answers from the floor
/// on is always what a log that was never cut answers. `-Dseed=N`, `-Dkills=N`, `-Dcases=N`.
final class CutKillTest {
    private static final int KILLS = Integer.getInteger("kills", 6);
    private static final int CASES = Integer.getInteger("cases", 1);

    @Test
    void a_cut_that_is_killed_is_made_or_not_made(@TempDir Path directory) throws Exception {
        ((Trial) CutKillTest::kill).several("CutKillTest", CASES, directory);
    }

    static void kill(long seed, Path directory) throws IOException, InterruptedException {
        new Case(seed).run(directory.resolve("data"));
    }

    private static final class Case {
        private final long seed;
        private final Random random;
        private final List<String> lines;
        private final List<List<String>> batches;

        Case(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.lines = Histories.events(seed);
            this.batches = Histories.delivery(lines, seed);
        }

        void run(Path directory) throws IOException, InterruptedException {
            try (TwinEngine whole =
                    TwinEngine.over(new MemoryLog(), KillChild.options(seed, lines))) {
                int next = 0;
                for (int kill = 0; kill < KILLS && next < batches.size(); kill++) {
                    next = runAndKill(directory, next, whole);
                    try (TwinEngine cut = CutChild.open(directory, seed, lines)) {
                        next = takeUnknown(cut, whole, next);
                        assertThat(cut.verify(TwinEngine.Progress.SILENT).differences())
                                .as("seed " + seed)
                                .isEmpty();
                        FlooredAnswers.requireSame(
                                cut, AsOf.PRESENT, whole, AsOf.PRESENT, "seed " + seed);
                        AsOf floor = AsOf.at(Math.max(cut.earliestMicros(), 0));
                        FlooredAnswers.requireSame(cut, floor, whole, floor, "seed " + seed);
                    }
                }
            }
        }

        /// The batch that was under way: whether it came in is not known, so it is sent again.
        private int takeUnknown(TwinEngine cut, TwinEngine whole, int next) {
            if (next == batches.size()) {
                return next;
            }
            List<String> taken = CutChild.above(cut.earliestMicros(), batches.get(next));
            if (!taken.isEmpty()) {
                var _ = Lines.append(cut, taken);
                var _ = Lines.append(whole, taken);
            }
            return next + 1;
        }

        /// Lets a child append and cut, kills it, and gives the batch after the last acknowledged.
        private int runAndKill(Path directory, int from, TwinEngine whole)
                throws IOException, InterruptedException {
            int next = from;
            int until = from + 1 + random.nextInt(Math.max(1, 2 * batches.size() / KILLS));
            boolean inCut = random.nextInt(4) > 0;
            try (Child child =
                    Child.start(
                            directory,
                            CutChild.class,
                            directory.toString(),
                            Long.toString(seed),
                            Integer.toString(from))) {
                String line = child.out().readLine();
                while (line != null && (next < until || (inCut && !line.equals(CutChild.CUT)))) {
                    next = acknowledge(line, next, whole);
                    line = child.out().readLine();
                }
                Thread.sleep(random.nextInt(60));
                child.kill();
                for (; line != null; line = child.out().readLine()) {
                    next = acknowledge(line, next, whole);
                }
            }
            return next;
        }

        private int acknowledge(String line, int next, TwinEngine whole) {
            if (CutChild.SAID.contains(line)) {
                return next;
            }
            String[] parts = line.split(" ", -1);
            List<String> taken =
                    CutChild.above(
                            Long.parseLong(parts[1]), batches.get(Integer.parseInt(parts[0])));
            if (!taken.isEmpty()) {
                var _ = Lines.append(whole, taken);
            }
            return Integer.parseInt(parts[0]) + 1;
        }
    }
}
