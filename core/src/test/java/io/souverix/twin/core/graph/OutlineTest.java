package io.souverix.twin.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LinkHealth;
import io.souverix.twin.core.event.OperationalState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Outlines of random graphs against plain counts of their links. `-Dseed=N`.
class OutlineTest {
    private static final int GRAPHS = 60;

    private static final Comparator<@Nullable String> NAMES =
            Comparator.nullsLast(Comparator.naturalOrder());

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);

    OutlineTest() {
        System.out.println("OutlineTest seed " + seed);
    }

    /// What is counted of a bundle, one by one.
    private record Counted(@Nullable String from, @Nullable String to, List<Integer> counts) {}

    @Test
    void bundles_are_those_of_the_links_the_widest_first() {
        for (int i = 0; i < GRAPHS; i++) {
            FleetGraph graph = graph(1 + random.nextInt(60), 1 + random.nextInt(6));
            Outline outline = Outline.of(graph, Selection.ALL);
            List<Counted> expected = counted(graph);
            int edges = expected.stream().mapToInt(one -> one.counts.getFirst()).sum();
            assertThat(outline.edges().total()).as("seed " + seed).isEqualTo(edges);
            check(outline.bundles(), expected);
            check(
                    outline.betweenZones().bundles(),
                    expected.stream().filter(one -> !Objects.equals(one.from, one.to)).toList());
        }
    }

    private void check(Bundles bundles, List<Counted> expected) {
        assertThat(bundles.size()).as("seed " + seed).isEqualTo(expected.size());
        for (int most : new int[] {0, 1, 3, expected.size(), expected.size() + 5}) {
            assertThat(bundles.widest(most).stream().map(OutlineTest::counted))
                    .as("seed " + seed)
                    .containsExactlyElementsOf(
                            expected.subList(0, Math.min(most, expected.size())));
        }
    }

    private static Counted counted(Bundles.Bundle bundle) {
        List<Integer> counts = new ArrayList<>();
        counts.add(bundle.health().total());
        counts.add(bundle.crossing());
        for (LinkHealth health : LinkHealth.values()) {
            counts.add(bundle.health().of(health));
        }
        return new Counted(bundle.from(), bundle.to(), counts);
    }

    private static List<Counted> counted(FleetGraph graph) {
        Map<String, Counted> found = new TreeMap<>();
        for (int number = 0; number < graph.numbers(); number++) {
            for (FleetGraph.Link link : graph.links(number)) {
                String from = Objects.requireNonNull(graph.node(number)).zone();
                GraphNode target = graph.node(link.target());
                String to = target == null ? null : target.zone();
                List<Integer> counts =
                        found.computeIfAbsent(
                                        from + " " + to,
                                        _ ->
                                                new Counted(
                                                        from,
                                                        to,
                                                        new ArrayList<>(List.of(0, 0, 0, 0, 0))))
                                .counts();
                counts.set(0, counts.get(0) + 1);
                counts.set(1, counts.get(1) + (link.crossing() ? 1 : 0));
                if (link.health() != null) {
                    int place = 2 + link.health().ordinal();
                    counts.set(place, counts.get(place) + 1);
                }
            }
        }
        List<Counted> sorted = new ArrayList<>(found.values());
        sorted.sort(
                Comparator.comparingInt((Counted one) -> -one.counts.getFirst())
                        .thenComparing(Counted::from, NAMES)
                        .thenComparing(Counted::to, NAMES));
        return sorted;
    }

    private FleetGraph graph(int nodes, int zones) {
        FleetGraph graph = new FleetGraph();
        for (int i = 0; i < nodes; i++) {
            Map<String, Edge> edges = new TreeMap<>();
            for (int j = random.nextInt(6); j > 0; j--) {
                // A few are no nodes.
                String to = "n" + random.nextInt(nodes + 5);
                edges.put(
                        to,
                        new Edge(to, "signaling", null, 0, any(LinkHealth.values()), null, null));
            }
            graph.put(
                    new GraphNode(
                            "n" + i,
                            null,
                            null,
                            null,
                            random.nextInt(5) == 0 ? null : "z" + random.nextInt(zones),
                            random.nextInt(4) == 0 ? null : "d" + random.nextInt(2),
                            List.of(),
                            any(ConnectivityState.values()),
                            OperationalState.OK,
                            random.nextInt(8) == 0,
                            List.copyOf(edges.values())));
        }
        graph.settle();
        return graph;
    }

    private <T> @Nullable T any(T[] values) {
        int place = random.nextInt(values.length + 1);
        return place == values.length ? null : values[place];
    }
}
