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

    static void recount(long seed, Path directory) {
        Random random = new Random(seed);
        JudgeRules rules = Histories.rules(seed);
        List<String> lines = new ArrayList<>(Histories.events(seed));
        lines.sort(Comparator.comparingLong(line -> Lines.event(line).timestampMicros()));
        AtomicReference<Instant> now = new AtomicReference<>(Histories.present(lines, seed));
        EngineOptions options =
                EngineOptions.defaults()
                        .withRules(JudgedRules.of(rules))
                        .withShards(2)
                        .withClock(now::get);
        List<Map<String, @Nullable Object>> accepted = new ArrayList<>();
        try (TwinEngine engine = TwinEngine.inMemory(options)) {
            int size = Math.max(1, lines.size() / STEPS);
            for (int at = 0; at < lines.size(); at += size) {
                List<String> batch = lines.subList(at, Math.min(lines.size(), at + size));
                var _ = Lines.append(engine, batch);
                batch.forEach(line -> accepted.add(PlainJson.readObject(line)));
                now.updateAndGet(instant -> instant.plus(passing(random)));
                new JudgedFleet(new Judge(accepted, rules), "seed " + seed + ", step at " + at)
                        .requireAggregates(engine, now.get());
            }
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
