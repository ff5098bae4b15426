package io.souverix.twin.engine.log;

import io.souverix.twin.engine.Trial;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;

/// The trials of the log by itself.
public final class LogTrials {
    private LogTrials() {}

    /// Trials by name.
    public static SequencedMap<String, Trial> all() {
        SequencedMap<String, Trial> all = new LinkedHashMap<>();
        all.put(
                "log-crashes",
                (seed, _) -> SegmentLogSimulationTest.live(new Random(seed).nextLong()));
        all.put(
                "log-copies",
                (seed, directory) -> {
                    new DyingCopy(seed, directory.resolve("first")).first();
                    new DyingCopy(seed, directory.resolve("later")).later();
                });
        return all;
    }
}
