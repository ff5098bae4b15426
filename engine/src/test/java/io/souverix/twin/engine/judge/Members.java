package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Members of plain JSON objects: taken out by kind (null where absent, null or of another kind) and put together.
final class Members {
    private Members() {}

    static @Nullable String text(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof String text ? text : null;
    }

    static @Nullable BigDecimal number(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof BigDecimal number ? number : null;
    }

    static boolean isTrue(Map<String, @Nullable Object> object, String name) {
        return Boolean.TRUE.equals(object.get(name));
    }

    static @Nullable Map<String, @Nullable Object> object(
            Map<String, @Nullable Object> object, String name) {
        return asObject(object.get(name));
    }

    static @Nullable List<@Nullable Object> list(
            Map<String, @Nullable Object> object, String name) {
        return asList(object.get(name));
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, @Nullable Object> asObject(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    @SuppressWarnings("unchecked")
    static @Nullable List<@Nullable Object> asList(@Nullable Object value) {
        return value instanceof List<?> list ? (List<@Nullable Object>) list : null;
    }

    /// The objects among the elements of a list; empty where there is no list.
    static List<Map<String, @Nullable Object>> objects(
            Map<String, @Nullable Object> object, String name) {
        List<Map<String, @Nullable Object>> found = new java.util.ArrayList<>();
        List<@Nullable Object> elements = list(object, name);
        for (Object element : elements == null ? List.<@Nullable Object>of() : elements) {
            Map<String, @Nullable Object> each = asObject(element);
            if (each != null) {
                found.add(each);
            }
        }
        return found;
    }

    /// An object of the given names and values in turn; whole Java numbers and instants become plain values.
    static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), plain(namesAndValues[i + 1]));
        }
        return object;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case Instant instant -> Times.show(instant);
            case null -> null;
            default -> value;
        };
    }

    /// Whether two values say the same (numbers by value, members in any order).
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return PlainJson.canonical(one).equals(PlainJson.canonical(other));
    }
}
