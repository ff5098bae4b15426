package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Selection;
import io.souverix.twin.engine.changes.Topic;
import io.souverix.twin.engine.changes.ViewFilter;
import io.souverix.twin.engine.changes.Watch;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.FilterText;
import io.souverix.twin.engine.query.ListQuery;
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
/// pages that were begun go on as one snapshot; who watches is told what is served; through
/// checkpoints, restarts, crashes, rebuilds and verifications, while time passes. `-Dseed=N` runs one
/// case, `-Dcases=N` so many.
final class ModelTest {
    private static final int CASES = Integer.getInteger("cases", 2);
    private static final int STEPS = 50;
    private static final int JUDGED_ONE_IN = 4;
    private static final int MOST_OPEN_LISTS = 6;

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
        private final Model model;
        private final List<Instant> recorded = new ArrayList<>();
        private final List<OpenList> lists = new ArrayList<>();
        private final List<OpenHistory> histories = new ArrayList<>();
        private final DataCopies copies;
        private final String seed;
        private int sent;
        private String what = "";
        private TwinEngine engine;
        private Optional<Follower> follower = Optional.empty();
        private volatile Instant now;

        /// A list whose first pages were read, and what its others must say.
        private record OpenList(ListQuery query, String cursor, List<String> rest) {}

        /// The same of a history.
        private record OpenHistory(
                String node, EventsQuery query, String cursor, List<String> rest) {}

        Play(long seed, Path directory) {
            this.seed = "seed " + seed;
            this.random = new Random(seed);
            this.rules = Histories.rules(seed);
            this.lines = Histories.events(seed);
            this.batches = Histories.delivery(lines, seed);
            this.model = new Model(rules);
            this.now = Histories.present(lines, seed);
            this.copies = new DataCopies(directory);
            this.engine = open();
        }

