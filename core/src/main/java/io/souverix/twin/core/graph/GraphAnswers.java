package io.souverix.twin.core.graph;

import io.souverix.twin.core.graph.FleetGraph.Link;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Answers to questions about a graph, as JSON without `position` and `at`. Pure.
public final class GraphAnswers {
    /// A page ends after the node with which it has this many edges.
    public static final int MAX_PAGE_EDGES = 10_000;

    private GraphAnswers() {}

    /// Part of the graph: nodes in the order of their ids, and the edges that start at them.
    ///
    /// @param nextAfter the last id of this page where there is another, else null
    public record Page(List<Json> nodes, List<Json> edges, @Nullable String nextAfter) {
        public Page {
            nodes = List.copyOf(nodes);
            edges = List.copyOf(edges);
        }
    }

    /// The selected nodes after an id.
    public static Page page(
            FleetGraph graph, Selection selection, @Nullable String after, int limit) {
        List<Json> nodes = new ArrayList<>();
        List<Json> edges = new ArrayList<>();
        int[] sorted = graph.sorted();
        String last = "";
        for (int at = following(graph, after); at < sorted.length; at++) {
            int number = sorted[at];
            if (!selection.has(graph, number)) {
                continue;
            }
            if (nodes.size() >= limit || edges.size() >= MAX_PAGE_EDGES) {
                return new Page(nodes, edges, last);
            }
            last = graph.id(number);
            nodes.add(GraphJson.node(graph, number));
            for (Link link : graph.links(number)) {
                if (selection.hasType(link.edge().type())) {
                    edges.add(GraphJson.edge(graph, link));
                }
            }
        }
        return new Page(nodes, edges, null);
    }

    /// The place of the first id after one.
    private static int following(FleetGraph graph, @Nullable String after) {
        int[] sorted = graph.sorted();
        int low = 0;
        int high = after == null ? 0 : sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (graph.id(sorted[middle]).compareTo(after) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The neighbourhood of a node: nodes with their hops, and the edges between them.
    public static JsonObject.Builder neighbours(
            FleetGraph graph, Walks walks, int node, int hops, Follow follow, int limit) {
        Walks.Reached reached = walks.around(graph, node, hops, follow);
        int shown = Math.min(limit, reached.numbers().length);
        List<Json> nodes = new ArrayList<>(shown);
        List<Json> edges = new ArrayList<>();
        BitSet inside = new BitSet();
        for (int i = 0; i < shown; i++) {
            inside.set(reached.numbers()[i]);
        }
        for (int i = 0; i < shown; i++) {
            int number = reached.numbers()[i];
            JsonObject.Builder each = GraphJson.putNode(new JsonObject.Builder(), graph, number);
            nodes.add(each.put("hops", reached.hops()[i]).build());
            for (Link link : graph.links(number)) {
                if (inside.get(link.target()) && follow.takes(link)) {
                    edges.add(GraphJson.edge(graph, link));
                }
            }
        }
        return new JsonObject.Builder()
                .put("node_id", graph.id(node))
                .put("hops", hops)
                .put("direction", follow.direction().word())
                .put("nodes", new JsonArray(nodes))
                .put("edges", new JsonArray(edges))
                .put("total", reached.numbers().length)
                .put("truncated", shown < reached.numbers().length);
    }

    /// The shortest path between two nodes: its nodes in order, and the edges between neighbours.
    public static JsonObject.Builder path(
            FleetGraph graph, Walks walks, int from, int to, Follow follow) {
        int[] path = walks.path(graph, from, to, follow);
        List<Json> nodes = new ArrayList<>();
        List<Json> edges = new ArrayList<>();
        for (int i = 0; i < path.length; i++) {
            nodes.add(GraphJson.node(graph, path[i]));
            if (i > 0 && follow.direction().followsOut()) {
                putEdges(edges, graph, path[i - 1], path[i], follow);
            }
            if (i > 0 && follow.direction().followsIn()) {
                putEdges(edges, graph, path[i], path[i - 1], follow);
            }
        }
        return new JsonObject.Builder()
                .put("from", graph.id(from))
                .put("to", graph.id(to))
                .put("direction", follow.direction().word())
                .put("found", path.length > 0)
                .put("hops", Json.orNull(path.length == 0 ? null : Json.of(path.length - 1)))
                .put("nodes", new JsonArray(nodes))
                .put("edges", new JsonArray(edges));
    }

    private static void putEdges(
            List<Json> edges, FleetGraph graph, int from, int to, Follow follow) {
        for (Link link : graph.links(from)) {
            if (link.target() == to && follow.takes(link)) {
                edges.add(GraphJson.edge(graph, link));
            }
        }
    }

    /// What fails: one node, or all nodes of a zone or region.
    public enum Failing {
        NODE,
        ZONE,
        REGION
    }

    /// The numbers of what fails; empty where there is nothing of that name.
    public static int[] failing(FleetGraph graph, String name, Failing kind) {
        if (kind == Failing.NODE) {
            int node = graph.find(name);
            return node >= 0 && graph.isTwin(node) ? new int[] {node} : new int[0];
        }
        boolean zone = kind == Failing.ZONE;
        Selection selection =
                new Selection(zone ? null : name, zone ? name : null, null, null, List.of(), false);
        return Arrays.stream(graph.sorted())
                .filter(number -> graph.isTwin(number) && selection.has(graph, number))
                .toArray();
    }

    /// What is cut off by a failure.
    ///
    /// @param limit how many ids are listed of each list
    public static JsonObject.Builder putImpact(
            JsonObject.Builder out, FleetGraph graph, Impact impact, int limit) {
        int[] lost =
                impact.parts().stream()
                        .flatMapToInt(part -> Arrays.stream(part.numbers()))
                        .toArray();
        List<Json> parts = new ArrayList<>();
        for (Impact.Part part : impact.parts().stream().limit(limit).toList()) {
            parts.add(
                    new JsonObject.Builder()
                            .put("nodes", part.numbers().length)
                            .put("first", graph.id(part.numbers()[0]))
                            .build());
        }
        return out.put("failing", some(graph, impact.failing(), limit))
                .put("lost", some(graph, lost, limit))
                .put("lost_by_zone", byZone(graph, lost))
                .put("parts", new JsonArray(parts))
                .put("parts_total", impact.parts().size())
                .put("edges_lost", impact.edgesLost());
    }

    private static JsonObject some(FleetGraph graph, int[] numbers, int limit) {
        return new JsonObject.Builder()
                .put("nodes", numbers.length)
                .put("ids", GraphJson.ids(graph, numbers, limit))
                .build();
    }

    private static JsonObject byZone(FleetGraph graph, int[] numbers) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int number : numbers) {
            GraphNode node = graph.node(number);
            String zone = node == null ? null : node.zone();
            counts.merge(zone == null ? "unassigned" : zone, 1, Integer::sum);
        }
        JsonObject.Builder out = new JsonObject.Builder();
        counts.forEach((zone, nodes) -> out.put(zone, JsonNumber.of(nodes)));
        return out.build();
    }
}
