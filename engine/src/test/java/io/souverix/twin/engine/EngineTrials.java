package io.souverix.twin.engine;

import io.souverix.twin.engine.log.LogTrials;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The trials of the engine, to be run for long. Each is run a few times by the test it is of.
public final class EngineTrials {
    private EngineTrials() {}

    /// Trials by name.
    public static SequencedMap<String, Trial> all() {
        SequencedMap<String, Trial> all = new LinkedHashMap<>();
        all.put("set-equality", SetEqualityTest::deliver);
        all.put("as-of", AsOfTest::ask);
        all.put("recount", RecountTest::recount);
        all.put("filters", FilterTest::filter);
        all.put("model", ModelTest::play);
        all.put("simulation", SimulationTest::simulate);
        all.put("damage", DamageTest::harm);
        all.put("kill", KillTest::kill);
        all.put(
                "retention",
                (seed, directory) -> {
                    var _ = RetentionTest.retain(seed, directory);
                });
        all.put("cut-kill", CutKillTest::kill);
        all.put("backup", BackupTest::take);
        all.put("backup-kill", BackupTest::kill);
        all.put("rebuild-kill", BackupTest::killRebuild);
        all.put("followers", FollowingTest::follow);
        all.put("followers-killed", FollowingTest::resume);
        all.putAll(LogTrials.all());
        return all;
    }
}
