package io.souverix.twin.torture;

import static io.souverix.twin.torture.FleetQuestions.object;
import static io.souverix.twin.torture.FleetQuestions.texts;

import io.souverix.twin.engine.NaiveGraph;
import io.souverix.twin.engine.judge.FleetAt;
import io.souverix.twin.engine.judge.NodeAt;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The questions about the graph and its map.
final class GraphQuestions {
    private static final NaiveGraph.Way BOTH = new NaiveGraph.Way(_ -> true, true, true);
    private static final NaiveGraph.Way OUT =
            new NaiveGraph.Way(NaiveGraph.Link::usable, true, false);

    private final Asking asking;
    private final Choice choice;
    private final NaiveGraph graph;
    private final List<String> ids;

    /// Where nodes stand, as every map that was asked for says; a slot is kept for life.
    private final Map<String, String> slots;

    GraphQuestions(Asking asking, FleetAt fleet, Choice choice, Map<String, String> slots) {
        this.asking = asking;
        this.choice = choice;
        this.slots = slots;
        Map<String, Map<String, @Nullable Object>> twins = new TreeMap<>();
        for (NodeAt node : fleet.nodes()) {
            twins.put(node.id(), node.twin());
        }
        graph = new NaiveGraph(twins);
        ids = fleet.counted().stream().map(NodeAt::id).toList();
    }

    /// @param walks how many of each kind
    void ask(int walks) throws IOException, InterruptedException {
        if (choice.asks()) {
            whole();
        }
        map();
        for (int i = 0; i < walks; i++) {
            neighbours();
            path();
            impact("node", any());
        }
        NaiveGraph.Node node = Objects.requireNonNull(graph.node(any()));
        if (node.zone() != null) {
            impact("zone", node.zone().toString());
        }
    }

    private String any() {
        return choice.of(ids);
    }

