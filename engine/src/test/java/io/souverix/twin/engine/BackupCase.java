package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.backup.Backup;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.log.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A fleet that takes events, and cuts its log now and then, while it is backed up into one and the
/// same place. All that is drawn follows from a seed; when a backup meets which event does not.
final class BackupCase {
    private static final int KILLS = Integer.getInteger("kills", 4);

    /// A backup begins anew where the log drops what it was copying, as often as this.
    private static final int MOST_CUTS = 2;

    private final long seed;
    private final Path directory;
    private final Random random;
    private final List<String> lines;
    private final List<List<String>> batches;
    private final List<Event> ordered;
    private final List<Told> told = new CopyOnWriteArrayList<>();

    /// The last moment of which all is in a backup: nothing later is cut, so that backups go on.
    private volatile Instant backedUp = Instant.EPOCH;

    private volatile Instant now;

    /// The digest of the fleet after an append, and when that was recorded.
    private record Told(Instant moment, String digest) {}

    /// A restored fleet: that after some append between two.
    private record Restored(String digest, int least, int most) {}

    BackupCase(long seed, Path directory) {
        this.seed = seed;
        this.directory = directory;
        this.random = new Random(seed);
        this.lines = Histories.events(seed);
        this.batches = Histories.delivery(lines, seed);
        this.now = Histories.present(lines, seed);
        this.ordered = new ArrayList<>(Lines.events(lines));
        ordered.sort(Event.ORDER);
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
                KillChild.options(seed, lines)
                        .withClock(() -> now)
                        .withSegmentBytes(CutChild.SEGMENT_BYTES),
                TwinEngine.Progress.SILENT);
    }

    private Backup.Done take() {
        Instant acknowledged = told.getLast().moment();
        Backup.Done done = Backup.take(data(), backup(), ProgressListener.SILENT);
        backedUp = acknowledged;
        return done;
    }

    /// Takes backups while another thread appends; each holds what was acknowledged when it began.
    void whileEventsComeIn() throws InterruptedException, ExecutionException {
        List<Restored> restored = new ArrayList<>();
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                TwinEngine engine = open(data())) {
            told.add(new Told(now, engine.status().digest()));
            Random own = new Random(seed + 1);
            Future<?> writer = threads.submit(() -> append(engine, own, 0, batches.size()));
            do {
                Thread.sleep(random.nextInt(150));
                restored.add(takenAndRestored(restored.size()));
            } while (!writer.isDone());
            writer.get();
            var _ = take();
            Path last = restore(restored.size(), Long.MAX_VALUE);
            try (TwinEngine again = open(last)) {
                assertThat(again.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
                Answers.requireSame(Answers.of(again), Answers.of(engine), what());
            }
            requireMoments(engine.earliestKnownMicros());
        }
        for (Restored one : restored) {
            List<String> possible =
                    told.subList(one.least(), Math.min(told.size(), one.most() + 1)).stream()
                            .map(Told::digest)
                            .toList();
            assertThat(possible).as(what()).contains(one.digest());
        }
    }

    private String what() {
        return "seed " + seed;
    }

    /// Appends batches and notes each, while time passes; cuts the log now and then.
    private int append(TwinEngine engine, Random own, int from, int to) {
        int cuts = 0;
        for (int i = from; i < to; i++) {
            now = now.plusMillis(1 + own.nextInt(5_000));
            List<String> taken = CutChild.above(engine.earliestMicros(), batches.get(i));
            if (!taken.isEmpty()) {
                var _ = Lines.append(engine, taken);
            }
            told.add(new Told(now, engine.status().digest()));
            if (cuts < MOST_CUTS && own.nextInt(8) == 0) {
                long floor = ordered.get(own.nextInt(ordered.size() / 2)).timestampMicros();
                cuts += engine.cut(floor, Times.micros(backedUp)) > 0 ? 1 : 0;
            }
        }
        return to;
    }

    private Restored takenAndRestored(int number) {
        int least = told.size() - 1;
        var _ = take();
        // The writer may have appended once more and not yet noted it.
        int most = told.size();
        try (TwinEngine again = open(restore(number, Long.MAX_VALUE))) {
            assertThat(again.verify(TwinEngine.Progress.SILENT).differences()).as(what()).isEmpty();
            return new Restored(again.status().digest(), least, most);
        }
    }

    private Path restore(int number, long uptoMicros) {
        Path restored = directory.resolve("restored-" + number);
        var _ = Backup.restore(backup(), restored, uptoMicros, ProgressListener.SILENT);
        return restored;
    }

    /// A moment has what was recorded by then; one before what was dropped is refused.
    private void requireMoments(long knownFromMicros) {
        for (Told one : told) {
            if (random.nextInt(6) > 0 && !one.equals(told.getLast())) {
                continue;
            }
            long micros = Times.micros(one.moment()) + random.nextInt(1_000);
            Path restored = directory.resolve("at-" + micros);
            try {
                var _ = Backup.restore(backup(), restored, micros, ProgressListener.SILENT);
            } catch (LogException e) {
                assertThat(e.reason()).isEqualTo(LogException.Reason.NO_SUCH_ADDRESS);
                assertThat(micros).as(what()).isLessThan(knownFromMicros);
                continue;
            }
            try (TwinEngine again = open(restored)) {
                assertThat(again.status().digest())
                        .as("at " + one.moment() + ", " + what())
                        .isEqualTo(one.digest());
            }
        }
    }

    /// Kills a process that takes backups while events come in, and one that restores; both are done by
    /// trying again.
    void killed() throws IOException, InterruptedException {
        try (TwinEngine engine = open(data())) {
            told.add(new Told(now, engine.status().digest()));
            int next = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                int until = (kill + 1) * batches.size() / KILLS;
                try (Child _ = child(BackupChild.BACKUP, data(), backup())) {
                    next = append(engine, random, next, until);
                    Thread.sleep(random.nextInt(200));
                }
                var _ = take();
                Path restored = directory.resolve("restored-" + kill);
                try (Child _ = child(BackupChild.RESTORE, backup(), restored)) {
                    Thread.sleep(random.nextInt(120));
                }
                if (!Files.exists(restored)) {
                    var _ = restore(kill, Long.MAX_VALUE);
                }
                try (TwinEngine again = open(restored)) {
                    assertThat(again.status().digest())
                            .as(what())
                            .isEqualTo(engine.status().digest());
                    assertThat(again.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
                }
            }
        }
    }

    /// Kills a process that rebuilds what is derived, which stays as it was.
    void rebuildKilled() throws IOException, InterruptedException {
        List<String> answers;
        try (TwinEngine engine = open(data())) {
            var _ = append(engine, random, 0, batches.size());
            answers = Answers.of(engine);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            try (Child _ = child(BackupChild.REBUILD, data(), Path.of(Long.toString(seed)))) {
                Thread.sleep(random.nextInt(900));
            }
            try (TwinEngine engine = open(data())) {
                Answers.requireSame(Answers.of(engine), answers, what());
            }
        }
        TwinEngine.rebuild(data(), KillChild.options(seed, lines), TwinEngine.Progress.SILENT);
        assertThat(data().resolve("derived.rebuilt")).doesNotExist();
        try (TwinEngine engine = open(data())) {
            Answers.requireSame(Answers.of(engine), answers, what());
            assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
        }
    }

    /// A process that has begun.
    private Child child(String doing, Path from, Path to) throws IOException {
        Child child = Child.start(data(), BackupChild.class, doing, from.toString(), to.toString());
        assertThat(child.out().readLine()).isEqualTo("BEGUN");
        return child;
    }
}
