package io.souverix.twin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run: stage after stage, size after size.
final class Run {
    private static final String FOLDER = "twin-bench";

    /// A load that was kept is as fresh as its last event: twins of an older one are no longer heard of.
    private static final Duration FRESH = Duration.ofHours(1);

    private final Settings settings;
    private final List<Stage> stages;
    private final Report report;
    private final Path directory;
    private boolean whole = true;

    Run(Settings settings, List<Stage> stages) throws IOException {
        this.settings = settings;
        this.report = new Report(System.out, settings.earlier());
        this.stages = stages.stream().filter(settings::wants).toList();
        directory =
                settings.keep()
                        ? Files.createDirectories(settings.directory().resolve(FOLDER))
                        : Files.createTempDirectory(settings.directory(), FOLDER);
    }

    /// Measures and reports; answers whether every stage came to its end.
    boolean run() throws Exception {
        Thread cleaning = new Thread(this::clean);
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            dropStale();
            int steps = settings.sizes().size() * stages.size();
            int step = 0;
            for (Size size : settings.sizes()) {
                report.head(size.toString());
                for (Stage stage : stages) {
                    step++;
                    if (size.nodes() > stage.mostNodes() || report.takeOver(stage.name(), size)) {
                        continue;
                    }
                    measure(stage, size, "[%d/%d] %s".formatted(step, steps, stage.name()));
                    // After each, so that a run that is cut can be gone on with.
                    write(settings.json());
                }
                if (!settings.keep()) {
                    empty();
                }
            }
            report.finish();
            write(settings.json());
            if (settings.page() != null) {
                new PageTable(report, settings).write(settings.page());
            }
            return whole;
        } finally {
            Runtime.getRuntime().removeShutdownHook(cleaning);
            clean();
        }
    }

    private void write(@Nullable Path json) throws IOException {
        if (json != null) {
            report.write(json, settings.how());
        }
    }

    private void measure(Stage stage, Size size, String name) throws Exception {
        Progress progress = new Progress(name + ", %,d nodes".formatted(size.nodes()));
        Bench bench =
                bench(
                        size,
                        figure -> {
                            if (settings.wants(stage, figure)) {
                                progress.clear();
                                report.add(figure);
                            }
                        },
                        progress::say);
        bench.say("");
        var _ = bench.load();
        if (stage.needsFleet() && !bench.isFleetReady()) {
            whole &= StageProcess.run(Stages.prepare(), bench);
        }
        Machine.Moment began = Machine.Moment.now();
        boolean done = StageProcess.run(stage, bench);
        progress.clear();
        report.stage(stage.name(), size, began, done);
        whole &= done;
    }

    private void dropStale() throws IOException {
        Instant oldest = Instant.now().minus(FRESH);
        for (Size size : settings.sizes()) {
            Path about = Load.about(directory, size);
            if (Files.exists(about)
                    && Files.getLastModifiedTime(about).compareTo(FileTime.from(oldest)) < 0) {
                Files.delete(about);
                Files.deleteIfExists(bench(size, _ -> {}, _ -> {}).ready());
            }
        }
    }

    private Bench bench(Size size, Consumer<Figure> figures, Consumer<String> progress) {
        return new Bench(size, settings.runs(), settings.quick(), directory, figures, progress);
    }

    private void empty() throws IOException {
        Scratch.delete(directory);
        Files.createDirectories(directory);
    }

    private void clean() {
        if (!settings.keep()) {
            try {
                Scratch.delete(directory);
            } catch (IOException e) {
                System.err.println("twin bench: " + directory + " cannot be deleted: " + e);
            }
        }
    }
}
