package io.souverix.twin.engine;

import io.souverix.twin.engine.backup.Backup;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.log.ProgressListener;
import java.nio.file.Path;

/// The process that [BackupTest] kills: takes a backup again and again, restores one, or
/// rebuilds what is derived.
final class BackupChild {
    static final String BACKUP = "backup";
    static final String RESTORE = "restore";
    static final String REBUILD = "rebuild";

    private BackupChild() {}

    public static void main(String[] args) {
        Path from = Path.of(args[1]);
        Path to = Path.of(args[2]);
        System.out.println("BEGUN");
        if (args[0].equals(RESTORE)) {
            var _ = Backup.restore(from, to, Long.MAX_VALUE, ProgressListener.SILENT);
            System.out.println("DONE");
            return;
        }
        if (args[0].equals(REBUILD)) {
            long seed = Long.parseLong(args[2]);
            EngineOptions options = KillChild.options(seed, Histories.events(seed));
            TwinEngine.rebuild(from, options, TwinEngine.Progress.SILENT);
            System.out.println("DONE");
            return;
        }
        while (true) {
            System.out.println(Backup.take(from, to, ProgressListener.SILENT).log().records());
        }
    }
}
