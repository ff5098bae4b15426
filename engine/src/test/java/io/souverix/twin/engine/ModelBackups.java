package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.backup.Backup;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.log.ProgressListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Backups that are taken while a data directory is served, always into one place; what they must hold;
/// and what is restored from them.
final class ModelBackups {
    private final Random random;
    private final Path directory;
    private int places;
    private @Nullable Held held;

    /// Whether the log that is served is no longer the one of the backup.
    private boolean stale;

    /// What the backup must hold.
    ///
    /// @param end of its log
    /// @param taken a moment before which nothing is missing
    /// @param moments at which something of it was recorded
    /// @param knownFromMicros it is not restored to earlier moments
    private record Held(
            Model model, long end, Instant taken, List<Instant> moments, long knownFromMicros) {
        Held {
            moments = List.copyOf(moments);
        }
    }

    /// What a directory was restored to.
    ///
    /// @param less whether the backup holds more
    record Restored(Model model, Instant moment, boolean less) {}

    ModelBackups(Random random, Path directory) {
        this.random = random;
        this.directory = directory;
    }

    private Path place() {
        return directory.resolve("backup-" + places);
    }

    /// Brings the backup up to date, or begins another where the log is another one by now.
    void take(Path data, TwinEngine engine, Model model, List<Instant> recorded, Instant now) {
        if (stale) {
            assertThatExceptionOfType(LogException.class)
                    .isThrownBy(() -> Backup.take(data, place(), ProgressListener.SILENT))
                    .satisfies(e ->
                            assertThat(e.reason()).isEqualTo(LogException.Reason.NO_SUCH_ADDRESS));
            places++;
            stale = false;
        }
        Backup.Done done = Backup.take(data, place(), ProgressListener.SILENT);
        held =
                new Held(
                        model.until(Instant.MAX),
                        done.log().end(),
                        now,
                        recorded,
                        engine.earliestKnownMicros());
    }

    /// Up to where the log may be cut so that the next backup goes on from the last.
    long cuttableMicros() {
        return held == null || stale ? Long.MAX_VALUE : Times.micros(held.taken()) - 1;
    }

    /// Restores what was backed up, or what of it was recorded by a moment; nothing where there is no
    /// backup, or it no longer goes back so far.
    Optional<Restored> restore(Path target) {
        Held from = held;
        if (from == null) {
            return Optional.empty();
        }
        boolean all = random.nextInt(3) == 0;
        Instant moment =
                all ? Instant.MAX : from.moments().get(random.nextInt(from.moments().size()));
        long micros = all ? Long.MAX_VALUE : Times.micros(moment);
        try {
            Backup.Done done = Backup.restore(place(), target, micros, ProgressListener.SILENT);
            Model model = from.model().until(moment);
            return Optional.of(new Restored(model, moment, done.log().end() < from.end()));
        } catch (LogException e) {
            assertThat(e.reason()).isEqualTo(LogException.Reason.NO_SUCH_ADDRESS);
            assertThat(micros).isLessThan(from.knownFromMicros());
            return Optional.empty();
        }
    }

    /// What was restored is served from now on, in the place of what was.
    void servedIs(Restored restored) {
        stale = restored.less();
    }
}
