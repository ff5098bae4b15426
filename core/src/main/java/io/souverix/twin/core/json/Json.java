package io.souverix.twin.core.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON value. Values are immutable and compare by content: numbers by value (`2000` is `2000.0`),
/// objects whatever the order of their members.
public sealed interface Json
        permits JsonLiteral, Json.JsonString, Json.JsonArray, JsonNumber, JsonObject {
    record JsonString(String value) implements Json {}

    /// A list of values, in order.
    record JsonArray(List<Json> elements) implements Json {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    /// The text as a JSON string, or [JsonLiteral#NULL].
    static Json of(@Nullable String text) {
        return text == null ? JsonLiteral.NULL : new JsonString(text);
    }

    static Json of(boolean value) {
        return value ? JsonLiteral.TRUE : JsonLiteral.FALSE;
    }

    static Json of(long value) {
        return JsonNumber.of(value);
    }

    /// The value itself, or [JsonLiteral#NULL].
    static Json orNull(@Nullable Json value) {
        return value == null ? JsonLiteral.NULL : value;
    }

    static Json strings(List<String> texts) {
        List<Json> elements = new ArrayList<>(texts.size());
        for (String text : texts) {
            elements.add(Json.of(text));
        }
        return new JsonArray(elements);
    }

    /// The kind of value in words, for messages: `a string`, `an object`, …
    default String kind() {
        return switch (this) {
            case JsonLiteral literal -> literal == JsonLiteral.NULL ? "null" : "a boolean";
            case JsonNumber _ -> "a number";
            case JsonString _ -> "a string";
            case JsonArray _ -> "an array";
            case JsonObject _ -> "an object";
        };
    }
}
