package io.souverix.twin.engine.log;

import io.souverix.twin.engine.Trial;
import java.util.Map;
import java.util.Random;

/// The trials of the log by itself.
public final class LogTrials {
    private LogTrials() {}

    /// Trials by name.
    public static Map<String, Trial> all() {
        return Map.of(
                "log-crashes",
                (seed, _) -> SegmentLogSimulationTest.live(new Random(seed).nextLong()));
    }
}
