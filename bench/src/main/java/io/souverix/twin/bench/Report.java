package io.souverix.twin.bench;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Collects figures, prints each as a line of a table when it comes, and writes them as JSON.
final class Report {
    private static final String LINE = "%-72s %11s %11s %23s  %-9s %9s %11s %11s  %s%n";

    /// Where others took more of the machine than this, it is said.
    private static final double NOISE = 0.1;

    private final PrintStream out;
    private final Instant started = Instant.now();
    private final String machine = Machine.describe();
    private final Earlier earlier;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Measured> stages = new ArrayList<>();

    /// How many figures there were when the last stage ended.
    private int told;

    /// @param earlier what may be taken over
    Report(PrintStream out, Earlier earlier) {
        this.out = out;
        this.earlier = earlier;
        out.println("# " + machine);
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    /// The day the figures were taken on, or both where an earlier run took some of them.
    String days() {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        return earlier.day().isEmpty() || earlier.day().equals(today)
                ? today
                : earlier.day() + " to " + today;
    }

    String machine() {
        return machine;
    }

    void head(String title) {
        out.printf("%n# %s%n", title);
        out.printf(
                LINE, "what", "cold", "median", "min - max", "", "cpu µs", "floor", "goal", "met");
    }

    void add(Figure figure) {
        figures.add(figure);
        boolean asked = figure.goal().isFor((int) figure.nodes());
        String verdict =
                switch (figure.verdict()) {
                    case "goal" -> "goal";
                    case "floor" -> "floor";
                    case "no" -> "NO";
                    default -> "";
                };
        out.printf(
                LINE,
                title(figure),
                number(figure.cold()),
                number(figure.median()),
                figure.samples().length == 1
                        ? ""
                        : number(figure.least()) + " - " + number(figure.most()),
                figure.unit(),
                number(figure.cpuMicros()),
                asked ? number(figure.goal().floor()) : "",
                asked ? number(figure.goal().goal()) : "",
                verdict);
        out.flush();
    }

    static String title(Figure figure) {
        return figure.detail().isEmpty() ? figure.what() : figure.what() + ": " + figure.detail();
    }

    /// Three digits that count.
    static String number(double figure) {
        if (Double.isNaN(figure)) {
            return "";
        }
        int decimals = figure >= 100 ? 0 : figure >= 10 ? 1 : figure >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
    }

    /// Says that a stage has ended, of which the figures since the last one are.
    void stage(String name, Size size, Machine.Moment began, boolean whole) {
        double others = began.takenByOthers();
        double seconds = (System.nanoTime() - began.nanos()) / 1e9;
        if (others > NOISE) {
            out.printf("  (%s: others took %.0f %% of the processors)%n", name, others * 100);
        }
        if (!whole) {
            out.printf("  (%s failed at %,d nodes)%n", name, size.nodes());
        }
        List<Figure> own = figures.subList(told, figures.size());
        stages.add(new Measured(name, size, own, seconds, others, whole));
        told = figures.size();
    }

    /// What an earlier run measured stands for this one; false where it did not.
    boolean takeOver(String name, Size size) {
        Measured measured = earlier.of(name, size);
        if (measured == null) {
            return false;
        }
        out.printf("  (%s: taken over)%n", name);
        measured.figures().forEach(this::add);
        stages.add(measured);
        told = figures.size();
        return true;
    }

    /// How many figures stand where.
    void finish() {
        long goals = count("goal");
        long floors = count("floor");
        long misses = count("no");
        out.printf(
                "%n# %d figures reach the goal, %d the floor, %d neither; %d are for comparison;"
                        + " %s%n",
                goals,
                floors,
                misses,
                figures.size() - goals - floors - misses,
                Duration.between(started, Instant.now())
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    private long count(String verdict) {
        return figures.stream().filter(figure -> figure.verdict().equals(verdict)).count();
    }

    /// Writes all that is known: also what an earlier run measured and this one has not reached.
    void write(Path file, JsonObject how) throws IOException {
        List<Measured> all = new ArrayList<>(stages);
        for (Measured old : earlier.stages()) {
            if (stages.stream().noneMatch(one -> one.isOf(old.stage(), old.size()))) {
                all.add(old);
            }
        }
        JsonObject report =
                new JsonObject.Builder()
                        .put("machine", machine)
                        .put("started", started.toString())
                        .put("how", how)
                        .put(
                                "stages",
                                new JsonArray(all.stream().<Json>map(Measured::json).toList()))
                        .build();
        // A run may be cut while it writes.
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, JsonWriter.bytes(report));
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
