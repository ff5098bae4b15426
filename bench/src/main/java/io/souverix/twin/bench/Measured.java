package io.souverix.twin.bench;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a stage came to with a fleet of one size.
///
/// @param others the share of all processors that others took meanwhile, 0 to 1; NaN where it is not
///     known
/// @param whole whether it came to its end
record Measured(
        String stage,
        Size size,
        List<Figure> figures,
        double seconds,
        double others,
        boolean whole) {
    Measured {
        figures = List.copyOf(figures);
    }

    boolean isOf(String otherStage, Size otherSize) {
        return stage.equals(otherStage) && size.equals(otherSize);
    }

    JsonObject json() {
        return new JsonObject.Builder()
                .put("stage", stage)
                .put("nodes", size.nodes())
                .put("events", size.events())
                .put("seconds", rounded(seconds))
                .put("taken_by_others", rounded(others))
                .put("whole", whole)
                .put("figures", new JsonArray(figures.stream().<Json>map(Figure::json).toList()))
                .build();
    }

    private static Json rounded(double figure) {
        return Double.isNaN(figure)
                ? JsonLiteral.NULL
                : JsonNumber.of(BigDecimal.valueOf(figure).setScale(3, RoundingMode.HALF_UP));
    }

    /// Reads back what [#json] wrote.
    ///
    /// @throws IllegalArgumentException where it is something else
    static Measured read(Json json) {
        if (json instanceof JsonObject body
                && body.member("stage") instanceof JsonString(String stage)
                && body.member("nodes") instanceof JsonNumber nodes
                && body.member("events") instanceof JsonNumber events
                && body.member("figures") instanceof JsonArray(List<Json> figures)) {
            return new Measured(
                    stage,
                    new Size((int) nodes.longValue(), (int) events.longValue()),
                    figures.stream().map(Measured::figure).toList(),
                    number(body.member("seconds")),
                    number(body.member("taken_by_others")),
                    body.member("whole") == JsonLiteral.TRUE);
        }
        throw new IllegalArgumentException("found " + json + ", expected what a stage measured");
    }

    private static Figure figure(Json json) {
        if (json instanceof JsonObject body) {
            return Figure.read(body);
        }
        throw new IllegalArgumentException("found " + json.kind() + ", expected a figure");
    }

    private static double number(@Nullable Json value) {
        return value instanceof JsonNumber number ? number.value().doubleValue() : Double.NaN;
    }
}
