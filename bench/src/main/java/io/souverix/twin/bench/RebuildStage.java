package io.souverix.twin.bench;

import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.log.SegmentLog;
import io.souverix.twin.engine.log.SegmentLogOptions;
import java.nio.file.Path;
import java.util.Set;

/// The log folded from nothing: to the first answer, and with a whole checkpoint.
final class RebuildStage implements Stage {
    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.REBUILD.key(), Row.REBUILD_CHECKPOINT.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        EngineOptions options = EngineOptions.defaults();
        Path directory = bench.fleet();
        int events = bench.size().events();
        double[] rates = new double[bench.runs()];
        bench.say("to the first answer, cold");
        double cold = events / Stopwatch.seconds(() -> fold(bench, options));
        Stopwatch all = Stopwatch.ofThisProcess();
        for (int i = 0; i < rates.length; i++) {
            bench.say("to the first answer, " + (i + 1) + " of " + rates.length);
            Stopwatch watch = Stopwatch.ofThisProcess().time(() -> fold(bench, options));
            rates[i] = watch.perSecond(events);
            all = watch;
        }
        bench.report(
                Figure.of(Row.REBUILD, bench.size(), rates).cold(cold).cpu(all.cpuMicros(events)));
        double[] whole = new double[bench.runs()];
        for (int i = 0; i < whole.length; i++) {
            bench.say("with a checkpoint, " + (i + 1) + " of " + whole.length);
            whole[i] =
                    events
                            / Stopwatch.seconds(() ->
                                    TwinEngine.rebuild(
                                            directory, options, TwinEngine.Progress.SILENT));
        }
        bench.report(Row.REBUILD_CHECKPOINT, whole);
    }

    /// Folds the log from nothing, as a start without a checkpoint does.
    private static void fold(Bench bench, EngineOptions options) {
        SegmentLog log = SegmentLog.open(bench.fleet().resolve("log"), SegmentLogOptions.DEFAULT);
        try (TwinEngine engine = TwinEngine.over(log, options)) {
            if (engine.status().nodes() < bench.size().nodes() / 2) {
                throw new IllegalStateException("found " + engine.status().nodes() + " nodes");
            }
        }
    }
}
