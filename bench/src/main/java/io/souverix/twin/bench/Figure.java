package io.souverix.twin.bench;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;

/// What was measured for a row.
///
/// @param key of its [Row], or what else names it
/// @param detail which of several figures of the row it is; empty where it has one
/// @param nodes of the fleet it was measured on, `events` likewise
/// @param cold of the first time in a new JVM; NaN where there was none
/// @param samples of the later times, in the order they were taken; at least one
/// @param cpuMicros processor time an item, all threads together; NaN where it was not taken
public record Figure(
        String key,
        String what,
        String detail,
        String unit,
        long nodes,
        long events,
        double cold,
        double[] samples,
        double cpuMicros,
        Goal goal) {
    public Figure {
        if (samples.length == 0) {
            throw new IllegalArgumentException("found no sample of " + key);
        }
        samples = samples.clone();
    }

    /// A figure of a row.
    static Figure of(Row row, Size size, double... samples) {
        return new Figure(
                row.key(),
                row.what(),
                "",
                row.unit().word(),
                size.nodes(),
                size.events(),
                Double.NaN,
                samples,
                Double.NaN,
                row.goal());
    }

    Figure detail(String text) {
        return new Figure(key, what, text, unit, nodes, events, cold, samples, cpuMicros, goal);
    }

    Figure cold(double first) {
        return new Figure(key, what, detail, unit, nodes, events, first, samples, cpuMicros, goal);
    }

    Figure cpu(double micros) {
        return new Figure(key, what, detail, unit, nodes, events, cold, samples, micros, goal);
    }

    double median() {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return Arrays.stream(samples).min().orElseThrow();
    }

    double most() {
        return Arrays.stream(samples).max().orElseThrow();
    }

    /// `goal`, `floor` or `no`; empty where nothing is asked.
    String verdict() {
        return goal.isFor((int) nodes) ? goal.judge(median()) : "";
    }

    JsonObject json() {
        JsonObject.Builder body =
                new JsonObject.Builder()
                        .put("row", key)
                        .put("what", what)
                        .put("detail", detail)
                        .put("unit", unit)
                        .put("nodes", nodes)
                        .put("events", events)
                        .put("cold", number(cold))
                        .put("min", number(least()))
                        .put("median", number(median()))
                        .put("max", number(most()))
                        .put(
                                "samples",
                                new JsonArray(
                                        Arrays.stream(samples).mapToObj(Figure::number).toList()))
                        .put("cpu_micros", number(cpuMicros));
        if (goal.isFor((int) nodes)) {
            body.put("floor", number(goal.floor()))
                    .put("goal", number(goal.goal()))
                    .put("met", verdict());
        }
        return body.build();
    }

    private static Json number(double figure) {
        return Double.isNaN(figure)
                ? JsonLiteral.NULL
                : JsonNumber.of(BigDecimal.valueOf(figure).setScale(4, RoundingMode.HALF_UP));
    }

    /// Reads back what [#json] wrote; the goal is the row's.
    static Figure read(JsonObject body) {
        String key = text(body, "row");
        Goal goal =
                Arrays.stream(Row.values())
                        .filter(row -> row.key().equals(key))
                        .findFirst()
                        .map(Row::goal)
                        .orElse(Goal.NONE);
        double[] samples =
                ((JsonArray) member(body, "samples"))
                        .elements().stream().mapToDouble(Figure::number).toArray();
        return new Figure(
                key,
                text(body, "what"),
                text(body, "detail"),
                text(body, "unit"),
                (long) number(member(body, "nodes")),
                (long) number(member(body, "events")),
                number(member(body, "cold")),
                samples,
                number(member(body, "cpu_micros")),
                goal);
    }

    private static Json member(JsonObject body, String name) {
        return Objects.requireNonNull(body.member(name), name);
    }

    private static String text(JsonObject body, String name) {
        return ((JsonString) member(body, name)).value();
    }

    private static double number(Json value) {
        return value instanceof JsonNumber number ? number.value().doubleValue() : Double.NaN;
    }
}
