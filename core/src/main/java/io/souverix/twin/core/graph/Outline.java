package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.LinkHealth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A part of the graph in outline: how many there are of what, by cluster, trust domain, and between
/// zones. Decommissioned nodes and dangling targets are in no count but their own.
///
/// @param clusters nodes by cluster
/// @param trustDomains by trust domain; null stands for nodes without one
/// @param bundles edges between two zones (or within one), the widest first
/// @param edges by health
public record Outline(
        int nodes,
        int dangling,
        Health edges,
        int crossing,
        Map<String, Integer> clusters,
        Map<@Nullable String, TrustDomain> trustDomains,
        List<Bundle> bundles) {

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

    /// The edges from nodes of one zone to nodes of another.
    public static final class Bundle {
        private final @Nullable String from;
        private final @Nullable String to;
        private final Health health = new Health();
        private int crossing;

        Bundle(@Nullable String from, @Nullable String to) {
            this.from = from;
            this.to = to;
        }

        public @Nullable String from() {
            return from;
        }

        public @Nullable String to() {
            return to;
        }

        public Health health() {
            return health;
        }

        public int crossing() {
            return crossing;
        }
    }

    /// The same without the bundles of edges within a zone.
    public Outline betweenZones() {
        List<Bundle> between =
                bundles.stream().filter(bundle -> !Objects.equals(bundle.from, bundle.to)).toList();
        return new Outline(nodes, dangling, edges, crossing, clusters, trustDomains, between);
    }

    private record Ends(@Nullable String from, @Nullable String to) {}

    /// The outline of the selected nodes and the edges that start at them.
    public static Outline of(FleetGraph graph, Selection selection) {
        return new Sketch(graph, selection).outline();
    }

    private static final class Sketch {
        private static final Comparator<@Nullable String> NAMES =
                Comparator.nullsLast(Comparator.naturalOrder());

        private final FleetGraph graph;
        private final Selection selection;
        private final Map<String, Integer> clusters = new TreeMap<>();
        private final Map<@Nullable String, TrustDomain> domains = new TreeMap<>(NAMES);
        private final Map<Ends, Bundle> bundles = new HashMap<>();
        private final Health health = new Health();
        private int nodes;
        private int dangling;
        private int crossing;

        Sketch(FleetGraph graph, Selection selection) {
            this.graph = graph;
            this.selection = selection;
        }

        Outline outline() {
            for (int number = 0; number < graph.numbers(); number++) {
                if (selection.has(graph, number)) {
                    add(number);
                }
            }
            List<Bundle> widest =
                    bundles.values().stream()
                            .sorted(
                                    Comparator.comparingInt((Bundle b) -> -b.health.total())
                                            .thenComparing(Bundle::from, NAMES)
                                            .thenComparing(Bundle::to, NAMES))
                            .toList();
            return new Outline(nodes, dangling, health, crossing, clusters, domains, widest);
        }

        private void add(int number) {
            GraphNode node = graph.node(number);
            if (node == null) {
                dangling++;
            } else if (!node.decommissioned()) {
                nodes++;
                node.clusters().forEach(cluster -> clusters.merge(cluster, 1, Integer::sum));
                domain(node.trustDomain()).nodes++;
                for (FleetGraph.Link link : graph.links(number)) {
                    if (selection.hasType(link.edge().type())) {
                        add(node, link);
                    }
                }
            }
        }

        private void add(GraphNode from, FleetGraph.Link link) {
            GraphNode to = graph.node(link.target());
            Ends ends = new Ends(from.zone(), to == null ? null : to.zone());
            Bundle bundle = bundles.computeIfAbsent(ends, key -> new Bundle(key.from(), key.to()));
            health.add(link.health());
            bundle.health.add(link.health());
            if (link.crossing()) {
                crossing++;
                bundle.crossing++;
                domain(from.trustDomain()).crossing++;
                domain(to == null ? null : to.trustDomain()).crossing++;
            } else if (to != null && Objects.equals(from.trustDomain(), to.trustDomain())) {
                domain(from.trustDomain()).inside++;
            }
        }

        private TrustDomain domain(@Nullable String name) {
            return domains.computeIfAbsent(name, _ -> new TrustDomain());
        }
    }
}
