package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.backup.Backup;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.log.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a directory that is served, and what is restored from them. `-Dseed=N` runs one
/// case, `-Dcases=N` so many.
final class BackupTest {
    private static final int CASES = Integer.getInteger("cases", 1);
    private static final Instant NOW = Facts.START.plusSeconds(60);

    @TempDir Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private Path backup() {
        return directory.resolve("backup");
    }

    /// A data directory with an event in it.
    private void fill() {
        EngineOptions options = EngineOptions.defaults().withClock(InstantSource.fixed(NOW));
        try (TwinEngine engine = TwinEngine.open(data(), options, TwinEngine.Progress.SILENT)) {
            var _ = Lines.append(engine, List.of(Facts.heartbeat("a", "e", 1)));
        }
    }

    private static Backup.Done restore(Path backup, Path to) {
        return Backup.restore(backup, to, Long.MAX_VALUE, ProgressListener.SILENT);
    }

    @Test
    void a_backup_taken_while_events_come_in_restores_to_the_same_fleet_also_as_of_a_moment()
            throws Exception {
        ((Trial) BackupTest::take).several("BackupTest", CASES, directory);
    }

    static void take(long seed, Path directory) throws InterruptedException, ExecutionException {
        new BackupCase(seed, directory).whileEventsComeIn();
    }

    @Test
    void a_backup_and_a_restore_that_are_killed_are_done_by_trying_again() throws Exception {
        ((Trial) BackupTest::kill).several("BackupTest", CASES, directory);
    }

    static void kill(long seed, Path directory) throws IOException, InterruptedException {
        new BackupCase(seed, directory).killed();
    }

    @Test
    void a_rebuild_that_is_killed_leaves_what_was_derived_and_is_done_by_trying_again()
            throws Exception {
        ((Trial) BackupTest::killRebuild).several("BackupTest", CASES, directory);
    }

    static void killRebuild(long seed, Path directory) throws IOException, InterruptedException {
        new BackupCase(seed, directory).rebuildKilled();
    }

    @Test
    void documents_come_along_where_they_were_recorded_by_the_moment() throws IOException {
        fill();
        long moment = Times.micros(NOW) + 1;
        String early = "a".repeat(64) + "-" + (moment - 1) + ".json";
        String late = "b".repeat(64) + "-" + (moment + 1) + ".json";
        Path documents = Files.createDirectories(data().resolve("sboms"));
        Files.writeString(documents.resolve(early), "{}");
        Files.writeString(documents.resolve(late), "{}");
        Files.writeString(documents.resolve("incoming-1.tmp"), "{");
        assertThat(Backup.take(data(), backup(), ProgressListener.SILENT).otherFiles())
                .isGreaterThanOrEqualTo(2);
        Path whole = directory.resolve("whole");
        var _ = restore(backup(), whole);
        assertThat(whole.resolve("sboms")).isDirectoryContaining("glob:**/" + late);
        Path then = directory.resolve("then");
        var _ = Backup.restore(backup(), then, moment, ProgressListener.SILENT);
        assertThat(then.resolve("sboms").resolve(early)).hasContent("{}");
        assertThat(then.resolve("sboms").resolve(late)).doesNotExist();
        assertThat(then.resolve("sboms").resolve("incoming-1.tmp")).doesNotExist();
        assertThat(then.resolve("derived")).doesNotExist();
    }

    @Test
    void nothing_is_restored_over_something_or_from_a_backup_that_was_never_finished()
            throws IOException {
        fill();
        var _ = Backup.take(data(), backup(), ProgressListener.SILENT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> restore(backup(), data()))
                .withMessageContaining("expected an empty directory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> restore(backup(), backup().resolve("inside")));
        Path empty = Files.createDirectories(directory.resolve("empty"));
        var _ = restore(backup(), empty);
        assertThat(empty.resolve("log").resolve("head")).exists();
        Files.delete(backup().resolve("log").resolve("head"));
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> restore(backup(), directory.resolve("none")))
                .withMessageContaining("head");
        assertThat(directory.resolve("none")).doesNotExist();
    }
}
