package io.souverix.twin.core.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks through a graph, breadth first, over its rows of numbers. Keeps its marks between walks, so
/// that a short one in a large graph costs only what it touches. Not thread-safe; a [Pool] lends
/// some.
///
/// A dangling target is an end: it is reached, and nothing is reached through it.
public final class Walks {
    private int[] marks = {};
    private int[] distances = {};
    private int mark;
    private int[] queue = new int[1_024];
    private int tail;

    /// What was reached from a start, by the number of hops, then by id.
    ///
    /// @param numbers the start first
    /// @param hops beside each number how far it is
    public record Reached(int[] numbers, int[] hops) {}

    /// Lends walks to threads, and keeps a bounded number of them.
    public static final class Pool {
        private static final int MOST = 16;
        private final ArrayDeque<Walks> idle = new ArrayDeque<>(MOST);

        /// Walks that nobody else uses, to be given back.
        public synchronized Walks borrow() {
            Walks walks = idle.poll();
            return walks == null ? new Walks() : walks;
        }

        public synchronized void giveBack(Walks walks) {
            if (idle.size() < MOST) {
                idle.push(walks);
            }
        }
    }

    /// What is at most so many hops from a node.
    public Reached around(FleetGraph graph, int start, int hops, Follow follow) {
        var _ = count(graph, start, hops, follow);
        int[] numbers = Arrays.copyOf(queue, tail);
        int[] far = new int[tail];
        int from = 0;
        for (int at = 0; at < tail; at++) {
            far[at] = distances[numbers[at]];
        }
        for (int at = 1; at <= tail; at++) {
            if (at == tail || far[at] != far[from]) {
                sortById(graph, numbers, from, at);
                from = at;
            }
        }
        return new Reached(numbers, far);
    }

    /// How many nodes there are within so many hops, the start included.
    public int count(FleetGraph graph, int start, int hops, Follow follow) {
        spread(graph, start, hops, follow, -1);
        return tail;
    }

    /// The shortest way between two nodes, both included; of several the one whose ids come first,
    /// read from the start. Empty where there is none.
    public int[] path(FleetGraph graph, int from, int to, Follow follow) {
        spread(graph, to, Integer.MAX_VALUE, follow.reversed(), from);
        if (marks[from] != mark) {
            return new int[0];
        }
        int[] path = new int[distances[from] + 1];
        path[0] = from;
        for (int i = 1; i < path.length; i++) {
            path[i] = next(graph, path[i - 1], follow);
        }
        return path;
    }

    /// The neighbour that is one hop nearer to where the marks were spread from.
    private int next(FleetGraph graph, int node, Follow follow) {
        boolean @Nullable [] wanted = graph.wanted(follow.types());
        int best = -1;
        if (follow.direction().followsOut()) {
            best = nearer(graph, graph.out().row(node), node, wanted, follow.usable(), best);
        }
        if (follow.direction().followsIn()) {
            best = nearer(graph, graph.in().row(node), node, wanted, follow.usable(), best);
        }
        return best;
    }

    private int nearer(
            FleetGraph graph,
            int[] row,
            int node,
            boolean @Nullable [] wanted,
            boolean usable,
            int standing) {
        int best = standing;
        for (int at = 1; at < 1 + 2 * row[0]; at += 2) {
            int end = row[at];
            boolean passable = distances[end] == 0 || graph.isTwin(end);
            if (marks[end] == mark
                    && distances[end] == distances[node] - 1
                    && passable
                    && graph.follows(row[at + 1], end, wanted, usable)
                    && (best < 0 || graph.id(end).compareTo(graph.id(best)) < 0)) {
                best = end;
            }
        }
        return best;
    }

    /// Fills the queue, hop by hop, and the distances of what is in it.
    ///
    /// @param until ends once this number is reached, or -1
    private void spread(FleetGraph graph, int start, int hops, Follow follow, int until) {
        begin(graph);
        visit(start, 0);
        if (graph.isDecommissioned(start) || (follow.usable() && graph.isDown(start))) {
            return;
        }
        boolean @Nullable [] wanted = graph.wanted(follow.types());
        Direction direction = follow.direction();
        for (int head = 0; head < tail; head++) {
            int node = queue[head];
            int hop = distances[node] + 1;
            if (hop > hops || node == until) {
                return;
            }
            if (head > 0 && !graph.isTwin(node)) {
                continue;
            }
            if (direction.followsOut()) {
                spread(graph, graph.out().row(node), hop, wanted, follow.usable());
            }
            if (direction.followsIn()) {
                spread(graph, graph.in().row(node), hop, wanted, follow.usable());
            }
        }
    }

    private void spread(
            FleetGraph graph, int[] row, int hop, boolean @Nullable [] wanted, boolean usable) {
        int end = 1 + 2 * row[0];
        for (int at = 1; at < end; at += 2) {
            int next = row[at];
            if (marks[next] != mark && graph.follows(row[at + 1], next, wanted, usable)) {
                visit(next, hop);
            }
        }
    }

    private void begin(FleetGraph graph) {
        if (marks.length < graph.numbers()) {
            int length = graph.numbers() + (graph.numbers() >> 2);
            marks = new int[length];
            distances = new int[length];
            mark = 0;
        }
        if (++mark == Integer.MAX_VALUE) {
            Arrays.fill(marks, 0);
            mark = 1;
        }
        tail = 0;
    }

    private void visit(int number, int distance) {
        marks[number] = mark;
        distances[number] = distance;
        if (tail == queue.length) {
            queue = Arrays.copyOf(queue, tail * 2);
        }
        queue[tail++] = number;
    }

    private static void sortById(FleetGraph graph, int[] numbers, int from, int to) {
        List<Integer> part = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            part.add(numbers[i]);
        }
        part.sort(Comparator.comparing(graph::id));
        for (int i = from; i < to; i++) {
            numbers[i] = part.get(i - from);
        }
    }
}
