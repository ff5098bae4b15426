package io.souverix.twin.core.query;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.TwinView;
import java.math.BigDecimal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The order of a list of twins: by the value of a field, then by id. Twins whose value is not known
/// come last, whichever the direction.
///
/// @param field the one that says
/// @param descending greatest first; ids still ascend where values are equal
public record Order<T>(Field.One<T> field, boolean descending) {
    /// By id alone.
    public static final Order<?> BY_ID = parse(IdentityFields.ID);

    /// Where a twin stands in the order.
    ///
    /// @param value null where it is not known
    public record SortKey<T>(@Nullable T value, String id) {}

    /// Reads a field's name, with `-` before it for descending.
    ///
    /// @throws InvalidQueryException where there is no such field, or it has no single value
    public static Order<?> parse(String text) {
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        return switch (Fields.named(name)) {
            case Field.One<?> one -> new Order<>(one, descending);
            case Field.Many<?> many ->
                    throw new InvalidQueryException(
                            "found "
                                    + InvalidQueryException.shown(many.name())
                                    + ", which may have several values, expected a field with one");
        };
    }

    /// Whether it is the order of ids, ascending.
    public boolean isById() {
        return !descending && field.name().equals(IdentityFields.ID);
    }

    public SortKey<T> key(TwinView view) {
        return new SortKey<>(field.value(view), view.twin().id());
    }

    /// First comes first.
    public Comparator<SortKey<T>> comparator() {
        return this::compare;
    }

    private int compare(SortKey<T> a, SortKey<T> b) {
        int order = compareValues(a.value(), b.value());
        return order == 0 ? a.id().compareTo(b.id()) : order;
    }

    private int compareValues(@Nullable T a, @Nullable T b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        int order = field.kind().compare(a, b);
        return descending ? -order : order;
    }

    /// The key as a token may hold it.
    public Json write(SortKey<T> key) {
        T value = key.value();
        Json json =
                switch (value) {
                    case null -> JsonLiteral.NULL;
                    case Long number -> Json.of((long) number);
                    case BigDecimal number -> JsonNumber.of(number);
                    case Json any -> any;
                    default -> field.kind().json(value);
                };
        return new JsonObject.Builder().put("id", key.id()).put("value", json).build();
    }

    /// Reads a key that [#write] gave.
    ///
    /// @throws IllegalArgumentException where it is no key of this order
    public SortKey<T> read(Json json) {
        if (json instanceof JsonObject object
                && object.member("id") instanceof JsonString(String id)) {
            Json value = Json.orNull(object.member("value"));
            return new SortKey<>(value == JsonLiteral.NULL ? null : value(value), id);
        }
        throw new IllegalArgumentException("found a key of another order");
    }

    /// The casts are sound: the kind says what its values are.
    @SuppressWarnings("unchecked")
    private T value(Json json) {
        if (field.kind() instanceof Kind.Value) {
            return (T) json;
        }
        boolean whole =
                field.kind() instanceof Kind.Instant || field.kind() instanceof Kind.Duration;
        if (whole && json instanceof JsonNumber number && number.isLong()) {
            return (T) (Long) number.longValue();
        }
        return (T)
                switch (json) {
                    case JsonNumber number when field.kind() instanceof Kind.Decimal ->
                            number.value();
                    case JsonString(String text)
                            when field.kind() instanceof Kind.Text
                                    || field.kind() instanceof Kind.Word ->
                            text;
                    case JsonLiteral literal when field.kind() instanceof Kind.Truth ->
                            literal == JsonLiteral.TRUE;
                    case JsonLiteral _, JsonNumber _, JsonString _, JsonArray _, JsonObject _ ->
                            throw new IllegalArgumentException("found a key of another order");
                };
    }
}
