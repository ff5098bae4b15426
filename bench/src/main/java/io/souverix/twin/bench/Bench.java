package io.souverix.twin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// What a stage works with.
///
/// @param size of the fleet
/// @param runs how often a thing is measured when it is warm
/// @param directory where files may be made; all of it is gone after the run
/// @param figures takes what was measured
/// @param progress is told what is being done
public record Bench(
        Size size,
        int runs,
        boolean quick,
        Path directory,
        Consumer<Figure> figures,
        Consumer<String> progress) {

    /// A figure of a row.
    void report(Row row, double... samples) {
        figures.accept(Figure.of(row, size, samples));
    }

    public void report(Figure figure) {
        figures.accept(figure);
    }

    public void say(String text) {
        progress.accept(text);
    }

    public Load load() throws IOException {
        return Load.prepare(directory, size);
    }

    /// The data directory of the fleet that has taken the load.
    Path fleet() {
        return directory.resolve("fleet-%d-%d".formatted(size.nodes(), size.events()));
    }

    boolean isFleetReady() {
        return Files.exists(ready());
    }

    void setFleetReady() throws IOException {
        Files.writeString(ready(), "");
    }

    Path ready() {
        return directory.resolve(fleet().getFileName() + ".ready");
    }

    public Scratch scratch() throws IOException {
        return new Scratch(directory);
    }
}
