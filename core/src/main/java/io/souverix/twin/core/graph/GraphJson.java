package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.LinkHealth;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.graph.FleetGraph.Link;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of the graph as they are answered.
public final class GraphJson {
    private GraphJson() {}

    /// A node, or a dangling target, of which nothing but its id is known.
    public static JsonObject node(FleetGraph graph, int number) {
        return putNode(new JsonObject.Builder(), graph, number).build();
    }

    static JsonObject.Builder putNode(JsonObject.Builder out, FleetGraph graph, int number) {
        out.put("id", graph.id(number));
        GraphNode node = graph.node(number);
        if (node == null) {
            for (String name : List.of("name", "component_type", "region", "zone")) {
                out.put(name, (String) null);
            }
            out.put("clusters", new JsonArray(List.of()));
            for (String name : List.of("trust_domain", "connectivity", "operational", "health")) {
                out.put(name, (String) null);
            }
            return out.put("decommissioned", false).put("dangling", true);
        }
        return out.put("name", node.name())
                .put("component_type", node.componentType())
                .put("region", node.region())
                .put("zone", node.zone())
                .put("clusters", Json.strings(node.clusters()))
                .put("trust_domain", node.trustDomain())
                .put("connectivity", word(node.connectivity()))
                .put("operational", word(node.operational()))
                .put("health", word(node.health()))
                .put("decommissioned", node.decommissioned())
                .put("dangling", false);
    }

    private static @Nullable String word(@Nullable Worded value) {
        return value == null ? null : value.word();
    }

    /// An edge: what was reported of it, and how it is with its two ends.
    public static JsonObject edge(FleetGraph graph, Link link) {
        Edge edge = link.edge();
        return new JsonObject.Builder()
                .put("from", link.from())
                .put("to", edge.to())
                .put("type", edge.type())
                .put("health", word(link.health()))
                .put("reported_health", word(edge.health()))
                .put("latency_ms", Json.orNull(edge.latencyMs()))
                .put("loss_pct", Json.orNull(edge.lossPct()))
                .put("since", Times.text(edge.sinceMicros()))
                .put("attributes", Json.orNull(edge.attributes()))
                .put("dangling", graph.node(link.target()) == null)
                .put("crosses", crosses(graph, link))
                .build();
    }

    private static Json crosses(FleetGraph graph, Link link) {
        GraphNode from = graph.node(graph.find(link.from()));
        GraphNode to = graph.node(link.target());
        if (!link.crossing() || from == null || to == null) {
            return Json.orNull(null);
        }
        return new JsonObject.Builder()
                .put("from", from.trustDomain())
                .put("to", to.trustDomain())
                .build();
    }

    /// The outline: `totals`, `clusters`, `zones`, `trust_domains`, `bundles`, each at most so many.
    public static void putOutline(
            JsonObject.Builder out, Outline outline, DomainTree tree, int most) {
        out.put("totals", totals(outline, tree));
        List<Json> clusters = new ArrayList<>();
        outline.clusters()
                .forEach((name, nodes) -> {
                    if (clusters.size() < most) {
                        clusters.add(
                                new JsonObject.Builder()
                                        .put("cluster", name)
                                        .put("nodes", nodes)
                                        .build());
                    }
                });
        out.put("clusters", new JsonArray(clusters));
        out.put("zones", zones(tree, most));
        List<Json> domains = new ArrayList<>();
        outline.trustDomains()
                .forEach((name, domain) -> {
                    if (domains.size() < most) {
                        domains.add(
                                new JsonObject.Builder()
                                        .put("trust_domain", name)
                                        .put("nodes", domain.nodes())
                                        .put("edges_inside", domain.inside())
                                        .put("edges_crossing", domain.crossing())
                                        .build());
                    }
                });
        out.put("trust_domains", new JsonArray(domains));
        out.put("bundles", bundles(outline, most));
    }

    private static JsonObject totals(Outline outline, DomainTree tree) {
        return new JsonObject.Builder()
                .put("nodes", outline.nodes())
                .put("dangling", outline.dangling())
                .put("edges", outline.edges().total())
                .put("edges_by_health", health(outline.edges()))
                .put("edges_crossing", outline.crossing())
                .put("clusters", outline.clusters().size())
                .put("zones", tree.places().size())
                .put("trust_domains", outline.trustDomains().size())
                .put("bundles", outline.bundles().size())
                .build();
    }

    private static JsonObject health(Outline.Health health) {
        JsonObject.Builder out = new JsonObject.Builder();
        for (LinkHealth value : LinkHealth.values()) {
            out.put(value.word(), health.of(value));
        }
        return out.put("unknown", health.of(null)).build();
    }

    private static JsonArray zones(DomainTree tree, int most) {
        List<Json> zones = new ArrayList<>();
        for (DomainTree.Place place : tree.places().stream().limit(most).toList()) {
            zones.add(
                    new JsonObject.Builder()
                            .put("id", place.id())
                            .put("kind", word(place.kind()))
                            .put("name", place.name())
                            .put("parent", place.parent())
                            .put("registered", place.registered())
                            .put("cycle", place.cycle())
                            .put("nodes", place.nodes())
                            .build());
        }
        return new JsonArray(zones);
    }

    private static JsonArray bundles(Outline outline, int most) {
        List<Json> bundles = new ArrayList<>();
        for (Bundles.Bundle bundle : outline.bundles().widest(most)) {
            bundles.add(
                    new JsonObject.Builder()
                            .put("from_zone", bundle.from())
                            .put("to_zone", bundle.to())
                            .put("edges", bundle.health().total())
                            .put("by_health", health(bundle.health()))
                            .put("crossing", bundle.crossing())
                            .build());
        }
        return new JsonArray(bundles);
    }

    /// The ids of some numbers, the first few.
    static JsonArray ids(FleetGraph graph, int[] numbers, int most) {
        List<Json> ids = new ArrayList<>();
        for (int i = 0; i < Math.min(most, numbers.length); i++) {
            ids.add(Json.of(graph.id(numbers[i])));
        }
        return new JsonArray(ids);
    }
}
