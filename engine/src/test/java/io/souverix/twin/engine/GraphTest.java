package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.graph.Direction;
import io.souverix.twin.core.graph.FleetGraph;
import io.souverix.twin.core.graph.Follow;
import io.souverix.twin.core.graph.GraphAnswers;
import io.souverix.twin.core.graph.Impact;
import io.souverix.twin.core.graph.Selection;
import io.souverix.twin.core.graph.Walks;
import io.souverix.twin.core.graph.layout.NodeBits;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.graph.GraphQueries.Asked;
import io.souverix.twin.engine.judge.AsOf;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.PlainJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The graph follows random histories, and equals a naive one made of the judge's twins: its nodes
/// and edges, every walk, and what failures cut off. `-Dseed=N` runs one case.
final class GraphTest {
    private static final int CASES = Integer.getInteger("cases", 8);

    @Test
    void the_graph_equals_a_naive_one_after_every_batch_and_at_past_instants() {
        Long given = Long.getLong("seed");
        long first = given == null ? Long.getLong("first.seed", System.nanoTime()) : given;
        for (int i = 0; i < (given == null ? CASES : 1); i++) {
            System.out.println("GraphTest seed " + (first + i));
            new Case(first + i).run();
        }
    }

    private static final class Case {
        private final long seed;
        private final Random random;
        private final JudgeRules rules;
        private final List<Map<String, @Nullable Object>> accepted = new ArrayList<>();
        private final List<Snapshot> snapshots = new ArrayList<>();
        private String what = "";

        /// A question that was pinned, and how many of the events count in it.
        private record Snapshot(io.souverix.twin.engine.past.AsOf pinned, int counted) {}

        Case(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.rules = Histories.rules(seed);
        }

        void run() {
            List<String> lines = Meshed.events(seed);
            Instant present = Histories.present(lines, seed);
            EngineOptions options =
                    EngineOptions.defaults()
                            .withRules(JudgedRules.of(rules))
                            .withShards(1 + random.nextInt(3))
                            .withClock(InstantSource.fixed(present));
            try (TwinEngine engine = TwinEngine.inMemory(options)) {
                int size = Math.max(1, lines.size() / 4);
                for (int at = 0; at < lines.size(); at += size) {
                    List<String> batch = lines.subList(at, Math.min(lines.size(), at + size));
                    var _ = Lines.append(engine, batch);
                    batch.forEach(line -> accepted.add(PlainJson.readObject(line)));
                    what = "seed " + seed + " after " + (at + batch.size());
                    compare(
                            engine,
                            io.souverix.twin.engine.past.AsOf.PRESENT,
                            present,
                            AsOf.PRESENT);
                    snapshots.add(
                            new Snapshot(
                                    engine.pinned(io.souverix.twin.engine.past.AsOf.PRESENT),
                                    accepted.size()));
                }
                Snapshot snapshot = snapshots.get(random.nextInt(snapshots.size()));
                what = "seed " + seed + " as it was after " + snapshot.counted();
                compare(
                        engine,
                        snapshot.pinned(),
                        new NaiveGraph(
                                new Judge(accepted.subList(0, snapshot.counted()), rules),
                                present,
                                AsOf.PRESENT));
                for (Instant past : Histories.pasts(lines, seed, 2)) {
                    what = "seed " + seed + " at " + past;
                    compare(
                            engine,
                            io.souverix.twin.engine.past.AsOf.at(Times.micros(past)),
                            past,
                            AsOf.AT);
                }
            }
        }

        private void compare(
                TwinEngine engine, io.souverix.twin.engine.past.AsOf at, Instant now, AsOf asOf) {
            compare(engine, at, new NaiveGraph(new Judge(accepted, rules), now, asOf));
        }

        private void compare(
                TwinEngine engine, io.souverix.twin.engine.past.AsOf at, NaiveGraph naive) {
            requireSameStates(engine, at, naive);
            var _ =
                    engine.graph()
                            .ask(
                                    at,
                                    asked -> {
                                        requireSameContent(asked.graph(), naive);
                                        for (int i = 0; i < 25 && !naive.shown().isEmpty(); i++) {
                                            requireSameWalks(asked, naive);
                                            requireSameImpact(asked.graph(), naive);
                                        }
                                        return true;
                                    });
        }

        private void requireSameStates(
                TwinEngine engine, io.souverix.twin.engine.past.AsOf at, NaiveGraph naive) {
            Map<String, Integer> found =
                    engine.graph()
                            .states(
                                    at,
                                    (states, lattice, _) -> {
                                        Map<String, Integer> bits = new TreeMap<>();
                                        for (int i = 0; i < states.length; i++) {
                                            if (states[i] != (short) NodeBits.ABSENT) {
                                                bits.put(lattice.home(i).id(), states[i] & 0xffff);
                                            }
                                        }
                                        return bits;
                                    });
            assertThat(found).as(what).isEqualTo(naive.states());
        }

