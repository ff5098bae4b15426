package io.souverix.twin.torture;

import io.souverix.twin.engine.EngineTrials;
import io.souverix.twin.engine.Trial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// All that is tried.
final class Trials {
    static final String QUESTIONS = "questions";

    private Trials() {}

    /// Trials by name.
    ///
    /// @param fleet of `questions`
    static SequencedMap<String, Trial> all(QuestionTrial.Size fleet) {
        SequencedMap<String, Trial> all = new LinkedHashMap<>(EngineTrials.all());
        all.put("fuzz", (seed, directory) -> FuzzTrial.run(seed, directory, 3_000));
        all.put("streams", (seed, directory) -> StreamTrial.run(seed, directory, 2_000, 8, 3));
        all.put("kill-http", (seed, directory) -> KillTrial.run(seed, directory, 1_000_000, 12));
        all.put("backup-http", (seed, directory) -> BackupTrial.run(seed, directory, 3));
        all.put(
                "overload",
                (seed, directory) ->
                        OverloadTrial.run(seed, directory, Duration.ofSeconds(20), ""));
        all.put(QUESTIONS, (seed, directory) -> QuestionTrial.run(seed, directory, fleet));
        return all;
    }
}
