package io.souverix.twin.bench;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.graph.layout.LayoutBytes;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The fleet as it was at instants of its life, another one each time; the first time, what answers
/// them is made.
final class PastStage implements Stage {
    @Override
    public String name() {
        return "past";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.PAST_STATES.key(), Row.PAST_AGGREGATES.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        Load load = bench.load();
        Random random = new Random(3);
        int asks = bench.quick() ? 15 : 30;
        try (TwinEngine engine = IngestStage.open(bench.fleet())) {
            bench.say("states");
            Asked states = Asked.of(bench.runs(), asks, () -> states(engine, past(load, random)));
            report(bench, Row.PAST_STATES, states, "");
            for (Projection projection : List.of(Projection.DRIFT, Projection.CONNECTIVITY)) {
                bench.say("aggregates of " + projection.word());
                Asked asked =
                        Asked.of(
                                bench.runs(),
                                asks,
                                () ->
                                        QueryStage.aggregate(
                                                engine,
                                                projection,
                                                List.of(Dimension.REGION),
                                                past(load, random)));
                report(bench, Row.PAST_AGGREGATES, asked, projection.word() + " by region");
            }
        }
    }

    private static void report(Bench bench, Row row, Asked asked, String detail) {
        bench.report(
                Figure.of(row, bench.size(), asked.percentiles(0.5))
                        .detail(detail)
                        .cold(asked.first()));
    }

    private static AsOf past(Load load, Random random) {
        return AsOf.at(Times.micros(load.instant(0.3 + 0.6 * random.nextDouble())));
    }

    private static int states(TwinEngine engine, AsOf asOf) {
        return engine.graph()
                        .states(asOf, (states, _, stamp) -> LayoutBytes.states(states, stamp))
                        .length
                - LayoutBytes.HEADER;
    }
}
