package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.Answer;
import io.souverix.twin.engine.AppendRefused;
import io.souverix.twin.engine.Appended;
import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.log.SegmentLog;
import io.souverix.twin.engine.log.SegmentLogOptions;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.RocksDBException;

/// The engine in process, over its real log and store: ingest, rebuild, start, reads, memory.
final class EngineBench {
    private static final int BATCH = 1_000;
    private static final int IN_FLIGHT = 8;

    private final Settings settings;
    private final Load load;
    private final Report report;

    EngineBench(Settings settings, Load load, Report report) {
        this.settings = settings;
        this.load = load;
        this.report = report;
    }

    void run() throws IOException, RocksDBException {
        int runs = settings.runs();
        double[] ingest = new double[runs];
        double[] rebuild = new double[runs];
        double[] fold = new double[runs];
        double[] start = new double[runs];
        EngineOptions options = EngineOptions.defaults();
        for (int i = 0; i < runs; i++) {
            List<Event> events = load.events();
            try (Scratch scratch = new Scratch(settings.directory())) {
                Path directory = scratch.path();
                try (TwinEngine engine =
                        TwinEngine.open(directory, options, TwinEngine.Progress.SILENT)) {
                    ingest[i] = Timing.perSecond(events.size(), () -> append(engine, events));
                }
                fold[i] = Timing.perSecond(events.size(), () -> fold(directory, options));
                rebuild[i] =
                        Timing.perSecond(
                                events.size(),
                                () ->
                                        TwinEngine.rebuild(
                                                directory, options, TwinEngine.Progress.SILENT));
                long[] began = {System.nanoTime()};
                try (TwinEngine engine =
                        TwinEngine.open(directory, options, TwinEngine.Progress.SILENT)) {
                    start[i] = (System.nanoTime() - began[0]) / 1e9;
                    if (i == runs - 1) {
                        events.clear();
                        reads(engine);
                    }
                }
            }
        }
        report.row("durable ingest in process, batches of 1,000", "events/s", ingest);
        report.row("rebuild of everything from the log, to the first answer", "events/s", fold);
        report.row("the same, and a whole checkpoint written", "events/s", rebuild);
        report.row("start from the checkpoint, all twins", "s", start);
    }

    /// Folds the log from nothing, as a start without a checkpoint does.
    private static void fold(Path directory, EngineOptions options) {
        SegmentLog log = SegmentLog.open(directory.resolve("log"), SegmentLogOptions.DEFAULT);
        try (TwinEngine engine = TwinEngine.over(log, options)) {
            if (engine.status().nodes() == 0) {
                throw new IllegalStateException("nothing was folded");
            }
        }
    }

    private static void append(TwinEngine engine, List<Event> events) {
        ArrayDeque<CompletableFuture<Appended>> flying = new ArrayDeque<>();
        try {
            for (int at = 0; at < events.size(); at += BATCH) {
                if (flying.size() == IN_FLIGHT) {
                    var _ = flying.remove().join();
                }
                flying.add(
                        engine.append(
                                new ArrayList<>(
                                        events.subList(at, Math.min(events.size(), at + BATCH)))));
            }
        } catch (AppendRefused e) {
            throw new IllegalStateException(e);
        }
        flying.forEach(CompletableFuture::join);
    }

    private void reads(TwinEngine engine) throws IOException, RocksDBException {
        List<String> ids =
                load.lines().stream()
                        .limit(settings.events())
                        .map(Load::nodeId)
                        .filter(id -> !id.isEmpty())
                        .distinct()
                        .toList();
        Random random = new Random(1);
        int reads = 200_000;
        for (int round = 0; round < 2; round++) {
            double rate =
                    Timing.perSecond(
                            reads,
                            () -> {
                                for (int i = 0; i < reads; i++) {
                                    String id = ids.get(random.nextInt(ids.size()));
                                    Answer answer = engine.twin(id, AsOf.PRESENT);
                                    if (!(answer instanceof Answer.Found found)
                                            || JsonWriter.bytes(found.body()).length < 100) {
                                        throw new IllegalStateException("no twin of " + id);
                                    }
                                }
                            });
            if (round == 1) {
                report.row("read one twin, rendered, one thread", "reads/s", rate);
            }
        }
        aggregates(engine);
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        report.row("heap in use, the load's lines counted out", "MB", (used - load.bytes()) / 1e6);
    }

    private void aggregates(TwinEngine engine) throws IOException, RocksDBException {
        for (Projection projection : Projection.values()) {
            int asks = 2_000;
            double seconds =
                    Timing.seconds(() -> {
                        for (int i = 0; i < asks; i++) {
                            var _ =
                                    engine.projection(
                                            projection,
                                            List.of(Dimension.REGION),
                                            false,
                                            AsOf.PRESENT);
                        }
                    });
            report.row("aggregate " + projection.word() + " by region", "ms", seconds * 1e3 / asks);
        }
    }
}
