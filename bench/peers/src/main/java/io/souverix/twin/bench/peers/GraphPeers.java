package io.souverix.twin.bench.peers;

import io.souverix.twin.bench.Bench;
import io.souverix.twin.bench.Figure;
import io.souverix.twin.bench.Goal;
import io.souverix.twin.bench.Stage;
import io.souverix.twin.bench.Stopwatch;

import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.GraphTraversalSource;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.__;
import org.apache.tinkerpop.gremlin.structure.T;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.apache.tinkerpop.gremlin.tinkergraph.structure.TinkerGraph;
import org.jgrapht.graph.AsUndirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedMultigraph;
import org.jgrapht.traverse.BreadthFirstIterator;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// The 3-hop neighbourhood over a graph of five random edges a node, as the bench's own rows have it:
/// TinkerGraph, JGraphT, and plain arrays as the limit. All must find the same.
public final class GraphPeers implements Stage {
    private static final String ROW = "peer-hops";
    private static final int EDGES_A_NODE = 5;
    private static final int HOPS = 3;
    private static final int ASKS = 2_000;

    @Override
    public String name() {
        return "peer-graph";
    }

    @Override
    public Set<String> rows() {
        return Set.of(ROW);
    }

    @Override
    public boolean needsFleet() {
        return false;
    }

    @Override
    public int mostNodes() {
        return 100_000;
    }

    @Override
    public void run(Bench bench) {
        int nodes = bench.size().nodes();
        Random random = new Random(7);
        int[][] edges = new int[nodes * EDGES_A_NODE][];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = new int[] {i / EDGES_A_NODE, random.nextInt(nodes)};
        }
        IntUnaryOperator arrays = arrays(nodes, edges);
        int[] asked = random.ints(ASKS, 0, nodes).toArray();
        int[] expected = Arrays.stream(asked).map(arrays).toArray();
        report(bench, "plain adjacency arrays", arrays, asked, expected);
        report(bench, "JGraphT", jgrapht(nodes, edges), asked, expected);
        report(bench, "TinkerGraph", tinkerGraph(nodes, edges), asked, expected);
    }

    private static void report(
            Bench bench, String title, IntUnaryOperator count, int[] asked, int[] expected) {
        bench.say(title);
        double[] millis = new double[ASKS];
        double[] p99 = new double[2];
        for (int round = 0; round < p99.length; round++) {
            for (int i = 0; i < ASKS; i++) {
                long began = System.nanoTime();
                int found = count.applyAsInt(asked[i]);
                millis[i] = (System.nanoTime() - began) / 1e6;
                if (found != expected[i]) {
                    throw new IllegalStateException(
                            title + ": found " + found + " nodes, expected " + expected[i]);
                }
            }
            p99[round] = percentile(millis);
        }
        bench.report(
                new Figure(
                        ROW,
                        "the same job: 3-hop neighbourhood, both ways, p99",
                        title,
                        "ms",
                        bench.size().nodes(),
                        (long) bench.size().nodes() * EDGES_A_NODE,
                        p99[0],
                        new double[] {p99[1]},
                        Double.NaN,
                        Goal.NONE));
    }

    private static double percentile(double[] millis) {
        return Stopwatch.percentile(millis, 0.99);
    }

    private static IntUnaryOperator arrays(int nodes, int[][] edges) {
        int[] ends = new int[nodes + 1];
        for (int[] edge : edges) {
            ends[edge[0]]++;
            ends[edge[1]]++;
        }
        int[][] near = new int[nodes][];
        for (int i = 0; i < nodes; i++) {
            near[i] = new int[ends[i]];
        }
        int[] filled = new int[nodes];
        for (int[] edge : edges) {
            near[edge[0]][filled[edge[0]]++] = edge[1];
            near[edge[1]][filled[edge[1]]++] = edge[0];
        }
        BitSet seen = new BitSet(nodes);
        int[] queue = new int[nodes];
        return start -> {
            int to = 0;
            queue[to++] = start;
            seen.set(start);
            int from = 0;
            for (int hop = 0; hop < HOPS; hop++) {
                for (int level = to; from < level; from++) {
                    for (int next : near[queue[from]]) {
                        if (!seen.get(next)) {
                            seen.set(next);
                            queue[to++] = next;
                        }
                    }
                }
            }
            for (int i = 0; i < to; i++) {
                seen.clear(queue[i]);
            }
            return to - 1;
        };
    }

    private static IntUnaryOperator jgrapht(int nodes, int[][] edges) {
        DirectedMultigraph<Integer, DefaultEdge> directed =
                new DirectedMultigraph<>(DefaultEdge.class);
        for (int i = 0; i < nodes; i++) {
            directed.addVertex(i);
        }
        for (int[] edge : edges) {
            // A multigraph has no loops, and a loop leads nowhere.
            if (edge[0] != edge[1]) {
                directed.addEdge(edge[0], edge[1]);
            }
        }
        AsUndirectedGraph<Integer, DefaultEdge> graph = new AsUndirectedGraph<>(directed);
        return start -> {
            BreadthFirstIterator<Integer, DefaultEdge> walk =
                    new BreadthFirstIterator<>(graph, start);
            int count = -1;
            while (walk.hasNext()) {
                Integer next = walk.next();
                if (walk.getDepth(next) > HOPS) {
                    break;
                }
                count++;
            }
            return count;
        };
    }

    private static IntUnaryOperator tinkerGraph(int nodes, int[][] edges) {
        TinkerGraph graph = TinkerGraph.open();
        Vertex[] vertices = new Vertex[nodes];
        for (int i = 0; i < nodes; i++) {
            vertices[i] = graph.addVertex(T.id, i);
        }
        for (int[] edge : edges) {
            vertices[edge[0]].addEdge("signaling", vertices[edge[1]]);
        }
        GraphTraversalSource traversal = graph.traversal();
        return start ->
                (int)
                        (traversal.V(start)
                                        .emit()
                                        .repeat(__.both().dedup())
                                        .times(HOPS)
                                        .dedup()
                                        .count()
                                        .next()
                                - 1);
    }
}
