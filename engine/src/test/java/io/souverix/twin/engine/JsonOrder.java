package io.souverix.twin.engine;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.query.Kind;
import io.souverix.twin.core.query.Order;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The order of a list, as docs/api.md tells it, by what the JSON of the twins shows.
final class JsonOrder {
    private JsonOrder() {}

    static Comparator<String> of(Order<?> order, Map<String, JsonFilter> fleet) {
        String field = order.field().name();
        Kind<?> kind = order.field().kind();
        return (a, b) -> {
            List<Json> left = Objects.requireNonNull(fleet.get(a)).values(field);
            List<Json> right = Objects.requireNonNull(fleet.get(b)).values(field);
            if (left.isEmpty() || right.isEmpty()) {
                return Boolean.compare(left.isEmpty(), right.isEmpty());
            }
            int compared = compare(left.getFirst(), right.getFirst(), kind);
            return order.descending() ? -compared : compared;
        };
    }

    private static int compare(Json a, Json b, Kind<?> kind) {
        if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
            return x.value().compareTo(y.value());
        }
        if (a instanceof JsonString(String x) && b instanceof JsonString(String y)) {
            return switch (kind) {
                case Kind.Instant _ ->
                        Long.compare(Times.parse(x).getAsLong(), Times.parse(y).getAsLong());
                case Kind.Word word ->
                        Integer.compare(word.words().indexOf(x), word.words().indexOf(y));
                case Kind<?> _ -> x.compareTo(y);
            };
        }
        if (a instanceof JsonLiteral && b instanceof JsonLiteral) {
            return Boolean.compare(a == JsonLiteral.TRUE, b == JsonLiteral.TRUE);
        }
        // Numbers before texts.
        return Boolean.compare(a instanceof JsonString, b instanceof JsonString);
    }
}
