package io.souverix.twin.core.query;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a field holds: how its values are read from a filter, compared, ordered and shown.
public sealed interface Kind<T> {
    /// What is expected of a value, in words.
    String expected();

    /// The value that a text of a filter stands for; empty where it is none of this kind.
    Optional<T> parse(String text);

    /// @return negative, zero or positive
    int compare(T a, T b);

    /// The value as the twin's JSON shows it.
    Json json(T value);

    /// The word by which documents name the kind.
    String word();

    /// Whether its values have an order that `=gt=` and its like may ask for.
    default boolean ordered() {
        return true;
    }

    /// Any text; ordered by UTF-16 code unit.
    record Text() implements Kind<String> {
        @Override
        public String word() {
            return "text";
        }

        @Override
        public String expected() {
            return "a text";
        }

        @Override
        public Optional<String> parse(String text) {
            return Optional.of(text);
        }

        @Override
        public int compare(String a, String b) {
            return a.compareTo(b);
        }

        @Override
        public Json json(String value) {
            return Json.of(value);
        }
    }

    /// One of a closed set of words, in the order they sort.
    ///
    /// @param ranked whether the order means something, so that `=gt=` may ask for it
    record Word(List<String> words, boolean ranked) implements Kind<String> {
        public Word {
            words = List.copyOf(words);
        }

        @Override
        public String word() {
            return "word";
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public boolean ordered() {
            return ranked;
        }

        @Override
        public Optional<String> parse(String text) {
            return words.contains(text) ? Optional.of(text) : Optional.empty();
        }

        @Override
        public int compare(String a, String b) {
            return Integer.compare(words.indexOf(a), words.indexOf(b));
        }

        @Override
        public Json json(String value) {
            return Json.of(value);
        }
    }

    /// An exact decimal.
    record Decimal() implements Kind<BigDecimal> {
        private static final int MAX_DIGITS = 60;

        @Override
        public String word() {
            return "number";
        }

        @Override
        public String expected() {
            return "a number";
        }

        @Override
        public Optional<BigDecimal> parse(String text) {
            if (text.length() > MAX_DIGITS || !text.matches("[+-]?\\d+(\\.\\d+)?")) {
                return Optional.empty();
            }
            return Optional.of(new BigDecimal(text));
        }

        @Override
        public int compare(BigDecimal a, BigDecimal b) {
            return a.compareTo(b);
        }

        @Override
        public Json json(BigDecimal value) {
            return JsonNumber.of(value);
        }
    }

    /// A moment, in microseconds.
    record Instant() implements Kind<Long> {
        @Override
        public String word() {
            return "instant";
        }

        @Override
        public String expected() {
            return "an RFC 3339 time with an offset, such as 2026-02-27T03:45:00Z";
        }

        @Override
        public Optional<Long> parse(String text) {
            OptionalLong micros = Times.parse(text);
            return micros.isPresent() ? Optional.of(micros.getAsLong()) : Optional.empty();
        }

        @Override
        public int compare(Long a, Long b) {
            return Long.compare(a, b);
        }

        @Override
        public Json json(Long value) {
            return Json.of(Times.text(value));
        }
    }

    /// A span of time, in seconds.
    record Duration() implements Kind<Long> {
        private static final int MAX_DIGITS = 12;

        @Override
        public String word() {
            return "duration";
        }

        @Override
        public String expected() {
            return "a duration such as 90m or 1d2h, or a number of seconds";
        }

        @Override
        public Optional<Long> parse(String text) {
            if (text.length() <= MAX_DIGITS && text.matches("\\d+")) {
                return Optional.of(Long.parseLong(text));
            }
            OptionalLong seconds = Times.durationSeconds(text);
            return seconds.isPresent() ? Optional.of(seconds.getAsLong()) : Optional.empty();
        }

        @Override
        public int compare(Long a, Long b) {
            return Long.compare(a, b);
        }

        @Override
        public Json json(Long value) {
            return Json.of(Times.durationText(value));
        }
    }

    /// True or false.
    record Truth() implements Kind<Boolean> {
        @Override
        public String word() {
            return "boolean";
        }

        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public boolean ordered() {
            return false;
        }

        @Override
        public Optional<Boolean> parse(String text) {
            return switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        @Override
        public int compare(Boolean a, Boolean b) {
            return Boolean.compare(a, b);
        }

        @Override
        public Json json(Boolean value) {
            return Json.of((boolean) value);
        }
    }

    /// A JSON value of any kind, as configurations hold them. A text of a filter stands for the
    /// number or the truth value it spells, too; only numbers have an order.
    record Value() implements Kind<Json> {
        private static final Decimal NUMBER = new Decimal();

        @Override
        public String word() {
            return "value";
        }

        @Override
        public String expected() {
            return "a number";
        }

        @Override
        public Optional<Json> parse(String text) {
            return NUMBER.parse(text).map(JsonNumber::of);
        }

        @Override
        public int compare(Json a, Json b) {
            int rank = Integer.compare(rank(a), rank(b));
            if (rank != 0) {
                return rank;
            }
            if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
                return x.value().compareTo(y.value());
            }
            return plain(a).compareTo(plain(b));
        }

        private static int rank(Json value) {
            return switch (value) {
                case JsonNumber _ -> 0;
                case JsonString _ -> 1;
                case JsonLiteral _ -> 2;
                case JsonArray _ -> 3;
                case JsonObject _ -> 4;
            };
        }

        /// The text that a pattern is held against; empty for lists and objects.
        static String plain(Json value) {
            return switch (value) {
                case JsonString(String text) -> text;
                case JsonNumber number -> number.text();
                case JsonLiteral literal -> literal == JsonLiteral.TRUE ? "true" : "false";
                case JsonArray _, JsonObject _ -> "";
            };
        }

        @Override
        public Json json(Json value) {
            return value;
        }
    }
}
