package io.souverix.twin.torture;

import io.souverix.twin.engine.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs trials one after the other, each with seed after seed, so that all get the same time. A case
/// that fails is noted and its files are kept; the others go on.
final class Torture {
    /// A trial that failed so often is not run any more: the next failures would say the same.
    static final int MAX_FAILURES = 3;

    private final Settings settings;
    private final Map<String, Trial> trials = new LinkedHashMap<>();
    private final Report report;

    Torture(Settings settings, Map<String, Trial> all) {
        this.settings = settings;
        for (String name : settings.only()) {
            trials.put(name, Objects.requireNonNull(all.get(name)));
        }
        this.report = new Report(settings);
    }

    Report run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(settings.directory(), "twin-torture");
        long end = System.nanoTime() + settings.time().toNanos();
        while (System.nanoTime() < end) {
            Optional<Report.Row> next = next();
            if (next.isEmpty()) {
                break;
            }
            Report.Row row = next.get();
            long seed = settings.seed() + row.cases();
            Path files = directory.resolve(row.trial() + "-" + seed);
            long began = System.nanoTime();
            Throwable failure = tried(Objects.requireNonNull(trials.get(row.trial())), seed, files);
            report.add(row.trial(), seed, System.nanoTime() - began, failure);
            if (failure == null) {
                delete(files);
            } else if (failure instanceof Hanging) {
                // What hangs may hold what the others need.
                break;
            }
        }
        if (report.failures().isEmpty()) {
            delete(directory);
        }
        return report;
    }

    /// The trial that had the least time, of those that may go on.
    private Optional<Report.Row> next() {
        return trials.keySet().stream()
                .map(report::row)
                .filter(row -> row.cases() < settings.cases() && row.failed() < MAX_FAILURES)
                .min(Comparator.comparingLong(Report.Row::nanos));
    }

    /// It did not end.
    static final class Hanging extends Exception {
        private static final long serialVersionUID = 1L;

        Hanging(Duration patience, StackTraceElement[] where) {
            super("it did not end within " + patience.toMinutes() + " minutes");
            setStackTrace(where);
        }
    }

    private @Nullable Throwable tried(Trial trial, long seed, Path files)
            throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("trial")
                        .start(() -> {
                            try {
                                trial.run(seed, files);
                            } catch (Exception | Error e) {
                                failure.set(e);
                            }
                        });
        if (!thread.join(settings.patience())) {
            return new Hanging(settings.patience(), thread.getStackTrace());
        }
        return failure.get();
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
