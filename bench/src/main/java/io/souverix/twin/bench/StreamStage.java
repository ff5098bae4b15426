package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.changes.Message;
import io.souverix.twin.engine.changes.QueryFilter;
import io.souverix.twin.engine.changes.Subscription;
import io.souverix.twin.engine.changes.Topic;
import io.souverix.twin.engine.changes.Watch;
import io.souverix.twin.engine.query.FilterText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// From handing in an event until a subscriber of its node has the change, in process: with nothing
/// else going on, and beside 5,000 events a second.
final class StreamStage implements Stage {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.STREAM.key(), Row.STREAM_P50.key());
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
        }
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
