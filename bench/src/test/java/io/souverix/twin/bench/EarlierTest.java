package io.souverix.twin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that were cut, and those that go on with them.
class EarlierTest {
    private static final Size SMALL = new Size(1_000, 10_000);
    private static final Size LARGE = new Size(10_000, 100_000);
    private static final JsonObject HOW = Settings.how(3, false, List.of());

    @TempDir private Path directory;

    private static Report report(Earlier earlier) {
        return new Report(new PrintStream(OutputStream.nullOutputStream()), earlier);
    }

    private static void measure(
            Report report, String stage, Size size, double rate, boolean whole) {
        report.add(Figure.of(Row.INGEST, size, rate, rate + 1).detail(stage).cold(7).cpu(1.5));
        report.stage(stage, size, Machine.Moment.now(), whole);
    }

    private Path file() {
        return directory.resolve("bench.json");
    }

    private static List<String> shown(List<Figure> figures) {
        return figures.stream().map(figure -> figure.json().toString()).toList();
    }

    @Test
    void what_came_to_its_end_is_taken_over_and_the_rest_is_not() throws Exception {
        Report first = report(Earlier.NONE);
        measure(first, "a", SMALL, 100, true);
        measure(first, "b", SMALL, 200, false);
        measure(first, "a", LARGE, 300, true);
        first.write(file(), HOW);

        Report second = report(Earlier.read(file(), HOW));
        assertThat(second.takeOver("a", SMALL)).isTrue();
        assertThat(second.takeOver("b", SMALL)).isFalse();
        measure(second, "b", SMALL, 201, true);
        // It is cut here, before it comes to the large fleet: nothing is lost.
        second.write(file(), HOW);

        Report third = report(Earlier.read(file(), HOW));
        assertThat(third.takeOver("a", SMALL)).isTrue();
        assertThat(third.takeOver("b", SMALL)).isTrue();
        assertThat(third.takeOver("a", LARGE)).isTrue();
        assertThat(third.takeOver("c", LARGE)).isFalse();
        assertThat(shown(third.figures()))
                .containsExactly(
                        shown(first.figures()).getFirst(),
                        shown(second.figures()).getLast(),
                        shown(first.figures()).getLast());
    }

    @Test
    void figures_that_were_taken_otherwise_are_refused() throws Exception {
        report(Earlier.NONE).write(file(), HOW);
        assertThatThrownBy(() -> Earlier.read(file(), Settings.how(1, false, List.of("heap"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("taken with")
                .hasMessageContaining("\"runs\":3")
                .hasMessageContaining("\"runs\":1")
                .hasMessageContaining("heap");
    }

    @Test
    void what_is_no_report_is_refused() throws Exception {
        assertThatThrownBy(() -> Earlier.read(file(), HOW)).hasMessageContaining("found no file");
        Files.writeString(file(), "{");
        assertThatThrownBy(() -> Earlier.read(file(), HOW)).hasMessageContaining("found no JSON");
        Files.writeString(file(), "[]");
        assertThatThrownBy(() -> Earlier.read(file(), HOW)).hasMessageContaining("found no report");
        Files.writeString(
                file(),
                "{\"how\":"
                        + HOW
                        + ",\"started\":\"2026-01-01T00:00:00Z\",\"stages\":[{\"stage\":\"a\"}]}");
        assertThatThrownBy(() -> Earlier.read(file(), HOW)).hasMessageContaining("found a stage");
    }
}
