package io.souverix.twin.bench;

import io.souverix.twin.core.graph.Follow;
import io.souverix.twin.core.graph.GraphAnswers;
import io.souverix.twin.core.graph.GraphAnswers.Failing;
import io.souverix.twin.core.graph.Impact;
import io.souverix.twin.core.graph.Outline;
import io.souverix.twin.core.graph.Selection;
import io.souverix.twin.core.graph.layout.LayoutBytes;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.TrustQueries.NodePage;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.graph.GraphQueries;
import io.souverix.twin.engine.past.AsOf;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;

/// The graph and the packages of the made-up fleet, in process.
final class MeshStage implements Stage {
    static final String VERSIONS = "<2.5.0";

    private final Random random = new Random(11);

    @Override
    public String name() {
        return "mesh";
    }

    @Override
    public Set<String> rows() {
        return Set.of(
                Row.AFFECTED.key(),
                Row.AFFECTED_P50.key(),
                Row.HOPS.key(),
                Row.HOPS_P50.key(),
                Row.GRAPH.key());
    }

    @Override
    public boolean needsFleet() {
        return false;
    }

    @Override
    public void run(Bench bench) throws Exception {
        var directory = Mesh.prepare(bench);
        try (TwinEngine engine = IngestStage.open(directory)) {
            affected(bench, engine);
            GraphQueries graph = engine.graph();
            once(bench, "outline; cold: made at the first question", () -> outline(graph));
            hops(bench, graph);
            walks(bench, graph);
            once(
                    bench,
                    "map; cold: laid out",
                    () -> graph.map(AsOf.PRESENT, LayoutBytes::layout).length);
        }
    }

    private void affected(Bench bench, TwinEngine engine) {
        bench.say("affected by packages");
        Asked asked =
                Asked.of(
                        bench.runs(),
                        bench.quick() ? 300 : 1_000,
                        () -> {
                            NodePage page =
                                    engine.nodePage("affected", AsOf.PRESENT, false, null, 100);
                            return JsonWriter.bytes(
                                            engine.trustQueries()
                                                    .affected(Mesh.purl(random), VERSIONS, page)
                                                    .build())
                                    .length;
                        });
        report(bench, Row.AFFECTED, Row.AFFECTED_P50, asked);
    }

    static void report(Bench bench, Row p99, Row p50, Asked asked) {
        bench.report(Figure.of(p99, bench.size(), asked.percentiles(0.99)).cold(asked.first()));
        bench.report(p50, asked.percentiles(0.5));
    }

    private void hops(Bench bench, GraphQueries graph) {
        bench.say("neighbourhoods");
        Asked asked =
                Asked.of(
                        bench.runs(),
                        5_000,
                        () ->
                                graph.ask(
                                        AsOf.PRESENT,
                                        asks ->
                                                asks.walks()
                                                        .count(
                                                                asks.graph(),
                                                                asks.graph().find(id(bench)),
                                                                3,
                                                                Follow.ALL)));
        report(bench, Row.HOPS, Row.HOPS_P50, asked);
    }

    private void walks(Bench bench, GraphQueries graph) {
        bench.say("paths and impact");
        Asked paths =
                Asked.of(
                        bench.runs(),
                        100,
                        () -> {
                            var _ =
                                    graph.ask(
                                            AsOf.PRESENT,
                                            asked ->
                                                    asked.walks()
                                                            .path(
                                                                    asked.graph(),
                                                                    asked.graph().find(id(bench)),
                                                                    asked.graph().find(Mesh.id(0)),
                                                                    Follow.ALL));
                            return 1;
                        });
        detail(bench, "shortest path, p50", paths);
        Asked impact =
                Asked.of(
                        bench.runs(),
                        10,
                        () -> {
                            int zone = random.nextInt(bench.size().nodes()) / Mesh.ZONE_NODES;
                            var _ =
                                    graph.ask(
                                            AsOf.PRESENT,
                                            asked ->
                                                    Impact.of(
                                                            asked.graph(),
                                                            GraphAnswers.failing(
                                                                    asked.graph(),
                                                                    "z" + zone,
                                                                    Failing.ZONE),
                                                            null,
                                                            Follow.ALL));
                            return 1;
                        });
        detail(bench, "impact of a zone, p50", impact);
    }

    private String id(Bench bench) {
        return Mesh.id(random.nextInt(bench.size().nodes()));
    }

    private static void once(Bench bench, String what, IntSupplier question) {
        bench.say(what);
        detail(bench, what, Asked.of(bench.runs(), 5, question));
    }

    private static void detail(Bench bench, String what, Asked asked) {
        bench.report(
                Figure.of(Row.GRAPH, bench.size(), asked.percentiles(0.5))
                        .detail(what)
                        .cold(asked.first()));
    }

    private static int outline(GraphQueries graph) {
        return graph.ask(
                AsOf.PRESENT, asked -> Outline.of(asked.graph(), Selection.ALL).edges().total());
    }
}
