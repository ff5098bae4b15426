package io.souverix.twin.bench;

import io.souverix.twin.engine.TwinEngine;
import java.util.Set;

/// What a fleet takes in memory, in a JVM that holds nothing else.
final class HeapStage implements Stage {
    @Override
    public String name() {
        return "heap";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.HEAP.key(), Row.RESIDENT.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (TwinEngine engine = IngestStage.open(bench.fleet())) {
            if (engine.status().nodes() < bench.size().nodes() / 2) {
                throw new IllegalStateException("found " + engine.status().nodes() + " nodes");
            }
            bench.report(Row.HEAP, Memory.heapMegabytes());
            double resident = Memory.residentMegabytes();
            if (!Double.isNaN(resident)) {
                bench.report(Row.RESIDENT, resident);
            }
        }
    }
}
