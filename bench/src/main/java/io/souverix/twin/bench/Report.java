package io.souverix.twin.bench;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects figures, prints them as a table and writes them as JSON.
final class Report {
    private final Settings settings;
    private final List<Json> rows = new ArrayList<>();

    Report(Settings settings) {
        this.settings = settings;
        say(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version());
        System.out.printf("%-62s %14s %14s %14s  %s%n", "what", "min", "median", "max", "unit");
    }

    void say(String what, String text) {
        System.out.println("# " + what + ": " + text);
    }

    /// A figure that was taken once or several times.
    void row(String what, String unit, double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        System.out.printf(
                "%-62s %,14.1f %,14.1f %,14.1f  %s%n",
                what, sorted[0], median, sorted[sorted.length - 1], unit);
        rows.add(
                new JsonObject.Builder()
                        .put("what", what)
                        .put("unit", unit)
                        .put("min", number(sorted[0]))
                        .put("median", number(median))
                        .put("max", number(sorted[sorted.length - 1]))
                        .put("runs", sorted.length)
                        .build());
    }

    private static Json number(double figure) {
        return JsonNumber.of(BigDecimal.valueOf(figure).setScale(3, RoundingMode.HALF_UP));
    }

    void finish() throws IOException {
        if (settings.json() != null) {
            JsonObject report =
                    new JsonObject.Builder()
                            .put("nodes", settings.nodes())
                            .put("events", settings.events())
                            .put("java", Runtime.version().toString())
                            .put("cores", Runtime.getRuntime().availableProcessors())
                            .put("figures", new JsonArray(rows))
                            .build();
            Files.write(settings.json(), JsonWriter.bytes(report));
        }
    }
}
