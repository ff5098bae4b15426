package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.LinkHealth;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A part of the graph in outline: how many there are of what, by cluster, trust domain, and between
/// zones. Decommissioned nodes and dangling targets are in no count but their own.
///
/// @param clusters nodes by cluster
/// @param trustDomains by trust domain; null stands for nodes without one
/// @param bundles edges between two zones, or within one
/// @param edges by health
public record Outline(
        int nodes,
        int dangling,
        Health edges,
        int crossing,
        Map<String, Integer> clusters,
        Map<@Nullable String, TrustDomain> trustDomains,
        Bundles bundles) {

    /// How many edges are how healthy.
    public static final class Health {
        private final int[] counts = new int[LinkHealth.values().length];
        private int unknown;

        void add(@Nullable LinkHealth health) {
            if (health == null) {
                unknown++;
            } else {
                counts[health.ordinal()]++;
            }
        }

        public int of(@Nullable LinkHealth health) {
            return health == null ? unknown : counts[health.ordinal()];
        }

        public int total() {
            int total = unknown;
            for (int count : counts) {
                total += count;
            }
            return total;
        }
    }

    /// A trust domain: its nodes, the edges within it, and those that start or end in it and cross.
    public static final class TrustDomain {
        private int nodes;
        private int inside;
        private int crossing;

        public int nodes() {
            return nodes;
        }

        public int inside() {
            return inside;
        }

        public int crossing() {
            return crossing;
        }
    }

    /// The same without the bundles of edges within a zone.
    public Outline betweenZones() {
        return new Outline(
                nodes, dangling, edges, crossing, clusters, trustDomains, bundles.betweenZones());
    }

    /// The outline of the selected nodes and the edges that start at them.
    public static Outline of(FleetGraph graph, Selection selection) {
        return new Sketch(graph, selection).outline();
    }

    private static final class Sketch {
        private final FleetGraph graph;
        private final Selection selection;
        private final Map<String, Integer> clusters = new TreeMap<>();
        private final Map<@Nullable String, TrustDomain> domains = new TreeMap<>(Bundles.NAMES);
        private final Bundles.Builder bundles;

        /// By the number of a node; null where it was not asked for.
        private final @Nullable TrustDomain[] domainOf;

        private final Health health = new Health();
        private int nodes;
        private int dangling;
        private int crossing;

        Sketch(FleetGraph graph, Selection selection) {
            this.graph = graph;
            this.selection = selection;
            this.bundles = new Bundles.Builder(graph.numbers());
            this.domainOf = new TrustDomain[graph.numbers()];
        }

        Outline outline() {
            for (int number = 0; number < graph.numbers(); number++) {
                if (selection.has(graph, number)) {
                    add(number);
                }
            }
            return new Outline(
                    nodes, dangling, health, crossing, clusters, domains, bundles.build());
        }

        private void add(int number) {
            GraphNode node = graph.node(number);
            if (node == null) {
                dangling++;
            } else if (!node.decommissioned()) {
                nodes++;
                node.clusters().forEach(cluster -> clusters.merge(cluster, 1, Integer::sum));
                domain(number, node).nodes++;
                for (FleetGraph.Link link : graph.links(number)) {
                    if (selection.hasType(link.edge().type())) {
                        add(number, node, link);
                    }
                }
            }
        }

        private void add(int number, GraphNode from, FleetGraph.Link link) {
            GraphNode to = graph.node(link.target());
            health.add(link.health());
            bundles.add(number, from, link.target(), to, link);
            if (link.crossing()) {
                crossing++;
                domain(number, from).crossing++;
                domain(link.target(), to).crossing++;
            } else if (to != null && Objects.equals(from.trustDomain(), to.trustDomain())) {
                domain(number, from).inside++;
            }
        }

        private TrustDomain domain(int number, @Nullable GraphNode node) {
            TrustDomain known = domainOf[number];
            if (known == null) {
                String name = node == null ? null : node.trustDomain();
                known = domains.computeIfAbsent(name, _ -> new TrustDomain());
                domainOf[number] = known;
            }
            return known;
        }
    }
}
