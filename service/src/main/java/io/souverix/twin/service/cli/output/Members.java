package io.souverix.twin.service.cli.output;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/// Reading of answers: members by path, and values as a person reads them. What is absent reads as
/// `null`.
public final class Members {
    /// How an unknown value is shown.
    public static final String UNKNOWN = "-";

    private Members() {}

    /// The value at a path of member names; JSON `null` where there is none.
    public static Json at(Json value, String... path) {
        Json here = value;
        for (String name : path) {
            here =
                    here instanceof JsonObject object
                            ? Json.orNull(object.member(name))
                            : JsonLiteral.NULL;
        }
        return here;
    }

    /// The elements of the list at a path; none where there is no list.
    public static List<Json> list(Json value, String... path) {
        return at(value, path) instanceof JsonArray(List<Json> elements) ? elements : List.of();
    }

    /// The string at a path.
    public static Optional<String> string(Json value, String... path) {
        return at(value, path) instanceof JsonString(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    /// The whole number at a path, or 0.
    public static long number(Json value, String... path) {
        return at(value, path) instanceof JsonNumber number && number.isLong()
                ? number.longValue()
                : 0;
    }

    public static boolean isTrue(Json value, String... path) {
        return at(value, path) == JsonLiteral.TRUE;
    }

    public static boolean isNull(Json value, String... path) {
        return at(value, path) == JsonLiteral.NULL;
    }

    /// The value at a path as text: strings bare, `null` as [#UNKNOWN], lists of strings joined, all
    /// else as JSON.
    public static String text(Json value, String... path) {
        return switch (at(value, path)) {
            case JsonString(String text) -> text;
            case JsonLiteral literal when literal == JsonLiteral.NULL -> UNKNOWN;
            case JsonNumber number when number.isLong() -> Figures.grouped(number.longValue());
            case JsonArray(List<Json> elements) when elements.isEmpty() -> UNKNOWN;
            case JsonArray(List<Json> elements) when ofStrings(elements) ->
                    String.join(", ", elements.stream().map(Members::text).toList());
            case Json other -> JsonWriter.text(other);
        };
    }

    private static boolean ofStrings(List<Json> elements) {
        return elements.stream().allMatch(JsonString.class::isInstance);
    }

    /// The value at a path as a cell.
    public static Cell cell(Json value, String... path) {
        return Cell.of(text(value, path));
    }
}
