package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.engine.TwinEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A node that was away returns and tells, after something new, what it wrote down: every event of it
/// is late.
final class LateStage implements Stage {
    static final int BACKLOG = 100_000;
    private static final int TENTH = BACKLOG / 10;

    @Override
    public String name() {
        return "late";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.LATE.key(), Row.LATE_LINEAR.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        NewEvents made = new NewEvents();
        int rounds = bench.runs() + 1;
        double[] inOrder = new double[rounds];
        double[] shuffled = new double[rounds];
        double[] short_ = new double[rounds];
        try (TwinEngine engine = IngestStage.open(bench.fleet())) {
            for (int i = 0; i < rounds; i++) {
                bench.say("backlog " + (i + 1) + " of " + rounds);
                inOrder[i] = replay(engine, made, BACKLOG, false);
                shuffled[i] = replay(engine, made, BACKLOG, true);
                short_[i] = replay(engine, made, TENTH, false);
            }
        }
        report(bench, inOrder, "oldest first");
        report(bench, shuffled, "in any order");
        double whole = Stopwatch.percentile(warm(inOrder), 0.5);
        double part = Stopwatch.percentile(warm(short_), 0.5);
        bench.report(Row.LATE_LINEAR, whole / (part * BACKLOG / TENTH));
    }

    private static double[] warm(double[] rounds) {
        return java.util.Arrays.copyOfRange(rounds, 1, rounds.length);
    }

    private static void report(Bench bench, double[] rounds, String order) {
        bench.report(Figure.of(Row.LATE, bench.size(), warm(rounds)).detail(order).cold(rounds[0]));
    }

    private static double replay(TwinEngine engine, NewEvents made, int count, boolean shuffle)
            throws Exception {
        String node = made.node("late");
        List<Event> events = new ArrayList<>(made.read(made.backlog(node, count)));
        if (shuffle) {
            Collections.shuffle(events, new Random(5));
        }
        IngestStage.append(engine, List.of(made.read(made.report(node, 0))));
        long before = engine.status().late();
        double seconds = Stopwatch.seconds(() -> IngestStage.append(engine, events));
        if (engine.status().late() != before + count) {
            throw new IllegalStateException(
                    "found %d late events, expected %d"
                            .formatted(engine.status().late() - before, count));
        }
        return seconds;
    }
}
