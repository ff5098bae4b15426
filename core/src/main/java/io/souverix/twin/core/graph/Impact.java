package io.souverix.twin.core.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is cut off when nodes fail. Edges carry both ways here.
///
/// Each connected component that has a failing node falls into *parts* without the failing ones. The
/// part that goes on is the largest (of equal ones that with the first id); every node of another
/// part has lost its last path to it. Where anchors are named, a node is cut off that had a path to
/// one of them before and has none after.
///
/// @param parts the parts that are cut off, the largest first, then by the first id
/// @param lost how many nodes are cut off
/// @param edgesLost how many edges had an end that fails
public record Impact(int[] failing, List<Part> parts, int lost, int edgesLost) {
    public Impact {
        parts = List.copyOf(parts);
    }

    /// Nodes that still have paths to each other, sorted by id.
    public record Part(int[] numbers) {
        int first() {
            return numbers[0];
        }
    }

    /// What follows from the failure of nodes.
    ///
    /// @param failing numbers of nodes that are not decommissioned
    /// @param anchors what must be reached; null for the largest part of each component
    public static Impact of(
            FleetGraph graph, int[] failing, int @Nullable [] anchors, Follow follow) {
        return new Failure(graph, failing, anchors, follow).impact();
    }

    private static final class Failure {
        private final FleetGraph graph;
        private final int[] failing;
        private final int @Nullable [] anchors;
        private final boolean @Nullable [] wanted;
        private final boolean usable;
        private final BitSet fails = new BitSet();
        private final BitSet before = new BitSet();
        private final BitSet after = new BitSet();
        private final BitSet anchored = new BitSet();
        private final Comparator<Part> bySize;

        Failure(FleetGraph graph, int[] failing, int @Nullable [] anchors, Follow follow) {
            this.graph = graph;
            this.failing = failing;
            this.anchors = anchors;
            this.wanted = graph.wanted(follow.types());
            this.usable = follow.usable();
            Arrays.stream(failing).forEach(fails::set);
            if (anchors != null) {
                Arrays.stream(anchors).forEach(anchored::set);
            }
            this.bySize =
                    Comparator.comparingInt((Part part) -> -part.numbers().length)
                            .thenComparing(part -> graph.id(part.first()));
        }

        Impact impact() {
            List<Part> cut = new ArrayList<>();
            for (int node : failing) {
                if (!before.get(node)) {
                    cut.addAll(cutOff(component(node, before, new BitSet())));
                }
            }
            cut.sort(bySize);
            int lost = cut.stream().mapToInt(part -> part.numbers().length).sum();
            return new Impact(failing, cut, lost, edgesLost());
        }

        private List<Part> cutOff(int[] component) {
            if (anchors != null && Arrays.stream(component).noneMatch(anchored::get)) {
                return List.of();
            }
            List<Part> parts = new ArrayList<>();
            for (int node : component) {
                if (!fails.get(node) && !after.get(node)) {
                    parts.add(part(component(node, after, fails)));
                }
            }
            if (anchors == null) {
                parts.sort(bySize);
                return parts.isEmpty() ? parts : parts.subList(1, parts.size());
            }
            parts.removeIf(part -> Arrays.stream(part.numbers()).anyMatch(anchored::get));
            return parts;
        }

        private Part part(int[] numbers) {
            return new Part(
                    Arrays.stream(numbers)
                            .boxed()
                            .sorted(Comparator.comparing(graph::id))
                            .mapToInt(Integer::intValue)
                            .toArray());
        }

        /// All nodes with a path to one, without going through some.
        private int[] component(int start, BitSet seen, BitSet without) {
            int[] queue = new int[16];
            int tail = 0;
            queue[tail++] = start;
            seen.set(start);
            for (int head = 0; head < tail; head++) {
                int node = queue[head];
                for (int way = 0; way < 2 && !(usable && graph.isDown(node)); way++) {
                    int[] row = way == 0 ? graph.out().row(node) : graph.in().row(node);
                    for (int at = 1; at < 1 + 2 * row[0]; at += 2) {
                        int end = row[at];
                        if (graph.isTwin(end)
                                && !seen.get(end)
                                && !without.get(end)
                                && graph.follows(row[at + 1], end, wanted, usable)) {
                            seen.set(end);
                            if (tail == queue.length) {
                                queue = Arrays.copyOf(queue, tail * 2);
                            }
                            queue[tail++] = end;
                        }
                    }
                }
            }
            return Arrays.copyOf(queue, tail);
        }

        /// Counts the edges at failing nodes, one between two of them once.
        private int edgesLost() {
            int count = 0;
            for (int node : failing) {
                count += edges(graph.out().row(node), false) + edges(graph.in().row(node), true);
            }
            return count;
        }

        private int edges(int[] row, boolean unlessFailing) {
            int count = 0;
            for (int at = 1; at < 1 + 2 * row[0]; at += 2) {
                boolean counted = unlessFailing && fails.get(row[at]);
                if (!counted && graph.follows(row[at + 1], row[at], wanted, usable)) {
                    count++;
                }
            }
            return count;
        }
    }
}
