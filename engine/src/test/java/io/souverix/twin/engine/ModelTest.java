package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.changes.Topic;
import io.souverix.twin.engine.changes.ViewFilter;
import io.souverix.twin.engine.changes.Watch;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to the service, in whatever order, it is what a plain sorted map of the accepted
/// events says: appends of new, repeated, late and annulling events are counted as they should be;
/// questions of the present, of an instant and of what was known then are answered as the judge does;
/// pages that were begun go on as one snapshot; who watches is told what is served; backups hold what was
/// there when they were taken, and are restored to that, or to what was recorded by a moment; from the
/// floor of a cut log on nothing is missing; through checkpoints, restarts, crashes, rebuilds and
/// verifications, while time passes. `-Dseed=N` runs one case, `-Dcases=N` so many.
final class ModelTest {
    private static final int CASES = Integer.getInteger("cases", 2);
    private static final int STEPS = 50;
    private static final int JUDGED_ONE_IN = 4;

    @Test
    void whatever_is_done_the_service_is_what_a_sorted_map_says(@TempDir Path directory)
            throws Exception {
        ((Trial) ModelTest::play).several("ModelTest", CASES, directory);
    }

    static void play(long seed, Path directory) throws IOException {
        Play play = new Play(seed, directory);
        try {
            play.run();
        } finally {
            play.close();
        }
    }

    private static final class Play {
        private final Random random;
        private final JudgeRules rules;
        private final List<String> lines;
        private final List<List<String>> batches;
        private final List<Instant> recorded = new ArrayList<>();
        private final List<Event> ordered;
        private final OpenPages pages;
        private final DataCopies copies;
        private final ModelBackups backups;
        private final String seed;
        private Model model;
        private int sent;
        private String what = "";
        private TwinEngine engine;
        private Optional<Follower> follower = Optional.empty();
        private volatile Instant now;

        Play(long seed, Path directory) {
            this.seed = "seed " + seed;
            this.random = new Random(seed);
            this.rules = Histories.rules(seed);
            this.lines = Histories.events(seed);
            this.batches = Histories.delivery(lines, seed);
            this.model = new Model(rules);
            this.now = Histories.present(lines, seed);
            this.ordered = new ArrayList<>(Lines.events(lines));
            ordered.sort(Event.ORDER);
            this.pages = new OpenPages(random);
            this.copies = new DataCopies(directory);
            this.backups = new ModelBackups(random, directory);
            this.engine = open();
        }

        private EngineOptions options() {
            return EngineOptions.defaults()
                    .withRules(JudgedRules.of(rules))
                    .withClock(() -> now)
                    .withShards(1 + random.nextInt(3))
                    .withSegmentBytes(CutChild.SEGMENT_BYTES)
                    .withCheckpoints(Long.MAX_VALUE, random.nextBoolean());
        }

        private TwinEngine open() {
            return TwinEngine.open(copies.current(), options(), TwinEngine.Progress.SILENT);
        }

        void close() {
            follower.ifPresent(Follower::close);
            engine.close();
        }

        void run() throws IOException {
            for (int step = 0; step < STEPS; step++) {
                what = seed + ", step " + step;
                append(1 + random.nextInt(Math.max(1, 2 * batches.size() / STEPS)));
                act(random.nextInt(24));
                now = now.plus(passing());
            }
            while (!pages.isEmpty()) {
                pages.turn(engine, what);
            }
            // The whole of the present takes the judge long.
            if (random.nextInt(JUDGED_ONE_IN) == 0) {
                model.judged(now, what).requireAgreement(engine, now);
            }
        }

        private Duration passing() {
            return switch (random.nextInt(8)) {
                case 0 -> Duration.ofHours(1 + random.nextInt(20));
                case 1, 2 -> Duration.ofSeconds(random.nextInt(600));
                default -> Duration.ofMillis(1 + random.nextInt(100));
            };
        }

        private void act(int action) throws IOException {
            switch (action) {
                case 0, 1 -> engine.checkpoint();
                case 2 -> restart();
                case 3 -> crash();
                case 4 -> rebuild();
                case 5 -> {
                    Projection[] all = Projection.values();
                    assertThat(engine.rebuild(all[random.nextInt(all.length)])).as(what).isTrue();
                }
                case 6 -> {
                    TwinEngine.Verification found = engine.verify(TwinEngine.Progress.SILENT);
                    assertThat(found.differences()).as(what).isEmpty();
                    assertThat(found.events() + engine.retained().dropped())
                            .as(what)
                            .isGreaterThanOrEqualTo(model.size());
                }
                case 7 -> model.judged(now, what).requireAgreementAt(engine, now);
                case 8 -> askOfThePast();
                case 9, 10, 11 -> pages.openList(engine, question(), what);
                case 12, 13 -> pages.openHistory(engine, model, recorded.getFirst(), what);
                case 14, 15 -> pages.turn(engine, what);
                case 16 -> follow();
                case 17, 18 -> backups.take(copies.current(), engine, model, recorded, now);
                case 19, 20 -> restore();
                case 21 -> cut();
                default -> watch();
            }
        }