        private void requireSameContent(FleetGraph graph, NaiveGraph naive) {
            List<String> nodes = new ArrayList<>();
            List<String> edges = new ArrayList<>();
            String after = null;
            do {
                GraphAnswers.Page page =
                        GraphAnswers.page(graph, Selection.ALL, after, 1 + random.nextInt(9));
                page.nodes().forEach(node -> nodes.add(node(node)));
                page.edges().forEach(edge -> edges.add(edge(edge)));
                after = page.nextAfter();
            } while (after != null);
            assertThat(nodes)
                    .as(what)
                    .isEqualTo(naive.shown().stream().map(id -> node(naive, id)).toList());
            assertThat(edges)
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(
                            naive.links.stream().map(Case::edge).toList());
        }

        private static String node(Json json) {
            JsonObject node = (JsonObject) json;
            return texts(
                    node,
                    "id",
                    "region",
                    "zone",
                    "clusters",
                    "trust_domain",
                    "connectivity",
                    "operational",
                    "health",
                    "dangling");
        }

        private static String node(NaiveGraph graph, String id) {
            NaiveGraph.Node node = graph.nodes.get(id);
            return node == null
                    ? dangling(id)
                    : PlainJson.write(
                            Arrays.asList(
                                    id,
                                    node.region(),
                                    node.zone(),
                                    node.clusters(),
                                    node.trustDomain(),
                                    node.connectivity(),
                                    node.operational(),
                                    node.health(),
                                    false));
        }

        private static String dangling(String id) {
            return PlainJson.write(
                    Arrays.asList(id, null, null, List.of(), null, null, null, null, true));
        }

        private static String edge(Json json) {
            JsonObject edge = (JsonObject) json;
            boolean crosses = edge.member("crosses") instanceof JsonObject;
            return texts(edge, "from", "to", "type", "health", "reported_health") + crosses;
        }

        private static String edge(NaiveGraph.Link link) {
            return PlainJson.write(
                            Arrays.asList(
                                    link.from(),
                                    link.to(),
                                    link.type(),
                                    link.health(),
                                    link.reported()))
                    + link.crossing();
        }

        private static String texts(JsonObject object, String... names) {
            return Arrays.stream(names)
                    .map(name -> JsonWriter.text(Objects.requireNonNull(object.member(name))))
                    .collect(Collectors.joining(",", "[", "]"));
        }

        private String any(Set<String> ids) {
            return new ArrayList<>(ids).get(random.nextInt(ids.size()));
        }

        private Follow follow() {
            List<String> types =
                    random.nextBoolean()
                            ? List.of()
                            : List.of(Meshed.TYPES.get(random.nextInt(3)), "unheard-of");
            Direction direction = Direction.values()[random.nextInt(3)];
            return new Follow(types, direction, random.nextInt(3) == 0);
        }

        private static Predicate<NaiveGraph.Link> links(Follow follow) {
            return link ->
                    (follow.types().isEmpty() || follow.types().contains(link.type()))
                            && (!follow.usable() || link.usable());
        }

        private void requireSameWalks(Asked asked, NaiveGraph naive) {
            FleetGraph graph = asked.graph();
            Follow follow = follow();
            NaiveGraph.Way way =
                    new NaiveGraph.Way(
                            links(follow),
                            follow.direction() != Direction.IN,
                            follow.direction() != Direction.OUT);
            String start = any(naive.shown());
            int hops = random.nextInt(5);
            Walks.Reached reached = asked.walks().around(graph, graph.find(start), hops, follow);
            Map<String, Integer> found = new LinkedHashMap<>();
            for (int i = 0; i < reached.numbers().length; i++) {
                found.put(graph.id(reached.numbers()[i]), reached.hops()[i]);
            }
            String asking = what + ", " + follow + " from " + start;
            assertThat(found).as(asking).isEqualTo(naive.around(start, hops, way));
            String end = any(naive.shown());
            int[] path = asked.walks().path(graph, graph.find(start), graph.find(end), follow);
            assertThat(IntStream.of(path).mapToObj(graph::id).toList())
                    .as(asking + " to " + end)
                    .isEqualTo(naive.path(start, end, way));
        }

        private void requireSameImpact(FleetGraph graph, NaiveGraph naive) {
            Set<String> twins = new TreeSet<>(naive.shown());
            twins.removeAll(naive.dangling);
            if (twins.isEmpty()) {
                return;
            }
            Follow follow = new Follow(follow().types(), Direction.BOTH, random.nextBoolean());
            Set<String> failing = new TreeSet<>();
            Set<String> anchors = new TreeSet<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                failing.add(any(twins));
                anchors.add(any(twins));
            }
            boolean anchored = random.nextBoolean();
            Impact impact =
                    Impact.of(
                            graph,
                            numbers(graph, failing),
                            anchored ? numbers(graph, anchors) : null,
                            follow);
            Set<String> lost = new TreeSet<>();
            for (Impact.Part part : impact.parts()) {
                IntStream.of(part.numbers()).mapToObj(graph::id).forEach(lost::add);
            }
            assertThat(lost)
                    .as(what + ", " + follow + ", " + failing + " fail" + (anchored ? anchors : ""))
                    .isEqualTo(naive.lost(failing, anchored ? anchors : null, links(follow)));
            assertThat(impact.lost()).isEqualTo(lost.size());
        }

        private static int[] numbers(FleetGraph graph, Set<String> ids) {
            return ids.stream().mapToInt(graph::find).toArray();
        }
    }
}
