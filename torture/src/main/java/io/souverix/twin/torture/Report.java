package io.souverix.twin.torture;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was tried and what came of it; tells of each failure as it comes, with how to see it again.
final class Report {
    private static final int SHOWN = 1_500;
    private static final long NANOS_BETWEEN_WORDS = 30_000_000_000L;

    private final Settings settings;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private long lastWord = System.nanoTime();

    /// The cases of one trial.
    record Row(String trial, int cases, int failed, long nanos) {}

    /// A case that failed.
    ///
    /// @param options that made it what it was, beside its seed
    record Failure(String trial, long seed, String options, String trace) {
        String replay() {
            return "./twin torture --only " + trial + " --seed " + seed + " --cases 1" + options;
        }
    }

    Report(Settings settings) {
        this.settings = settings;
        settings.only().forEach(name -> rows.put(name, new Row(name, 0, 0, 0)));
    }

    Row row(String trial) {
        return rows.getOrDefault(trial, new Row(trial, 0, 0, 0));
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    void add(String trial, long seed, long nanos, @Nullable Throwable failure) {
        Row row = row(trial);
        int failed = row.failed() + (failure == null ? 0 : 1);
        rows.put(trial, new Row(trial, row.cases() + 1, failed, row.nanos() + nanos));
        if (failure != null) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            Failure found = new Failure(trial, seed, settings.options(trial), trace.toString());
            failures.add(found);
            System.err.printf("FAILED %s seed %d%n%s%n", trial, seed, shown(found));
        }
        if (System.nanoTime() - lastWord > NANOS_BETWEEN_WORDS) {
            lastWord = System.nanoTime();
            System.err.println(words());
        }
    }

    private String words() {
        int cases = rows.values().stream().mapToInt(Row::cases).sum();
        return "%,d cases of %d trials, %d failed".formatted(cases, rows.size(), failures.size());
    }

    private static String shown(Failure failure) {
        String trace = failure.trace();
        return (trace.length() > SHOWN ? trace.substring(0, SHOWN) + "…" : trace)
                + "\nagain: "
                + failure.replay();
    }

    void print(PrintStream out) {
        out.printf("%-20s %10s %10s %10s  %s%n", "TRIAL", "CASES", "FAILED", "SECONDS", "SEEDS");
        for (Row row : rows.values()) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %,10d %,10d %,10.1f  %s%n",
                    row.trial(),
                    row.cases(),
                    row.failed(),
                    row.nanos() / 1e9,
                    row.cases() == 0
                            ? "-"
                            : settings.seed() + " to " + (settings.seed() + row.cases() - 1));
        }
        failures.forEach(failure -> out.printf("%n%s: %s%n", failure.trial(), shown(failure)));
        out.println(words());
    }

    /// Writes all of it as JSON.
    void write(Path file) throws IOException {
        List<Json> trials = new ArrayList<>();
        for (Row row : rows.values()) {
            trials.add(
                    new JsonObject.Builder()
                            .put("trial", row.trial())
                            .put("cases", row.cases())
                            .put("failed", row.failed())
                            .put("seconds", row.nanos() / 1_000_000_000)
                            .build());
        }
        List<Json> failed = new ArrayList<>();
        for (Failure failure : failures) {
            failed.add(
                    new JsonObject.Builder()
                            .put("trial", failure.trial())
                            .put("seed", failure.seed())
                            .put("replay", failure.replay())
                            .put("trace", failure.trace())
                            .build());
        }
        JsonObject report =
                new JsonObject.Builder()
                        .put("seed", settings.seed())
                        .put("trials", new Json.JsonArray(trials))
                        .put("failures", new Json.JsonArray(failed))
                        .build();
        Files.writeString(file, JsonWriter.text(report) + "\n");
    }
}
