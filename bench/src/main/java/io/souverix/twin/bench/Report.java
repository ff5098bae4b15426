package io.souverix.twin.bench;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    private final List<Measured> measured = new ArrayList<>();
    private final List<Json> stages = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
        out.println("# " + machine);
    }

    /// A figure, and the stage that took it of a fleet of that size.
    private record Measured(String stage, Size size, Figure figure) {}

    List<Figure> figures() {
        return measured.stream().map(Measured::figure).toList();
    }

    String machine() {
        return machine;
    }

    void head(String title) {
        out.printf("%n# %s%n", title);
        out.printf(
                LINE, "what", "cold", "median", "min - max", "", "cpu µs", "floor", "goal", "met");
    }

    void add(String stage, Size size, Figure figure) {
        measured.add(new Measured(stage, size, figure));
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

    /// How a stage went.
    void stage(String name, Size size, Machine.Moment began) {
        double others = began.takenByOthers();
        double seconds = (System.nanoTime() - began.nanos()) / 1e9;
        JsonObject.Builder stage =
                new JsonObject.Builder()
                        .put("stage", name)
                        .put("nodes", size.nodes())
                        .put("events", size.events())
                        .put("seconds", rounded(seconds));
        if (!Double.isNaN(others)) {
            stage.put("taken_by_others", rounded(others));
            if (others > NOISE) {
                out.printf("  (%s: others took %.0f %% of the processors)%n", name, others * 100);
            }
        }
        stages.add(stage.build());
    }

    /// What an earlier run measured of a stage stands for this one.
    void takeOver(JsonObject went, String stage, Size size, List<Figure> figures) {
        figures.forEach(figure -> add(stage, size, figure));
        stages.add(went);
    }

    void failed(String name, Size size) {
        out.printf("  (%s failed at %,d nodes)%n", name, size.nodes());
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
                measured.size() - goals - floors - misses,
                Duration.between(started, Instant.now())
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    private long count(String verdict) {
        return measured.stream().filter(one -> one.figure().verdict().equals(verdict)).count();
    }

    void write(Path file, Settings settings) throws IOException {
        List<Json> rows = new ArrayList<>();
        measured.forEach(one ->
                rows.add(
                        JsonObject.Builder.of(one.figure().json())
                                .put("stage", one.stage())
                                .put("load", one.size().events())
                                .build()));
        JsonObject report =
                new JsonObject.Builder()
                        .put("machine", Machine.json())
                        .put("started", started.toString())
                        .put("quick", settings.quick())
                        .put("only", Json.strings(settings.only()))
                        .put("figures", new JsonArray(rows))
                        .put("stages", new JsonArray(stages))
                        .build();
        Files.write(file, JsonWriter.bytes(report));
    }

    private static Json rounded(double figure) {
        return JsonNumber.of(BigDecimal.valueOf(figure).setScale(3, RoundingMode.HALF_UP));
    }
}
