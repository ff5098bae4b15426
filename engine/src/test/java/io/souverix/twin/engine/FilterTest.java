package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Filter;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Selection;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.FilterText;
import io.souverix.twin.engine.query.ListQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists and aggregates with random filters and orders equal what a slow look at every twin's JSON
/// gives: at every step of a history, while time passes, at instants of the past, and over pages that
/// are asked for while more is appended, before and after restarts. `-Dseed=N`.
final class FilterTest {
    private static final int CASES = Integer.getInteger("cases", 4);
    private static final int STEPS = 12;
    private static final int FILTERS = 12;

    private Random random = new Random(0);
    private String what = "";

    @Test
    void filtered_lists_and_aggregates_equal_a_slow_look_at_every_twin(@TempDir Path directory)
            throws Exception {
        ((Trial) FilterTest::filter).several("FilterTest", CASES, directory);
    }

    static void filter(long seed, Path directory) {
        new FilterTest().run(seed, directory);
    }

    private void run(long seed, Path directory) {
        random = new Random(seed);
        List<String> lines = new ArrayList<>(Histories.events(seed));
        if (random.nextBoolean()) {
            lines.sort(Comparator.comparingLong(line -> Lines.event(line).timestampMicros()));
        }
        AtomicReference<Instant> now = new AtomicReference<>(Histories.present(lines, seed));
        EngineOptions options =
                EngineOptions.defaults()
                        .withRules(JudgedRules.of(Histories.rules(seed)))
                        .withShards(1 + random.nextInt(2))
                        .withTwinBytes(random.nextInt(20_000))
                        .withCheckpoints(Long.MAX_VALUE, random.nextInt(3) > 0)
                        .withClock(now::get);
        List<Long> recorded = new ArrayList<>();
        TwinEngine engine = TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
        try {
            int size = Math.max(1, lines.size() / STEPS);
            for (int at = 0; at < lines.size(); at += size) {
                List<String> batch = lines.subList(at, Math.min(lines.size(), at + size));
                what = "seed " + seed + ", step at " + at;
                if (random.nextInt(3) == 0) {
                    engine.close();
                    engine = TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
                    step(engine, AsOf.PRESENT);
                }
                TwinEngine opened = engine;
                recorded.add(Times.micros(now.get()));
                pagesWhile(
                        opened,
                        () -> {
                            var _ = Lines.append(opened, batch);
                            now.updateAndGet(instant -> instant.plus(passing()));
                        });
                step(engine, AsOf.PRESENT);
            }
            for (Instant past : Histories.pasts(lines, seed, 3)) {
                what = "seed " + seed + ", at " + past;
                step(engine, AsOf.at(Times.micros(past)));
            }
            for (long known : List.of(pick(recorded), pick(recorded))) {
                what = "seed " + seed + ", known at " + Times.text(known);
                step(engine, engine.asOf(AsOf.ALL, known));
            }
        } finally {
            engine.close();
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Duration passing() {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofHours(1 + random.nextInt(30));
            case 1 -> Duration.ofSeconds(random.nextInt(4_000));
            default -> Duration.ZERO;
        };
    }

    private void step(TwinEngine engine, AsOf asOf) {
        Map<String, JsonFilter> fleet = fleet(engine, asOf);
        FilterDraw draw = new FilterDraw(random, List.copyOf(fleet.values()));
        for (int i = 0; i < FILTERS && !fleet.isEmpty(); i++) {
            ListQuery query = query(draw, asOf);
            assertThat(ids(engine, query)).as(told(query)).isEqualTo(expected(fleet, query));
            aggregates(engine, fleet, query.filter(), asOf);
        }
    }

    private String told(ListQuery query) {
        return query.filter().text()
                + " by "
                + (query.order().descending() ? "-" : "")
                + query.order().field().name()
                + ", "
                + what;
    }

    private ListQuery query(FilterDraw draw, AsOf asOf) {
        return new ListQuery(
                FilterText.compile(draw.filter()),
                random.nextInt(3) == 0 ? Order.BY_ID : Order.parse(draw.order()),
                Selection.parse("id"),
                asOf,
                random.nextBoolean(),
                1 + random.nextInt(4),
                null);
    }

    /// The pages of a list of which all but the first are asked for after something happened.
    private void pagesWhile(TwinEngine engine, Runnable happening) {
        Map<String, JsonFilter> before = fleet(engine, AsOf.PRESENT);
        if (before.isEmpty()) {
            happening.run();
            return;
        }
        FilterDraw draw = new FilterDraw(random, List.copyOf(before.values()));
        List<ListQuery> queries = new ArrayList<>();
        List<TwinEngine.TwinsPage> firsts = new ArrayList<>();
        for (int i = 0; i < FILTERS; i++) {
            ListQuery query = query(draw, AsOf.PRESENT);
            queries.add(query);
            firsts.add(engine.twins(query));
        }
        happening.run();
        for (int i = 0; i < queries.size(); i++) {
            assertThat(ids(engine, queries.get(i), firsts.get(i)))
                    .as("pages: " + told(queries.get(i)))
                    .isEqualTo(expected(before, queries.get(i)));
        }
    }

    private static List<String> ids(TwinEngine engine, ListQuery query) {
        return ids(engine, query, engine.twins(query));
    }

    private static List<String> ids(
            TwinEngine engine, ListQuery query, TwinEngine.TwinsPage first) {
        List<String> ids = new ArrayList<>();
        TwinEngine.TwinsPage page = first;
        while (true) {
            page.twins().forEach(twin -> ids.add(id(twin)));
            if (page.nextCursor() == null) {
                return ids;
            }
            assertThat(page.twins()).hasSize(query.limit());
            page = engine.twins(query.from(page.nextCursor()));
        }
    }

    static String id(JsonObject twin) {
        JsonObject identity = (JsonObject) Objects.requireNonNull(twin.member("identity"));
        return ((JsonString) Objects.requireNonNull(identity.member("immutable_id"))).value();
    }

    /// Every twin by its id, sorted.
    static Map<String, JsonFilter> fleet(TwinEngine engine, AsOf asOf) {
        Map<String, JsonFilter> fleet = new TreeMap<>();
        String cursor = null;
        do {
            TwinEngine.TwinsPage page = engine.twins(asOf, true, cursor, TwinEngine.MAX_PAGE);
            for (JsonObject twin : page.twins()) {
                Answer.Found drift = (Answer.Found) engine.drift(id(twin), asOf);
                fleet.put(id(twin), new JsonFilter(twin, drift.body()));
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return new LinkedHashMap<>(fleet);
    }

    static List<String> expected(Map<String, JsonFilter> fleet, ListQuery query) {
        List<String> ids = new ArrayList<>();
        fleet.forEach((id, twin) -> {
            boolean left = twin.lets(FilterText.parse("lifecycle.phase==decommissioned"));
            boolean fits =
                    query.filter().isAll() || twin.lets(FilterText.parse(query.filter().text()));
            if (fits && (query.decommissioned() || !left)) {
                ids.add(id);
            }
        });
        Comparator<String> order = JsonOrder.of(query.order(), fleet);
        ids.sort(order.thenComparing(Comparator.naturalOrder()));
        return ids;
    }

    /// Against sums of the faces of the twins that the slow look finds.
    private void aggregates(
            TwinEngine engine, Map<String, JsonFilter> fleet, CompiledFilter filter, AsOf asOf) {
        List<Dimension> by =
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> Dimension.values()[(i * 2 + random.nextInt(2)) % 5])
                        .toList();
        boolean decommissioned = random.nextBoolean();
        Filter wanted = FilterText.parse(filter.text());
        GroupedSums sums = new GroupedSums(by);
        AsOf pinned = engine.pinned(asOf);
        engine.eachFace(
                pinned,
                (id, face) -> {
                    if (Objects.requireNonNull(fleet.get(id)).lets(wanted)
                            && (decommissioned || !face.decommissioned())) {
                        sums.add(face, 1);
                    }
                });
        for (Projection projection : Projection.values()) {
            assertThat(engine.projection(projection, by, decommissioned, asOf, filter))
                    .as(filter.text() + ", " + what)
                    .isEqualTo(
                            FleetQueries.render(
                                    projection,
                                    by,
                                    List.of(sums),
                                    engine.insight().domains().all(pinned),
                                    asOf,
                                    pinned.nowMicros(),
                                    new Position(pinned.before())));
        }
    }
}
