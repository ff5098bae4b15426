package io.souverix.twin.core.json;

import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a JSON value: member names and array places, from the root down (RFC 6901).
///
/// @param steps none for the root itself
public record JsonPointer(List<String> steps) {
    public JsonPointer {
        steps = List.copyOf(steps);
    }

    /// Reads `/a/b~1c/0`; the first slash may be missing. An empty text is the root.
    public static JsonPointer parse(String text) {
        if (text.isEmpty()) {
            return new JsonPointer(List.of());
        }
        String path = text.startsWith("/") ? text.substring(1) : text;
        List<String> steps = new ArrayList<>();
        for (String step : path.split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPointer(steps);
    }

    /// The pointer to a member or element below this one.
    public JsonPointer below(String step) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        return new JsonPointer(longer);
    }

    /// The value it leads to, or null where it leads nowhere.
    public @Nullable Json follow(@Nullable Json root) {
        Json value = root;
        for (String step : steps) {
            value = value == null ? null : step(value, step);
        }
        return value;
    }

    /// One step down: the member of that name, or the element at that place; null where there is
    /// none.
    public static @Nullable Json step(Json value, String step) {
        return switch (value) {
            case JsonObject object -> object.member(step);
            case JsonArray(List<Json> elements) -> {
                boolean place = step.matches("0|[1-9][0-9]{0,8}");
                int index = place ? Integer.parseInt(step) : elements.size();
                yield index < elements.size() ? elements.get(index) : null;
            }
            case JsonLiteral _, JsonNumber _, JsonString _ -> null;
        };
    }

    /// As RFC 6901 writes it: `/a/b~1c/0`; empty for the root.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String step : steps) {
            text.append('/').append(escaped(step));
        }
        return text.toString();
    }

    /// A step as it stands between slashes.
    public static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }
}
