package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.past.AsOf;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Columns that were built on, step by step or for a question, cut and built again tell what columns
/// do that are built at once.
/// `-Dseed=N` runs one case; `-Dcases=N` runs so many.
final class ColumnTest {
    private static final int CASES = Integer.getInteger("cases", 12);

    @Test
    void columns_asked_about_all_along_are_those_built_at_the_end() {
        Long given = Long.getLong("seed");
        long first = given == null ? Long.getLong("first.seed", System.nanoTime()) : given;
        int cases = given == null ? CASES : 1;
        for (int i = 0; i < cases; i++) {
            run(first + i);
        }
    }

    private static void run(long seed) {
        System.out.println("ColumnTest seed " + seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> lines = new ArrayList<>(Histories.events(seed));
        if (random.nextBoolean()) {
            // In order columns are built on, out of order they are cut.
            lines.sort((a, b) -> Long.compare(micros(a), micros(b)));
        }
        Instant now = Histories.present(lines, seed);
        EngineOptions options =
                EngineOptions.defaults()
                        .withRules(JudgedRules.of(Histories.rules(seed)))
                        .withClock(InstantSource.fixed(now))
                        .withShards(2);
        List<Instant> instants = Histories.pasts(lines, seed, 12);
        try (TwinEngine asked = TwinEngine.inMemory(options);
                TwinEngine fresh = TwinEngine.inMemory(options)) {
            for (int at = 0; at < lines.size(); ) {
                int end = Math.min(lines.size(), at + 1 + random.nextInt(40));
                var _ = Lines.append(asked, lines.subList(at, end));
                at = end;
                Instant instant = instants.get(random.nextInt(instants.size()));
                if (random.nextBoolean()) {
                    AtomicInteger steps = new AtomicInteger(random.nextInt(20));
                    asked.prepareColumns(() -> steps.getAndDecrement() > 0);
                }
                if (random.nextInt(4) == 0) {
                    try (TwinEngine whole = TwinEngine.inMemory(options)) {
                        var _ = Lines.append(whole, lines.subList(0, end));
                        assertThat(faces(asked, instant))
                                .as("seed " + seed + " at " + instant + " of " + end)
                                .isEqualTo(faces(whole, instant));
                    }
                }
            }
            var _ = Lines.append(fresh, lines);
            for (Instant instant : instants) {
                assertThat(faces(asked, instant))
                        .as("seed " + seed + " at " + instant)
                        .isEqualTo(faces(fresh, instant));
            }
            assertThat(asked.columnEntries()).isPositive();
        }
    }

    private static long micros(String line) {
        return Lines.event(line).timestampMicros();
    }

    private static Map<String, String> faces(TwinEngine engine, Instant instant) {
        Map<String, String> faces = new TreeMap<>();
        engine.eachFace(
                AsOf.at(Times.micros(instant)), (id, face) -> faces.put(id, face.toString()));
        return faces;
    }
}
