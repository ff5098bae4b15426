package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.engine.AppendRefused;
import io.souverix.twin.engine.Appended;
import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.engine.TwinEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The load into a fresh data directory, in process, again and again; the last one is kept for the
/// stages that ask. Events are read from JSON beforehand, a part at a time, while the watch is held.
final class IngestStage implements Stage {
    static final int BATCH = 1_000;
    static final int IN_FLIGHT = 8;

    /// How many events are read at a time, and so held in memory.
    private static final int PART = 100_000;

    /// A load so large is cold for the smallest part of it: once is enough.
    private static final int LARGE = 5_000_000;

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.INGEST.key(), Row.INGEST_HEAP.key());
    }

    @Override
    public boolean needsFleet() {
        return false;
    }

    @Override
    public void run(Bench bench) throws Exception {
        int rounds = bench.size().events() >= LARGE ? 1 : bench.runs() + 1;
        double[] rates = new double[rounds];
        double[] cpu = new double[rounds];
        double heap = 0;
        for (int round = 0; round < rounds; round++) {
            bench.say("round " + (round + 1) + " of " + rounds);
            boolean last = round == rounds - 1;
            try (Scratch scratch = bench.scratch()) {
                Path directory = last ? bench.fleet() : scratch.path();
                Scratch.delete(directory);
                try (TwinEngine engine = open(directory)) {
                    Stopwatch watch = ingest(engine, bench.load());
                    rates[round] = watch.perSecond(bench.size().events());
                    cpu[round] = watch.cpuMicros(bench.size().events());
                    heap = last ? Memory.heapMegabytes() : 0;
                }
            }
        }
        bench.setFleetReady();
        report(bench, rates, cpu);
        bench.report(Row.INGEST_HEAP, heap);
    }

    private static void report(Bench bench, double[] rates, double[] cpu) {
        if (rates.length == 1) {
            bench.report(Figure.of(Row.INGEST, bench.size(), rates).cpu(cpu[0]));
            return;
        }
        double[] warm = java.util.Arrays.copyOfRange(rates, 1, rates.length);
        double[] warmCpu = java.util.Arrays.copyOfRange(cpu, 1, cpu.length);
        bench.report(
                Figure.of(Row.INGEST, bench.size(), warm)
                        .cold(rates[0])
                        .cpu(Stopwatch.percentile(warmCpu, 0.5)));
    }

    static TwinEngine open(Path directory) {
        return TwinEngine.open(directory, EngineOptions.defaults(), TwinEngine.Progress.SILENT);
    }

    /// Appends a load; what is measured is from the first batch to the last answer of each part.
    static Stopwatch ingest(TwinEngine engine, Load load) throws Exception {
        EventReader reader = new EventReader();
        Stopwatch watch = Stopwatch.ofThisProcess();
        try (Load.Lines lines = load.lines()) {
            for (List<Event> part = lines.events(reader, PART);
                    !part.isEmpty();
                    part = lines.events(reader, PART)) {
                List<Event> events = part;
                watch.time(() -> append(engine, events));
            }
        }
        return watch;
    }

    /// Appends in batches, some at a time on their way; each answer says durable and visible.
    static void append(TwinEngine engine, List<Event> events) throws IOException {
        ArrayDeque<CompletableFuture<Appended>> flying = new ArrayDeque<>();
        try {
            for (int at = 0; at < events.size(); at += BATCH) {
                if (flying.size() == IN_FLIGHT) {
                    var _ = flying.remove().join();
                }
                int end = Math.min(events.size(), at + BATCH);
                flying.add(engine.append(new ArrayList<>(events.subList(at, end))));
            }
        } catch (AppendRefused e) {
            throw new IOException(e);
        }
        flying.forEach(CompletableFuture::join);
    }
}
