package io.souverix.twin.bench;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Selection;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.WrittenAnswer;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.FilterText;
import io.souverix.twin.engine.query.ListQuery;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Questions in process, each answer written as bytes: one twin, filters, aggregates of the present.
final class QueryStage implements Stage {
    /// Words for a few, for many, for two parts at once, by wildcard, by place and trust.
    static final List<String> FILTERS =
            List.of(
                    "connectivity.state==autonomous",
                    "drift.score=gt=25",
                    "connectivity.state==live;drift.severity=in=(medium,high)",
                    "identity.region==region-a;trust.integrity_state!=verified",
                    "(lifecycle.phase==maintenance,operational.state==degraded)",
                    "id==*-node-17");

    static final int PAGE = 100;

    @Override
    public String name() {
        return "queries";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.READ.key(), Row.FILTER.key(), Row.FILTER_P50.key(), Row.AGGREGATE.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (TwinEngine engine = IngestStage.open(bench.fleet())) {
            reads(bench, engine);
            filters(bench, engine);
            aggregates(bench, engine);
        }
    }

    private static void reads(Bench bench, TwinEngine engine) throws Exception {
        bench.say("reading twins");
        List<String> ids = bench.load().ids();
        Random random = new Random(1);
        int reads = bench.quick() ? 50_000 : 200_000;
        double[] rates = new double[bench.runs()];
        double cold = 1_000 / Stopwatch.seconds(() -> read(engine, ids, random, 1_000));
        read(engine, ids, random, reads);
        for (int i = 0; i < rates.length; i++) {
            rates[i] = reads / Stopwatch.seconds(() -> read(engine, ids, random, reads));
        }
        bench.report(Figure.of(Row.READ, bench.size(), rates).cold(cold));
    }

    private static void read(TwinEngine engine, List<String> ids, Random random, int count) {
        for (int i = 0; i < count; i++) {
            String id = ids.get(random.nextInt(ids.size()));
            if (!(engine.writtenTwin(id, AsOf.PRESENT)
                            instanceof WrittenAnswer.Written(var text, _))
                    || text.length() < 100) {
                throw new IllegalStateException("found no twin of " + id);
            }
        }
    }

    private static void filters(Bench bench, TwinEngine engine) {
        int asks = bench.quick() ? 200 : 500;
        for (String text : FILTERS) {
            bench.say(text);
            Asked asked = Asked.of(bench.runs(), asks, () -> page(engine, text));
            bench.report(
                    Figure.of(Row.FILTER, bench.size(), asked.percentiles(0.95))
                            .detail(text)
                            .cold(asked.first()));
            bench.report(
                    Figure.of(Row.FILTER_P50, bench.size(), asked.percentiles(0.5)).detail(text));
        }
    }

    /// The first page of whole twins, as a request without more asks for it.
    private static int page(TwinEngine engine, String filter) {
        ListQuery query =
                new ListQuery(
                        FilterText.compile(filter),
                        Order.BY_ID,
                        Selection.ALL,
                        AsOf.PRESENT,
                        false,
                        PAGE,
                        null);
        int bytes = 0;
        for (var twin : engine.twins(query).twins()) {
            bytes += JsonWriter.bytes(twin).length;
        }
        return bytes;
    }

    private static void aggregates(Bench bench, TwinEngine engine) {
        int asks = bench.quick() ? 300 : 1_000;
        for (List<Dimension> by :
                List.of(List.<Dimension>of(), List.of(Dimension.REGION), List.of(Dimension.ZONE))) {
            String group = by.isEmpty() ? "of the fleet" : "by " + by.getFirst().word();
            bench.say("aggregates " + group);
            Asked slowest = null;
            String name = "";
            for (Projection projection : Projection.values()) {
                Asked asked =
                        Asked.of(
                                bench.runs(),
                                asks,
                                () -> aggregate(engine, projection, by, AsOf.PRESENT));
                if (slowest == null || asked.median() > slowest.median()) {
                    slowest = asked;
                    name = projection.word();
                }
            }
            if (slowest != null) {
                bench.report(
                        Figure.of(Row.AGGREGATE, bench.size(), slowest.percentiles(0.95))
                                .detail(group + " (" + name + ")")
                                .cold(slowest.first()));
            }
        }
    }

    static int aggregate(TwinEngine engine, Projection projection, List<Dimension> by, AsOf asOf) {
        return JsonWriter.bytes(engine.projection(projection, by, false, asOf)).length;
    }
}
