package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.LinkHealth;
import io.souverix.twin.core.graph.FleetGraph.Link;
import io.souverix.twin.core.graph.layout.EdgeBytes.Drawn;
import io.souverix.twin.core.graph.layout.Lattice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The edges that a part of the map shows: those with an end in it, and a home at both.
public final class DrawnEdges {
    /// How many a map shows at once, at most.
    public static final int MAX = 4_500;

    /// Those that need attention first: down, degraded, not known, whole; of equal ones those that
    /// cross into another trust domain.
    private static final Comparator<Drawn> WORST_FIRST =
            Comparator.comparingInt((Drawn edge) -> urgency(edge.health()))
                    .thenComparing(edge -> !edge.crossing())
                    .thenComparingInt(Drawn::from)
                    .thenComparingInt(Drawn::to);

    private final FleetGraph graph;
    private final Lattice lattice;
    private final boolean[] within;
    private final List<Drawn> found = new ArrayList<>();

    private DrawnEdges(FleetGraph graph, Lattice lattice) {
        this.graph = graph;
        this.lattice = lattice;
        this.within = new boolean[graph.numbers()];
    }

    private static int urgency(@Nullable LinkHealth health) {
        return health == null
                ? 2
                : switch (health) {
                    case DOWN -> 0;
                    case DEGRADED -> 1;
                    case OK -> 3;
                };
    }

    /// All edges at the homes that are wanted, those that need attention first.
    ///
    /// @param wanted of the index of a home
    public static List<Drawn> of(FleetGraph graph, Lattice lattice, IntPredicate wanted) {
        DrawnEdges edges = new DrawnEdges(graph, lattice);
        int[] numbers = edges.numbers(wanted);
        for (int number : numbers) {
            edges.within[number] = true;
        }
        for (int number : numbers) {
            edges.addFrom(number);
            edges.addTo(number);
        }
        edges.found.sort(WORST_FIRST);
        return edges.found;
    }

    /// The nodes that are at home where it is wanted.
    private int[] numbers(IntPredicate wanted) {
        int[] numbers = new int[lattice.size()];
        int count = 0;
        for (int home = 0; home < lattice.size(); home++) {
            if (wanted.test(home)) {
                int number = graph.find(lattice.home(home).id());
                if (number >= 0 && home(number) == home) {
                    numbers[count++] = number;
                }
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private int home(int number) {
        GraphNode node = graph.node(number);
        return node == null || node.decommissioned()
                ? -1
                : lattice.find(node.id(), node.region(), node.zone());
    }

    private void addFrom(int number) {
        int from = home(number);
        for (Link link : graph.links(number)) {
            add(from, link);
        }
    }

    /// Edges from outside; those from within are found where they start.
    private void addTo(int number) {
        int[] row = graph.in().row(number);
        int[] sources = new int[row[0]];
        for (int i = 0; i < row[0]; i++) {
            sources[i] = row[1 + 2 * i];
        }
        for (int source : Arrays.stream(sources).distinct().toArray()) {
            if (!within[source]) {
                int from = home(source);
                for (Link link : graph.links(source)) {
                    if (link.target() == number) {
                        add(from, link);
                    }
                }
            }
        }
    }

    private void add(int from, Link link) {
        int to = home(link.target());
        if (from >= 0 && to >= 0) {
            found.add(new Drawn(from, to, link.health(), link.crossing()));
        }
    }

    /// The trust domain of every home; null where it is in none, or nobody is at home.
    public static List<@Nullable String> trustDomains(FleetGraph graph, Lattice lattice) {
        List<@Nullable String> domains = new ArrayList<>(lattice.size());
        for (int home = 0; home < lattice.size(); home++) {
            int number = graph.find(lattice.home(home).id());
            GraphNode node = number < 0 ? null : graph.node(number);
            boolean here =
                    node != null
                            && Objects.equals(node.zone(), lattice.home(home).zone())
                            && Objects.equals(node.region(), lattice.home(home).region());
            domains.add(here && node != null ? node.trustDomain() : null);
        }
        return domains;
    }
}
