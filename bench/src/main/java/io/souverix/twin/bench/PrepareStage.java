package io.souverix.twin.bench;

import io.souverix.twin.engine.TwinEngine;
import java.util.Set;

/// Makes the data directory that has taken the load, where the figures of doing so are not asked for.
final class PrepareStage implements Stage {
    @Override
    public String name() {
        return "prepare";
    }

    @Override
    public Set<String> rows() {
        return Set.of();
    }

    @Override
    public boolean needsFleet() {
        return false;
    }

    @Override
    public void run(Bench bench) throws Exception {
        bench.say("taking the load");
        Scratch.delete(bench.fleet());
        try (TwinEngine engine = IngestStage.open(bench.fleet())) {
            var _ = IngestStage.ingest(engine, bench.load());
        }
        bench.setFleetReady();
    }
}
