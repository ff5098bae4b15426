package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.past.AsOf;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed with -9 while it cuts its log, again and again: what it answers from the floor
/// on is always what a log that was never cut answers. `-Dseed=N`, `-Dkills=N`.
final class CutKillTest {
    private static final int KILLS = Integer.getInteger("kills", 6);

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);
    private final List<String> lines = Histories.events(seed);
    private final List<List<String>> batches = Histories.delivery(lines, seed);

    @Test
    void a_cut_that_is_killed_is_made_or_not_made(@TempDir Path directory)
            throws IOException, InterruptedException {
        System.out.println("CutKillTest seed " + seed);
        try (TwinEngine whole = TwinEngine.over(new MemoryLog(), KillChild.options(seed, lines))) {
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
        Process child =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseCompactObjectHeaders",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CutChild.class.getName(),
                                directory.toString(),
                                Long.toString(seed),
                                Integer.toString(from))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int next = from;
        int until = from + 1 + random.nextInt(Math.max(1, 2 * batches.size() / KILLS));
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null && next < until) {
                next = acknowledge(line, next, whole);
                line = out.readLine();
            }
            Thread.sleep(random.nextInt(30));
            child.toHandle().destroyForcibly();
            for (; line != null; line = out.readLine()) {
                next = acknowledge(line, next, whole);
            }
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return next;
    }

    private int acknowledge(String line, int next, TwinEngine whole) {
        if (line.equals("OPEN") || line.equals("DONE")) {
            return next;
        }
        String[] parts = line.split(" ", -1);
        List<String> taken =
                CutChild.above(Long.parseLong(parts[1]), batches.get(Integer.parseInt(parts[0])));
        if (!taken.isEmpty()) {
            var _ = Lines.append(whole, taken);
        }
        return Integer.parseInt(parts[0]) + 1;
    }
}
