package io.souverix.twin.engine;

import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.PlainJson;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The law: the same set of events, in any order, in any batches, each any number of times, with any
/// restarts and checkpoints in between, gives the same fleet. The judge says which.
///
/// `-Dseed=N` runs one case; `-Dcases=N` runs so many.
final class SetEqualityTest {
    private static final int CASES = Integer.getInteger("cases", 12);

    @Test
    void any_delivery_of_a_set_gives_the_fleet_the_judge_gives(@TempDir Path directory)
            throws Exception {
        ((Trial) SetEqualityTest::deliver).several("SetEqualityTest", CASES, directory);
    }

    static void deliver(long seed, Path directory) {
        new Case(seed, directory).run();
    }

    private static final class Case {
        private final long seed;
        private final Path directory;
        private final RandomGenerator random;
        private final List<String> lines;
        private final Instant present;
        private final JudgeRules judgeRules;

        Case(long seed, Path directory) {
            this.seed = seed;
            this.directory = directory;
            this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            this.lines = Histories.events(seed);
            this.present = Histories.present(lines, seed);
            this.judgeRules = Histories.rules(seed);
        }

        private TwinEngine open() {
            EngineOptions options =
                    EngineOptions.defaults()
                            .withRules(JudgedRules.of(judgeRules))
                            .withClock(InstantSource.fixed(present))
                            .withShards(1 + random.nextInt(3))
                            .withCheckpoints(Long.MAX_VALUE, random.nextBoolean())
                            // Often so few that twins leave memory all the time.
                            .withTwinBytes(
                                    random.nextInt(4) == 0 ? 1L << 30 : random.nextInt(20_000))
                            // Often so little that a history is folded in parts.
                            .withReplayBytes(
                                    random.nextInt(4) == 0 ? 1L << 30 : random.nextInt(100_000));
            return TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
        }

        /// With nothing but the log.
        private TwinEngine openAnew() {
            Foundation.delete(directory.resolve(TwinEngine.DERIVED_DIRECTORY));
            return open();
        }

        void run() {
            JudgedFleet fleet =
                    new JudgedFleet(
                            new Judge(
                                    lines.stream().map(PlainJson::readObject).toList(), judgeRules),
                            "seed " + seed);
            TwinEngine engine = open();
            try {
                for (List<String> batch : Histories.delivery(lines, seed)) {
                    var _ = Lines.append(engine, batch);
                    if (random.nextInt(6) == 0) {
                        engine.checkpoint();
                    }
                    if (random.nextInt(12) == 0) {
                        engine.close();
                        engine = random.nextInt(3) == 0 ? openAnew() : open();
                    }
                }
                fleet.requireAgreement(engine, present);
                engine.close();
                engine = openAnew();
                fleet.requireAgreement(engine, present);
                for (Instant past : Histories.pasts(lines, seed, 4)) {
                    fleet.requireAgreementAt(engine, past);
                }
            } finally {
                engine.close();
            }
        }
    }
}
