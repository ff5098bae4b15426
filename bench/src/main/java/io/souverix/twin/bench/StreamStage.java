package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.changes.Message;
import io.souverix.twin.engine.changes.QueryFilter;
import io.souverix.twin.engine.changes.Subscription;
import io.souverix.twin.engine.changes.Topic;
import io.souverix.twin.engine.changes.Watch;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.FilterText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// From handing in an event until a subscriber of its node has the change, in process: with nothing
/// else going on, and beside 5,000 events a second. And what changes is asked for again.
final class StreamStage implements Stage {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.STREAM.key(), Row.STREAM_P50.key(), Row.AGGREGATE.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        int events = bench.quick() ? 500 : 2_000;
        NewEvents made = new NewEvents();
        try (TwinEngine engine = IngestStage.open(bench.fleet())) {
            bench.say("alone");
            report(bench, Row.STREAM, Row.STREAM_P50, "alone", () -> follow(engine, made, events));
            bench.say("beside 5,000 events/s");
            try (Beside _ = new Beside(number -> appendBatch(engine, made, number))) {
                report(
                        bench,
                        Row.STREAM,
                        Row.STREAM_P50,
                        "beside 5,000 events/s",
                        () -> follow(engine, made, events));
            }
            aggregate(bench, engine, made);
        }
    }

    /// An aggregate by zone where a node of every zone has changed since it was asked for last: nothing
    /// that was shown is shown again.
    private static void aggregate(Bench bench, TwinEngine engine, NewEvents made) throws Exception {
        bench.say("aggregates by zone while all of them change");
        List<String> nodes = oneAZone(bench.load().ids());
        int asks = bench.quick() ? 50 : 200;
        double[] high = new double[bench.runs()];
        for (int run = -1; run < high.length; run++) {
            double[] millis = new double[asks];
            for (int i = 0; i < asks; i++) {
                int number = (run + 1) * asks + i;
                List<Event> events =
                        nodes.stream()
                                .map(node -> made.read(made.backlogged(node, number)))
                                .toList();
                IngestStage.append(engine, events);
                long began = System.nanoTime();
                QueryStage.aggregate(
                        engine, Projection.CURRENT, List.of(Dimension.ZONE), AsOf.PRESENT);
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
            // The first is to warm up.
            if (run >= 0) {
                high[run] = Stopwatch.percentile(millis, 0.95);
            }
        }
        bench.report(
                Figure.of(Row.AGGREGATE, bench.size(), high)
                        .detail("by zone, each changed since (current)"));
    }

    /// The simulator numbers the nodes of each zone from one on.
    private static List<String> oneAZone(List<String> ids) {
        return ids.stream()
                .filter(id -> id.endsWith("-node-1"))
                .limit(TwinEngine.MAX_APPEND)
                .toList();
    }

    private static void appendBatch(TwinEngine engine, NewEvents made, int number)
            throws Exception {
        String node = made.node("beside");
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < Beside.BATCH; i++) {
            events.add(made.read(made.report(node, number * Beside.BATCH + i)));
        }
        IngestStage.append(engine, events);
    }

    /// Latencies of a round, in milliseconds.
    @FunctionalInterface
    interface Round {
        double[] millis() throws Exception;
    }

    /// One round to warm up, then those that count.
    static void report(Bench bench, Row p99, Row p50, String detail, Round round) throws Exception {
        var _ = round.millis();
        double[] high = new double[bench.runs()];
        double[] middle = new double[bench.runs()];
        for (int i = 0; i < high.length; i++) {
            double[] millis = round.millis();
            high[i] = Stopwatch.percentile(millis, 0.99);
            middle[i] = Stopwatch.percentile(millis, 0.5);
        }
        bench.report(Figure.of(p99, bench.size(), high).detail(detail));
        bench.report(Figure.of(p50, bench.size(), middle).detail(detail));
    }

    private static double[] follow(TwinEngine engine, NewEvents made, int count) throws Exception {
        String node = made.node("followed");
        Watch watch =
                Watch.ofNodes(
                        Set.of(Topic.TWINS), new QueryFilter(FilterText.compile("id==" + node)));
        double[] millis = new double[count];
        try (Subscription following = engine.changes().subscribe(watch, null, false)) {
            await(following, Message.Kind.SYNCED);
            for (int i = 0; i < count; i++) {
                Event event = made.read(made.report(node, i));
                long began = System.nanoTime();
                var appended = engine.append(List.of(event));
                await(following, Message.Kind.CHANGE);
                millis[i] = (System.nanoTime() - began) / 1e6;
                var _ = appended.join();
            }
        }
        return millis;
    }

    private static void await(Subscription following, Message.Kind kind) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            for (Message message : following.next(PATIENCE)) {
                if (message.kind() == kind && message.data().length > 0) {
                    return;
                }
            }
        }
        throw new IllegalStateException("found no " + kind.word() + " within " + PATIENCE);
    }
}
