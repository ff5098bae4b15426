package io.souverix.twin.engine;

import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.Filter;
import io.souverix.twin.core.query.Filter.Comparison;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A filter as docs/api.md tells it, tried slowly on the JSON of a twin: the judge of filters.
final class JsonFilter {
    private final JsonObject twin;
    private final JsonObject drift;

    /// @param drift its drift analysis
    JsonFilter(JsonObject twin, JsonObject drift) {
        this.twin = twin;
        this.drift = drift;
    }

    boolean lets(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> parts) -> parts.stream().allMatch(this::lets);
            case Filter.Or(List<Filter> parts) -> parts.stream().anyMatch(this::lets);
            case Comparison comparison -> comparison.operator().negated() != anyFits(comparison);
        };
    }

    private boolean anyFits(Comparison comparison) {
        return values(comparison.field()).stream()
                .anyMatch(value ->
                        comparison.values().stream()
                                .anyMatch(text -> fits(comparison, value, text)));
    }

    /// What the JSON shows at a field, lists opened; durations in seconds.
    List<Json> values(String field) {
        List<String> keys = Arrays.asList(field.split("\\."));
        if (isDuration(field)) {
            return values(field + "_seconds");
        }
        List<Json> shown = at(twin, keys);
        boolean analysed = shown.isEmpty() && keys.getFirst().equals("drift");
        return analysed ? at(drift, keys.subList(1, keys.size())) : shown;
    }

    static boolean isDuration(String field) {
        return field.endsWith(".sync_debt")
                || field.endsWith(".stale_by")
                || field.endsWith(".sync_interval");
    }

    private static List<Json> at(Json value, List<String> keys) {
        if (value instanceof JsonArray(List<Json> elements)) {
            return elements.stream().flatMap(element -> at(element, keys).stream()).toList();
        }
        if (value == JsonLiteral.NULL) {
            return List.of();
        }
        if (keys.isEmpty()) {
            return List.of(value);
        }
        Json member = value instanceof JsonObject object ? object.member(keys.getFirst()) : null;
        return member == null ? List.of() : at(member, keys.subList(1, keys.size()));
    }

    private static boolean fits(Comparison comparison, Json value, String text) {
        return switch (comparison.operator()) {
            case EQUAL, NOT_EQUAL, IN, OUT -> text.equals("*") || equal(value, text);
            case GREATER -> ordered(comparison.field(), value, text, true) > 0;
            case GREATER_OR_EQUAL -> ordered(comparison.field(), value, text, true) >= 0;
            case LESS -> ordered(comparison.field(), value, text, false) < 0;
            case LESS_OR_EQUAL -> ordered(comparison.field(), value, text, false) <= 0;
        };
    }

    private static boolean equal(Json value, String text) {
        return switch (value) {
            case JsonNumber number -> number(text) && number.value().compareTo(decimal(text)) == 0;
            case JsonString(String shown)
                    when Times.parse(shown).isPresent() && Times.parse(text).isPresent() ->
                    Times.parse(shown).equals(Times.parse(text));
            case JsonString(String shown) -> pattern(text).matcher(shown).matches();
            case JsonLiteral literal -> literal.toString().toLowerCase(Locale.ROOT).equals(text);
            case JsonArray _, JsonObject _ -> false;
        };
    }

    /// A star is any text; with a backslash before it, or before a backslash, it is itself.
    private static Pattern pattern(String text) {
        String regex =
                Pattern.compile("\\\\([*\\\\])|([*])|([^*])", Pattern.DOTALL)
                        .matcher(text)
                        .replaceAll(part ->
                                Matcher.quoteReplacement(
                                        part.group(2) != null
                                                ? ".*"
                                                : Pattern.quote(
                                                        part.group(1) != null
                                                                ? part.group(1)
                                                                : part.group(3))));
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    private static boolean number(String text) {
        return text.matches("[+-]?\\d+(\\.\\d+)?") || Times.durationSeconds(text).isPresent();
    }

    private static BigDecimal decimal(String text) {
        return text.matches("[+-]?\\d+(\\.\\d+)?")
                ? new BigDecimal(text)
                : BigDecimal.valueOf(Times.durationSeconds(text).orElseThrow());
    }

    /// @param low what an order that there is not should look like to fail
    private static int ordered(String field, Json value, String text, boolean low) {
        int none = low ? -1 : 1;
        return switch (value) {
            case JsonNumber number -> number.value().compareTo(decimal(text));
            case JsonString(String shown) when field.contains("severity") ->
                    Integer.compare(rank(shown), rank(text));
            case JsonString(String shown)
                    when Times.parse(shown).isPresent() && Times.parse(text).isPresent() ->
                    Long.compare(Times.parse(shown).getAsLong(), Times.parse(text).getAsLong());
            case JsonString(String shown) -> shown.compareTo(text);
            case JsonLiteral _, JsonArray _, JsonObject _ -> none;
        };
    }

    private static int rank(String severity) {
        return severity.equals("none")
                ? -1
                : Severity.valueOf(severity.toUpperCase(Locale.ROOT)).ordinal();
    }
}
