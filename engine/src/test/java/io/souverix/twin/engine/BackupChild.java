package io.souverix.twin.engine;

import io.souverix.twin.engine.backup.Backup;
import io.souverix.twin.engine.log.ProgressListener;
import java.nio.file.Path;

/// The process that [BackupTest] kills: takes a backup again and again, or restores one once.
final class BackupChild {
    static final String BACKUP = "backup";
    static final String RESTORE = "restore";

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
        while (true) {
            System.out.println(Backup.take(from, to, ProgressListener.SILENT).log().records());
        }
    }
}