    private void whole() throws IOException, InterruptedException {
        List<String> nodes = new ArrayList<>();
        List<Map<String, @Nullable Object>> edges = new ArrayList<>();
        List<Object> outline = new ArrayList<>();
        asking.lines(
                "graph, whole",
                "/v1/graph",
                line -> {
                    if (line.get("node") instanceof Map<?, ?> node) {
                        nodes.add(text(node));
                    } else if (line.get("edge") instanceof Map<?, ?> edge) {
                        edges.add(edge(edge));
                    } else {
                        outline.add(Objects.requireNonNull(line.get("outline")));
                    }
                });
        asking.sameList(
                "graph, whole",
                "nodes",
                graph.shown().stream().map(this::node).toList(),
                nodes,
                false);
        List<Map<String, @Nullable Object>> links = new ArrayList<>();
        graph.links().forEach(link -> links.add(edge(link)));
        asking.sameList("graph, whole", "edges", texts(links), texts(edges), false);
        Map<?, ?> totals =
                (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) outline.getFirst()).get("totals"));
        for (String health : List.of("ok", "degraded", "down", "unknown")) {
            asking.same(
                    "graph, whole",
                    "edges that are " + health,
                    FleetQuestions.number(
                            graph.links().stream()
                                    .filter(link ->
                                            health.equals(
                                                    link.health() == null
                                                            ? "unknown"
                                                            : link.health()))
                                    .count()),
                    ((Map<?, ?>) Objects.requireNonNull(totals.get("edges_by_health")))
                            .get(health));
        }
    }

    private static String text(Map<?, ?> node) {
        return String.join(
                " ",
                List.of(
                        "" + node.get("id"),
                        "" + node.get("region"),
                        "" + node.get("zone"),
                        "" + node.get("clusters"),
                        "" + node.get("trust_domain"),
                        "" + node.get("connectivity"),
                        "" + node.get("operational"),
                        "" + node.get("health"),
                        "" + node.get("dangling")));
    }

    private String node(String id) {
        NaiveGraph.Node node = graph.node(id);
        return node == null
                ? id + " null null [] null null null null true"
                : String.join(
                        " ",
                        List.of(
                                id,
                                "" + node.region(),
                                "" + node.zone(),
                                "" + node.clusters(),
                                "" + node.trustDomain(),
                                "" + node.connectivity(),
                                "" + node.operational(),
                                "" + node.health(),
                                "false"));
    }

    private static Map<String, @Nullable Object> edge(Map<?, ?> edge) {
        return object(
                "from", edge.get("from"),
                "to", edge.get("to"),
                "type", edge.get("type"),
                "health", edge.get("health"),
                "reported_health", edge.get("reported_health"),
                "crosses", edge.get("crosses") != null);
    }

    private static Map<String, @Nullable Object> edge(NaiveGraph.Link link) {
        return object(
                "from", link.from(),
                "to", link.to(),
                "type", link.type(),
                "health", link.health(),
                "reported_health", link.reported(),
                "crosses", link.crossing());
    }

    /// The states are those of the twins; who is there has one slot of its own, the same at all times.
    private void map() throws IOException, InterruptedException {
        MapBytes map =
                new MapBytes(
                        asking.bytes("map, layout", "/v1/graph/layout"),
                        asking.bytes("map, states", "/v1/graph/states"));
        Map<String, Integer> expected = graph.states();
        asking.compared("map, states", expected.size());
        Map<String, Integer> found = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        for (MapBytes.Home home : map.homes()) {
            if (!taken.add(home.slot())) {
                asking.wrong("map, layout", home.id(), "the slot " + home.slot() + " is taken");
            }
            String key = home.index() + " " + home.id();
            String before = slots.putIfAbsent(key, home.slot());
            if (before != null && !before.equals(home.slot())) {
                asking.wrong(
                        "map, layout",
                        key,
                        "expected the slot " + before + ", found " + home.slot());
            }
            if (home.isThere() && found.put(home.id(), home.bits()) != null) {
                asking.wrong("map, states", home.id(), "it is at two places");
            }
        }
        asking.compared("map, layout", map.homes().size());
        if (!expected.equals(found)) {
            Map<String, String> differing = new HashMap<>();
            Set<String> all = new TreeSet<>(expected.keySet());
            all.addAll(found.keySet());
            for (String id : all) {
                if (!Objects.equals(expected.get(id), found.get(id)) && differing.size() < 5) {
                    differing.put(id, expected.get(id) + ", found " + found.get(id));
                }
            }
            asking.wrong("map, states", "", "expected " + differing);
        }
    }

    private void neighbours() throws IOException, InterruptedException {
        String start = any();
        boolean both = choice.below(2) == 0;
        int hops = 1 + choice.below(4);
        String path =
                "/v1/twins/"
                        + start
                        + "/neighbors?limit=10000&hops="
                        + hops
                        + (both ? "" : "&direction=out&usable=true");
        Map<String, Integer> reached = graph.around(start, hops, both ? BOTH : OUT);
        List<String> expected = new ArrayList<>();
        reached.forEach((id, hop) -> expected.add(hop + " " + id));
        List<String> found = new ArrayList<>();
        Map<String, @Nullable Object> answer = asking.get("neighbors", path);
        for (Map<String, @Nullable Object> node : Asking.objects(answer.get("nodes"))) {
            found.add(node.get("hops") + " " + node.get("id"));
        }
        expected.sort(
                Comparator.comparingInt((String text) -> Integer.parseInt(text.split(" ")[0]))
                        .thenComparing(text -> text));
        asking.same("neighbors", path, expected, found);
        asking.same("neighbors", path, FleetQuestions.number(expected.size()), answer.get("total"));
    }

    private void path() throws IOException, InterruptedException {
        String from = any();
        List<String> near = new ArrayList<>(graph.around(from, 1 + choice.below(6), BOTH).keySet());
        String to = choice.below(3) == 0 ? any() : choice.of(near);
        String path = "/v1/graph/path?from=" + from + "&to=" + to;
        List<String> expected = graph.path(from, to, BOTH);
        Map<String, @Nullable Object> answer = asking.get("path", path);
        List<@Nullable Object> found = new ArrayList<>();
        for (Map<String, @Nullable Object> node : Asking.objects(answer.get("nodes"))) {
            found.add(node.get("id"));
        }
        asking.same("path", path, expected, found);
        asking.same("path", path, !expected.isEmpty(), answer.get("found"));
    }

    private void impact(String kind, String of) throws IOException, InterruptedException {
        Set<String> failing = new TreeSet<>();
        for (String id : ids) {
            NaiveGraph.Node node = Objects.requireNonNull(graph.node(id));
            if (kind.equals("node") ? id.equals(of) : of.equals(node.zone())) {
                failing.add(id);
            }
        }
        String path = "/v1/graph/impact?limit=10000&kind=" + kind + "&of=" + of;
        Map<String, @Nullable Object> answer = asking.get("impact of a " + kind, path);
        Map<?, ?> lost = (Map<?, ?>) Objects.requireNonNull(answer.get("lost"));
        Set<String> expected = graph.lost(failing, null, _ -> true);
        Set<String> found = new TreeSet<>();
        ((List<?>) Objects.requireNonNull(lost.get("ids"))).forEach(id -> found.add("" + id));
        asking.same("impact of a " + kind, path, List.copyOf(expected), List.copyOf(found));
        asking.same(
                "impact of a " + kind,
                path,
                new BigDecimal(failing.size()),
                ((Map<?, ?>) Objects.requireNonNull(answer.get("failing"))).get("nodes"));
    }
}
