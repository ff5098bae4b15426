package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.souverix.twin.engine.backup.Backup;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.log.ProgressListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a directory that is served, and what is restored from them. `-Dseed=N`, `-Dkills=N`.
final class BackupTest {
    private static final int KILLS = Integer.getInteger("kills", 4);

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);
    private final List<String> lines = Histories.events(seed);
    private final List<List<String>> batches = Histories.delivery(lines, seed);
    private Instant now = Histories.present(lines, seed);

    @TempDir Path directory;

    BackupTest() {
        System.out.println("BackupTest seed " + seed);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path backup() {
        return directory.resolve("backup");
    }

    private TwinEngine open(Path from) {
        return TwinEngine.open(
                from,
                KillChild.options(seed, lines).withClock(() -> now),
                TwinEngine.Progress.SILENT);
    }

    private static Backup.Done restore(Path backup, Path to) {
        return Backup.restore(backup, to, Long.MAX_VALUE, ProgressListener.SILENT);
    }

    @Test
    void a_backup_taken_while_events_come_in_restores_to_the_same_fleet() {
        try (TwinEngine engine = open(data())) {
            for (int i = 0; i < batches.size(); i++) {
                var _ = Lines.append(engine, batches.get(i));
                if (random.nextInt(8) == 0 || i == batches.size() - 1) {
                    var _ = Backup.take(data(), backup(), ProgressListener.SILENT);
                    Path restored = directory.resolve("restored-" + i);
                    var _ = restore(backup(), restored);
                    try (TwinEngine again = open(restored)) {
                        assertThat(again.verify(TwinEngine.Progress.SILENT).differences())
                                .isEmpty();
                        Answers.requireSame(Answers.of(again), Answers.of(engine), "seed " + seed);
                    }
                }
            }
        }
    }

    @Test
    void a_backup_is_restored_to_what_was_recorded_by_a_moment() {
        Map<Instant, String> digests = new LinkedHashMap<>();
        try (TwinEngine engine = open(data())) {
            for (List<String> batch : batches) {
                now = now.plusMillis(1 + random.nextInt(5_000));
                var _ = Lines.append(engine, batch);
                digests.put(now, engine.status().digest());
            }
            var _ = Backup.take(data(), backup(), ProgressListener.SILENT);
        }
        digests.forEach((moment, digest) -> {
            if (random.nextInt(4) > 0) {
                return;
            }
            Path restored = directory.resolve("at-" + moment.toEpochMilli());
            long micros = moment.plusNanos(random.nextInt(900_000)).toEpochMilli() * 1_000;
            var _ = Backup.restore(backup(), restored, micros, ProgressListener.SILENT);
            try (TwinEngine again = open(restored)) {
                assertThat(again.status().digest()).as("at " + moment).isEqualTo(digest);
            }
        });
    }

    @Test
    void documents_come_along_where_they_were_recorded_by_the_moment() throws IOException {
        try (TwinEngine engine = open(data())) {
            var _ = Lines.append(engine, batches.getFirst());
        }
        long moment = now.toEpochMilli() * 1_000 + 1;
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
        try (TwinEngine engine = open(data())) {
            var _ = Lines.append(engine, batches.getFirst());
        }
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

    @Test
    void a_backup_and_a_restore_that_are_killed_are_done_by_trying_again()
            throws IOException, InterruptedException {
        try (TwinEngine engine = open(data())) {
            int next = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                Process child = start(BackupChild.BACKUP, data(), backup());
                try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
                    int until = (kill + 1) * batches.size() / KILLS;
                    assertThat(out.readLine()).isEqualTo("BEGUN");
                    for (; next < until; next++) {
                        var _ = Lines.append(engine, batches.get(next));
                    }
                    Thread.sleep(random.nextInt(200));
                }
                kill(child);
                var _ = Backup.take(data(), backup(), ProgressListener.SILENT);
                Path restored = directory.resolve("restored-" + kill);
                Process restoring = start(BackupChild.RESTORE, backup(), restored);
                try (BufferedReader out = restoring.inputReader(StandardCharsets.UTF_8)) {
                    assertThat(out.readLine()).isEqualTo("BEGUN");
                    Thread.sleep(random.nextInt(120));
                }
                kill(restoring);
                if (!Files.exists(restored)) {
                    var _ = restore(backup(), restored);
                }
                try (TwinEngine again = open(restored)) {
                    assertThat(again.status().digest())
                            .as("seed " + seed)
                            .isEqualTo(engine.status().digest());
                    assertThat(again.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
                }
            }
        }
    }

    @Test
    void a_rebuild_that_is_killed_leaves_what_was_derived_and_is_done_by_trying_again()
            throws IOException, InterruptedException {
        List<String> answers;
        try (TwinEngine engine = open(data())) {
            for (List<String> batch : batches) {
                var _ = Lines.append(engine, batch);
            }
            answers = Answers.of(engine);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = start(BackupChild.REBUILD, data(), Path.of(Long.toString(seed)));
            try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
                assertThat(out.readLine()).isEqualTo("BEGUN");
                Thread.sleep(random.nextInt(900));
            }
            kill(child);
            try (TwinEngine engine = open(data())) {
                Answers.requireSame(Answers.of(engine), answers, "seed " + seed);
            }
        }
        TwinEngine.rebuild(data(), KillChild.options(seed, lines), TwinEngine.Progress.SILENT);
        assertThat(data().resolve("derived.rebuilt")).doesNotExist();
        try (TwinEngine engine = open(data())) {
            Answers.requireSame(Answers.of(engine), answers, "seed " + seed);
            assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
        }
    }

    private static void kill(Process child) throws InterruptedException {
        child.toHandle().destroyForcibly();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static Process start(String what, Path from, Path to) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackupChild.class.getName(),
                        what,
                        from.toString(),
                        to.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