        /// Some of what is still to come, or came already.
        private void append(int times) {
            for (int i = 0; i < times; i++) {
                boolean again = sent == batches.size() || (sent > 0 && random.nextInt(8) == 0);
                List<String> batch =
                        CutChild.above(
                                engine.earliestMicros(),
                                batches.get(again ? random.nextInt(sent) : sent++));
                Model.Counts expected = model.add(batch, now);
                Appended done = Lines.append(engine, batch);
                assertThat(Model.Counts.of(done)).as(what).isEqualTo(expected);
                assertThat(engine.status().events()).as(what).isEqualTo(model.size());
                recorded.add(now);
                if (random.nextInt(4) == 0) {
                    now = now.plusMillis(1);
                }
            }
        }

        private void stop() {
            follower.ifPresent(Follower::close);
            follower = Optional.empty();
            engine.close();
        }

        private void restart() {
            stop();
            engine = open();
        }

        /// The data directory as it lies there now is what the next process finds.
        private void crash() throws IOException {
            copies.copy();
            stop();
            copies.useCopy();
            engine = open();
        }

        private void rebuild() {
            stop();
            TwinEngine.rebuild(copies.current(), options(), TwinEngine.Progress.SILENT);
            engine = open();
        }

        /// Puts a backup into a new directory and compares; now and then it is served from then on.
        private void restore() {
            Path target = copies.fresh();
            ModelBackups.Restored restored = backups.restore(target).orElse(null);
            if (restored == null) {
                return;
            }
            try (TwinEngine other =
                    TwinEngine.open(target, options(), TwinEngine.Progress.SILENT)) {
                requireRestored(other, restored);
            }
            if (random.nextInt(3) > 0) {
                return;
            }
            stop();
            copies.useCopy();
            backups.servedIs(restored);
            model = restored.model();
            recorded.removeIf(moment -> moment.isAfter(restored.moment()));
            pages.forget();
            engine = open();
        }

        private void requireRestored(TwinEngine other, ModelBackups.Restored restored) {
            String told = "restored to " + restored.moment() + ", " + what;
            Model there = restored.model();
            assertThat(other.status().digest()).as(told).isEqualTo(there.digest());
            assertThat(other.status().events()).as(told).isEqualTo(there.size());
            long floor = other.earliestMicros();
            for (String node : there.nodes()) {
                List<String> found =
                        Answers.history(other, node).stream()
                                .map(EventsQuery.Stored::event)
                                .filter(event -> event.timestampMicros() > floor)
                                .map(event -> event.hash().hex())
                                .toList();
                assertThat(found)
                        .as(node + " " + told)
                        .isEqualTo(there.history(node, floor + 1, Long.MAX_VALUE));
            }
            if (random.nextInt(JUDGED_ONE_IN) == 0) {
                there.judged(now, told).requireAgreementAt(other, now);
            }
        }

        /// Cuts the log; what is older is not sent and not asked about from then on.
        private void cut() {
            Event oldest = ordered.get(random.nextInt(ordered.size()));
            long present = Times.micros(now);
            var _ =
                    engine.cut(
                            Math.min(oldest.timestampMicros(), present),
                            Math.min(present, backups.cuttableMicros()));
            pages.forget();
        }

        private void askOfThePast() {
            Instant at = Histories.pasts(lines, random.nextLong(), 1).getFirst();
            at = at.isAfter(now) ? now : at;
            long atMicros = Math.max(Times.micros(at), engine.earliestMicros());
            at = Times.instant(atMicros);
            Instant known = known().orElse(null);
            if (known == null || random.nextInt(3) == 0) {
                model.judged(now, what).requireAgreementAt(engine, at);
                return;
            }
            JudgedFleet judged = model.judged(known, what + ", known at " + known);
            long knownMicros = Times.micros(known);
            if (random.nextBoolean()) {
                judged.requireAgreementAt(engine, at, engine.asOf(atMicros, knownMicros));
            } else {
                judged.requireAgreementAt(engine, known, engine.asOf(AsOf.ALL, knownMicros));
            }
        }

        /// A moment whose knowledge can be asked about.
        private Optional<Instant> known() {
            Instant known = recorded.get(random.nextInt(recorded.size()));
            return Optional.of(known)
                    .filter(moment -> Times.micros(moment) >= engine.earliestKnownMicros());
        }

        private AsOf question() {
            return switch (random.nextInt(3)) {
                case 0 ->
                        AsOf.at(
                                Math.max(
                                        Times.micros(recorded.getFirst()),
                                        engine.earliestMicros()));
                case 1 ->
                        known().map(known -> engine.asOf(AsOf.ALL, Times.micros(known)))
                                .orElse(AsOf.PRESENT);
                default -> AsOf.PRESENT;
            };
        }

        private void follow() {
            follower.ifPresent(Follower::close);
            follower =
                    Optional.of(
                            new Follower(engine, Watch.ofNodes(Set.of(Topic.TWINS), ViewFilter.ALL))
                                    .start());
        }

        /// What the follower was told, put together, is what is served.
        private void watch() {
            if (follower.isEmpty()) {
                return;
            }
            Follower one = follower.get();
            if (random.nextInt(3) == 0) {
                one.kill();
                var _ = one.start();
            }
            one.reach(engine.position());
            Map<String, String> told = new TreeMap<>();
            one.twins.forEach((id, twin) -> told.put(id, revision(twin)));
            Map<String, String> served = new TreeMap<>();
            engine.twins(AsOf.PRESENT, true, null, TwinEngine.MAX_PAGE)
                    .twins()
                    .forEach(twin -> served.put(FilterTest.id(twin), revision(twin)));
            assertThat(told).as(what).isEqualTo(served);
        }

        private static String revision(JsonObject twin) {
            return Answers.value(twin, "meta/revision");
        }
    }
}
