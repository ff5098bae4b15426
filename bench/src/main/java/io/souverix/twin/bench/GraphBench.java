package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.graph.Follow;
import io.souverix.twin.core.graph.GraphAnswers;
import io.souverix.twin.core.graph.GraphAnswers.Failing;
import io.souverix.twin.core.graph.Impact;
import io.souverix.twin.core.graph.Outline;
import io.souverix.twin.core.graph.Selection;
import io.souverix.twin.core.graph.layout.LayoutBytes;
import io.souverix.twin.engine.AppendRefused;
import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.graph.GraphQueries;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import org.rocksdb.RocksDBException;

/// The graph in process: five random edges a node, in zones of a thousand; walks, outline, map and
/// states, now and in the past.
final class GraphBench {
    private static final int EDGES_A_NODE = 5;
    private static final int ZONE_NODES = 1_000;
    private static final int BATCH = 1_000;
    private static final int WALKS = 5_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Report report;
    private final int nodes;
    private final Random random = new Random(7);
    private final EventReader reader = new EventReader();

    GraphBench(Settings settings, Report report) {
        this.report = report;
        this.nodes = settings.nodes();
    }

    void run() throws IOException, RocksDBException {
        try (TwinEngine engine = TwinEngine.inMemory(EngineOptions.defaults())) {
            fill(engine);
            GraphQueries graph = engine.graph();
            once("graph: made at the first question", () -> outline(graph, AsOf.PRESENT));
            once("graph: outline of all", () -> outline(graph, AsOf.PRESENT));
            walks(graph);
            once("graph: map laid out", () -> graph.map(AsOf.PRESENT, LayoutBytes::layout));
            once("graph: map as bytes", () -> graph.map(AsOf.PRESENT, LayoutBytes::layout));
            once("graph: states of all nodes, now", () -> states(graph, AsOf.PRESENT));
            once("graph: states of all nodes, now, again", () -> states(graph, AsOf.PRESENT));
            AsOf past = AsOf.at(Times.micros(START.plusSeconds(1_800)));
            once("graph: states of all nodes, in the past", () -> states(graph, past));
            once("graph: states of all nodes, in the past, again", () -> states(graph, past));
            once("graph: of a past instant", () -> outline(graph, past));
            once("graph: of a past instant, again", () -> outline(graph, past));
        }
    }

    private void once(String what, Timing.Work work) throws IOException, RocksDBException {
        report.row(what, "ms", Timing.seconds(work) * 1e3);
    }

    private static void outline(GraphQueries graph, AsOf asOf) {
        int edges =
                graph.ask(asOf, asked -> Outline.of(asked.graph(), Selection.ALL).edges().total());
        if (edges == 0) {
            throw new IllegalStateException("no edges");
        }
    }

    private static void states(GraphQueries graph, AsOf asOf) {
        byte[] bytes = graph.states(asOf, (states, _, stamp) -> LayoutBytes.states(states, stamp));
        if (bytes.length <= LayoutBytes.HEADER) {
            throw new IllegalStateException("no states");
        }
    }

    private void walks(GraphQueries graph) {
        times(
                "graph: 3-hop neighbourhood, both ways",
                WALKS,
                node -> {
                    var _ =
                            graph.ask(
                                    AsOf.PRESENT,
                                    asked ->
                                            asked.walks()
                                                    .count(
                                                            asked.graph(),
                                                            asked.graph().find(id(node)),
                                                            3,
                                                            Follow.ALL));
                });
        times(
                "graph: shortest path",
                WALKS / 50,
                node -> {
                    var _ =
                            graph.ask(
                                    AsOf.PRESENT,
                                    asked ->
                                            asked.walks()
                                                    .path(
                                                            asked.graph(),
                                                            asked.graph().find(id(node)),
                                                            asked.graph().find(id(0)),
                                                            Follow.ALL));
                });
        times(
                "graph: impact of a zone",
                10,
                node -> {
                    var _ =
                            graph.ask(
                                    AsOf.PRESENT,
                                    asked ->
                                            Impact.of(
                                                    asked.graph(),
                                                    GraphAnswers.failing(
                                                            asked.graph(),
                                                            "z" + node / ZONE_NODES,
                                                            Failing.ZONE),
                                                    null,
                                                    Follow.ALL));
                });
    }

    /// Asks of random nodes, once to warm up and once to measure: p50 and p99.
    private void times(String what, int count, IntConsumer question) {
        double[] micros = new double[count];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < count; i++) {
                int node = random.nextInt(nodes);
                long began = System.nanoTime();
                question.accept(node);
                micros[i] = (System.nanoTime() - began) / 1e3;
            }
        }
        Arrays.sort(micros);
        report.row(what + ", p50", "µs", micros[count / 2]);
        report.row(what + ", p99", "µs", micros[count * 99 / 100]);
    }

    private static String id(int node) {
        return "node-" + node;
    }

    private void fill(TwinEngine engine) {
        List<Event> batch = new ArrayList<>(BATCH);
        for (int node = 0; node < nodes; node++) {
            batch.add(
                    event(
                            node,
                            0,
                            "node_registered",
                            "{\"component_type\":\"c%d\",\"region\":\"r%d\",\"zone\":\"z%d\"}"
                                    .formatted(
                                            node % 3, node / ZONE_NODES / 10, node / ZONE_NODES)));
            batch.add(event(node, 1, "state_transition", "{\"to\":\"live\"}"));
            batch.add(event(node, 3_600, "state_transition", "{\"to\":\"delayed\"}"));
            for (int i = 0; i < EDGES_A_NODE; i++) {
                batch.add(
                        event(
                                node,
                                10 + i,
                                "relationship_added",
                                "{\"to\":\"%s\",\"type\":\"signaling\"}"
                                        .formatted(id(random.nextInt(nodes)))));
            }
            if (batch.size() >= BATCH || node == nodes - 1) {
                append(engine, batch);
                batch = new ArrayList<>(BATCH);
            }
        }
    }

    private Event event(int node, int second, String type, String payload) {
        String line =
                "{\"id\":\"e%d\",\"timestamp\":\"%s\",\"node_id\":\"%s\",\"event_type\":\"%s\",\"payload\":%s}"
                        .formatted(second, START.plusSeconds(second), id(node), type, payload);
        return Load.event(reader, line.getBytes(StandardCharsets.UTF_8));
    }

    private static void append(TwinEngine engine, List<Event> events) {
        try {
            var _ = engine.append(events).join();
        } catch (AppendRefused e) {
            throw new IllegalStateException(e);
        }
    }
}
