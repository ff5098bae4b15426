package io.souverix.twin.engine;

import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.PlainJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Aggregates kept by adding and subtracting equal a recount over all twins, at every step of a
/// history, while time passes between the steps and changes views by itself. `-Dseed=N`.
final class RecountTest {
    private static final int STEPS = Integer.getInteger("steps", 60);

    @Test
    void aggregates_equal_a_recount_at_every_step_while_time_passes(@TempDir Path directory)
            throws Exception {
        ((Trial) RecountTest::recount).several("RecountTest", 1, directory);
    }

    @Test
    void they_do_so_after_every_restart_though_nodes_are_not_counted_again(@TempDir Path directory)
            throws Exception {
        ((Trial) RecountTest::restart).several("RecountTest", 1, directory);
    }

    static void recount(long seed, Path directory) {
        Case one = new Case(seed, directory);
        try (TwinEngine engine = TwinEngine.inMemory(one.options())) {
            one.step(() -> engine);
        }
    }

    static void restart(long seed, Path directory) {
        Case one = new Case(seed, directory);
        TwinEngine[] engine = {one.open()};
        try {
            one.step(() -> {
                if (one.random.nextInt(3) == 0) {
                    engine[0].checkpoint();
                }
                if (one.random.nextInt(2) == 0) {
                    engine[0].close();
                    one.pass();
                    engine[0] = one.open();
                }
                return engine[0];
            });
        } finally {
            engine[0].close();
        }
    }

    private static final class Case {
        private final long seed;
        private final Path directory;
        private final Random random;
        private final JudgeRules rules;
        private final List<String> lines;
        private final AtomicReference<Instant> now;
        private final List<Map<String, @Nullable Object>> accepted = new ArrayList<>();

        Case(long seed, Path directory) {
            this.seed = seed;
            this.directory = directory;
            this.random = new Random(seed);
            this.rules = Histories.rules(seed);
            this.lines = new ArrayList<>(Histories.events(seed));
            this.now = new AtomicReference<>(Histories.present(lines, seed));
            lines.sort(Comparator.comparingLong(line -> Lines.event(line).timestampMicros()));
        }

        EngineOptions options() {
            return EngineOptions.defaults()
                    .withRules(JudgedRules.of(rules))
                    .withShards(2)
                    .withClock(now::get);
        }

        TwinEngine open() {
            // So few that twins leave memory all the time.
            return TwinEngine.open(
                    directory,
                    options()
                            .withShards(1 + random.nextInt(3))
                            .withCheckpoints(Long.MAX_VALUE, random.nextInt(3) == 0)
                            .withTwinBytes(random.nextInt(20_000)),
                    TwinEngine.Progress.SILENT);
        }

        void step(Supplier<TwinEngine> engine) {
            int size = Math.max(1, lines.size() / STEPS);
            for (int at = 0; at < lines.size(); at += size) {
                List<String> batch = lines.subList(at, Math.min(lines.size(), at + size));
                var _ = Lines.append(engine.get(), batch);
                batch.forEach(line -> accepted.add(PlainJson.readObject(line)));
                pass();
                new JudgedFleet(new Judge(accepted, rules), "seed " + seed + ", step at " + at)
                        .requireAggregates(engine.get(), now.get());
            }
        }

        void pass() {
            now.updateAndGet(instant -> instant.plus(passing(random)));
        }
    }

    private static Duration passing(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Duration.ofHours(1 + random.nextInt(30));
            case 1 -> Duration.ofMinutes(random.nextInt(90));
            case 2 -> Duration.ofSeconds(random.nextInt(120));
            default -> Duration.ZERO;
        };
    }
}