        private EngineOptions options() {
            return EngineOptions.defaults()
                    .withRules(JudgedRules.of(rules))
                    .withClock(() -> now)
                    .withShards(1 + random.nextInt(3))
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
                act(random.nextInt(20));
                now = now.plus(passing());
            }
            while (!lists.isEmpty() || !histories.isEmpty()) {
                turnPage();
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
                    assertThat(found.events()).as(what).isGreaterThanOrEqualTo(model.size());
                }
                case 7 -> model.judged(now, what).requireAgreementAt(engine, now);
                case 8 -> askOfThePast();
                case 9, 10, 11 -> openList();
                case 12, 13 -> openHistory();
                case 14, 15 -> turnPage();
                case 16 -> follow();
                default -> watch();
            }
        }

        /// Some of what is still to come, or came already.
        private void append(int times) {
            for (int i = 0; i < times; i++) {
                boolean again = sent == batches.size() || (sent > 0 && random.nextInt(8) == 0);
                List<String> batch = batches.get(again ? random.nextInt(sent) : sent++);
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

        private void askOfThePast() {
            Instant at = Histories.pasts(lines, random.nextLong(), 1).getFirst();
            at = at.isAfter(now) ? now : at;
            Instant known = recorded.get(random.nextInt(recorded.size()));
            long knownMicros = Times.micros(known);
            switch (random.nextInt(3)) {
                case 0 -> model.judged(now, what).requireAgreementAt(engine, at);
                case 1 ->
                        model.judged(known, what + ", known at " + known)
                                .requireAgreementAt(
                                        engine, at, engine.asOf(Times.micros(at), knownMicros));
                default ->
                        model.judged(known, what + ", known at " + known)
                                .requireAgreementAt(
                                        engine, known, engine.asOf(AsOf.ALL, knownMicros));
            }
        }

        private AsOf question() {
            return switch (random.nextInt(3)) {
                case 0 -> AsOf.at(Times.micros(recorded.getFirst()));
                case 1 ->
                        engine.asOf(
                                AsOf.ALL,
                                Times.micros(recorded.get(random.nextInt(recorded.size()))));
                default -> AsOf.PRESENT;
            };
        }

        private void openList() {
            AsOf asOf = question();
            Map<String, JsonFilter> fleet = FilterTest.fleet(engine, asOf);
            if (fleet.isEmpty() || lists.size() == MOST_OPEN_LISTS) {
                return;
            }
            FilterDraw draw = new FilterDraw(random, List.copyOf(fleet.values()));
            ListQuery query =
                    new ListQuery(
                            random.nextBoolean()
                                    ? FilterText.compile(draw.filter())
                                    : CompiledFilter.ALL,
                            random.nextBoolean() ? Order.BY_ID : Order.parse(draw.order()),
                            Selection.parse("id"),
                            asOf,
                            random.nextBoolean(),
                            1 + random.nextInt(2),
                            null);
            goOn(new OpenList(query, "", FilterTest.expected(fleet, query)));
        }

        /// Reads the next page of a list, which must begin with what is left of it.
        private void goOn(OpenList list) {
            ListQuery query = list.query();
            String told = query.filter().text() + " by " + query.order().field().name();
            TwinEngine.TwinsPage page =
                    engine.twins(list.cursor().isEmpty() ? query : query.from(list.cursor()));
            List<String> ids = page.twins().stream().map(FilterTest::id).toList();
            int count = Math.min(query.limit(), list.rest().size());
            assertThat(ids)
                    .as("page of " + told + ", " + what)
                    .isEqualTo(list.rest().subList(0, count));
            List<String> rest = list.rest().subList(count, list.rest().size());
            assertThat(page.nextCursor() == null)
                    .as("last of " + told + ", " + what)
                    .isEqualTo(rest.isEmpty());
            if (page.nextCursor() != null) {
                lists.add(new OpenList(query, page.nextCursor(), rest));
            }
        }

        private void openHistory() {
            List<String> nodes = model.nodes();
            if (nodes.isEmpty() || histories.size() == MOST_OPEN_LISTS) {
                return;
            }
            String node = nodes.get(random.nextInt(nodes.size()));
            Instant until = random.nextBoolean() ? Instant.MAX : recorded.getFirst();
            boolean descending = random.nextBoolean();
            List<String> hashes = model.history(node, until);
            EventsQuery query =
                    new EventsQuery(
                            Long.MIN_VALUE,
                            until.equals(Instant.MAX) ? Long.MAX_VALUE : Times.micros(until),
                            List.of(),
                            descending,
                            1 + random.nextInt(40),
                            AsOf.PRESENT,
                            null);
            goOn(new OpenHistory(node, query, "", descending ? hashes.reversed() : hashes));
        }

        private void goOn(OpenHistory history) {
            EventsQuery asked = history.query();
            EventsQuery query =
                    new EventsQuery(
                            asked.sinceMicros(),
                            asked.untilMicros(),
                            asked.types(),
                            asked.descending(),
                            asked.limit(),
                            asked.asOf(),
                            history.cursor().isEmpty() ? null : history.cursor());
            EventsQuery.Page page = engine.events(history.node(), query).orElseThrow();
            List<String> hashes =
                    page.events().stream().map(EventsQuery.Stored::event).map(Play::hash).toList();
            int count = Math.min(query.limit(), history.rest().size());
            List<String> expected = history.rest().subList(0, count);
            assertThat(hashes)
                    .as("history of " + history.node() + ", " + what)
                    .isEqualTo(expected.stream().map(hash -> hash.substring(0, 32)).toList());
            if (page.nextCursor() != null) {
                List<String> rest = history.rest().subList(count, history.rest().size());
                histories.add(new OpenHistory(history.node(), asked, page.nextCursor(), rest));
            }
        }

        private static String hash(Event event) {
            return event.hash().hex();
        }

        private void turnPage() {
            if (!lists.isEmpty()) {
                goOn(lists.remove(random.nextInt(lists.size())));
            }
            if (!histories.isEmpty()) {
                goOn(histories.remove(random.nextInt(histories.size())));
            }
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
