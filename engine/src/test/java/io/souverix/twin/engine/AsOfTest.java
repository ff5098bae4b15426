package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.PlainJson;
import io.souverix.twin.engine.past.AsOf;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every answer at an instant equals that of the judge who was told only the events that count: those
/// with a timestamp up to it and, with `known_at`, recorded by then. Asked again and again while late
/// events, annulments, checkpoints and restarts come in between.
///
/// `-Dseed=N` runs one case; `-Dcases=N` runs so many.
final class AsOfTest {
    private static final int CASES = Integer.getInteger("cases", 3);

    @Test
    void every_answer_as_of_is_that_of_the_events_that_count(@TempDir Path directory)
            throws Exception {
        ((Trial) AsOfTest::ask).several("AsOfTest", CASES, directory);
    }

    static void ask(long seed, Path directory) {
        new Case(seed, directory).run();
    }

    private static final class Case {
        private final long seed;
        private final Path directory;
        private final RandomGenerator random;
        private final List<String> lines;
        private final JudgeRules rules;
        private final List<Told> told = new ArrayList<>();
        private volatile Instant now;

        /// A batch, and when it was recorded.
        private record Told(Instant recorded, List<String> lines) {}

        Case(long seed, Path directory) {
            this.seed = seed;
            this.directory = directory;
            this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            this.lines = Histories.events(seed);
            this.rules = Histories.rules(seed);
            this.now = Histories.present(lines, seed);
        }

        private TwinEngine open() {
            EngineOptions options =
                    EngineOptions.defaults()
                            .withRules(JudgedRules.of(rules))
                            .withClock(() -> now)
                            .withShards(1 + random.nextInt(3))
                            .withCheckpoints(Long.MAX_VALUE, random.nextBoolean())
                            // Often so few that twins leave memory all the time.
                            .withTwinBytes(
                                    random.nextInt(4) == 0 ? 1L << 30 : random.nextInt(20_000));
            return TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
        }

        void run() {
            TwinEngine engine = open();
            try {
                List<List<String>> batches = Histories.delivery(lines, seed);
                int asks = Math.max(1, batches.size() / 5);
                for (List<String> batch : batches) {
                    now = now.plusMillis(1 + random.nextInt(2_000));
                    var _ = Lines.append(engine, batch);
                    told.add(new Told(now, batch));
                    if (random.nextInt(6) == 0) {
                        engine.checkpoint();
                    }
                    if (random.nextInt(12) == 0) {
                        engine.close();
                        engine = open();
                    }
                    if (random.nextInt(asks) == 0) {
                        ask(engine);
                    }
                }
                for (int i = 0; i < 4; i++) {
                    ask(engine);
                }
            } finally {
                engine.close();
            }
        }

        private void ask(TwinEngine engine) {
            Instant at = Histories.pasts(lines, random.nextLong(), 1).getFirst();
            at = at.isAfter(now) ? now : at;
            judge(now).requireAgreementAt(engine, at);
            Instant known = told.get(random.nextInt(told.size())).recorded();
            known = random.nextInt(4) == 0 ? known.minusNanos(1_000) : known;
            long knownMicros = Times.micros(known);
            requireHistory(engine, at, AsOf.at(Times.micros(at)));
            requireHistory(engine, at, engine.asOf(Times.micros(at), knownMicros));
            judge(known).requireAgreementAt(engine, at, engine.asOf(Times.micros(at), knownMicros));
            judge(known).requireAgreementAt(engine, known, engine.asOf(AsOf.ALL, knownMicros));
        }

        /// Every point of an aggregate over time is what the aggregate at that instant is.
        private void requireHistory(TwinEngine engine, Instant until, AsOf asOf) {
            Projection projection = Projection.values()[random.nextInt(Projection.values().length)];
            List<Dimension> by =
                    random.nextBoolean()
                            ? List.of(Dimension.CLUSTER)
                            : List.of(Dimension.ZONE, Dimension.COMPONENT_TYPE);
            boolean all = random.nextBoolean();
            long end = Times.micros(until);
            long step = 1 + random.nextLong(3_600_000_000L);
            long since = end - step * random.nextInt(40);
            JsonObject history =
                    engine.history(new HistoryQuery(projection, by, all, asOf, since, end, step));
            JsonArray points = (JsonArray) Objects.requireNonNull(history.member("points"));
            for (int i = 0; i < points.elements().size(); i++) {
                JsonObject point = (JsonObject) points.elements().get(i);
                JsonObject then =
                        engine.projection(projection, by, all, asOf.withAt(since + i * step));
                for (String member : List.of("at", "total", "groups")) {
                    assertThat(point.member(member))
                            .as("%s of point %d, %s, seed %d", member, i, projection, seed)
                            .isEqualTo(then.member(member));
                }
            }
        }

        private JudgedFleet judge(Instant known) {
            List<Map<String, @Nullable Object>> counting = new ArrayList<>();
            for (Told batch : told) {
                if (!batch.recorded().isAfter(known)) {
                    batch.lines().forEach(line -> counting.add(PlainJson.readObject(line)));
                }
            }
            return new JudgedFleet(
                    new Judge(counting, rules),
                    "seed " + seed + ", " + told.size() + " batches, known at " + known);
        }
    }

    @Test
    void pages_make_one_snapshot_whatever_comes_in_between() {
        try (TwinEngine engine = TwinEngine.inMemory(EngineOptions.defaults())) {
            for (int i = 0; i < 9; i++) {
                Lines.append(engine, List.of(Facts.state("n-" + i, "a", i, "live")));
            }
            TwinEngine.TwinsPage first = engine.twins(AsOf.PRESENT, false, null, 4);
            Lines.append(
                    engine,
                    List.of(
                            Facts.state("n-5", "b", 20, "autonomous"),
                            Facts.state("n-4b", "a", 20, "live"),
                            Facts.annulment("n-6", "x", 21, "a", 6)));
            TwinEngine.TwinsPage second = engine.twins(AsOf.PRESENT, false, first.nextCursor(), 4);
            TwinEngine.TwinsPage third = engine.twins(AsOf.PRESENT, false, second.nextCursor(), 4);
            List<String> seen = new ArrayList<>();
            for (TwinEngine.TwinsPage page : List.of(first, second, third)) {
                page.twins()
                        .forEach(twin ->
                                seen.add(
                                        Answers.value(twin, "identity/immutable_id")
                                                + Answers.value(twin, "connectivity/state")));
                assertThat(page.asOf()).isEqualTo(first.asOf());
            }
            assertThat(seen).hasSize(9).allMatch(node -> node.endsWith("\"live\""));
            assertThat(third.nextCursor()).isNull();
        }
    }
}
