package io.souverix.twin.engine;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies RFC 6902 patches of `add`, `remove` and `replace`, step by step and strictly.
final class Patched {
    private Patched() {}

    static Json by(JsonArray patch, Json value) {
        Json patched = value;
        for (Json operation : patch.elements()) {
            if (!(operation instanceof JsonObject said)
                    || !(said.member("op") instanceof JsonString(String op))
                    || !(said.member("path") instanceof JsonString(String path))) {
                throw new AssertionError("no operation: " + operation);
            }
            List<String> steps = JsonPointer.parse(path).steps();
            patched = path.isEmpty() ? put(said) : at(patched, steps, op, said.member("value"));
        }
        return patched;
    }

    private static Json put(JsonObject operation) {
        Json value = operation.member("value");
        if (value == null) {
            throw new AssertionError("the root cannot be removed");
        }
        return value;
    }

    private static Json at(Json value, List<String> steps, String op, @Nullable Json given) {
        String step = steps.getFirst();
        Json below = JsonPointer.step(value, step);
        boolean adds = op.equals("add");
        if (steps.size() > 1) {
            if (below == null) {
                throw new AssertionError("nothing at " + steps + " of " + value);
            }
            return with(value, step, at(below, steps.subList(1, steps.size()), op, given), false);
        }
        if ((below == null) != adds && !(adds && value instanceof JsonArray)) {
            throw new AssertionError(op + " of " + step + " in " + value);
        }
        return with(value, step, given, adds);
    }

    private static Json with(Json value, String step, @Nullable Json next, boolean inserted) {
        return switch (value) {
            case JsonObject object -> object.with(step, next);
            case JsonArray(List<Json> elements) -> {
                List<Json> changed = new ArrayList<>(elements);
                int place = Integer.parseInt(step);
                if (!inserted) {
                    changed.remove(place);
                }
                if (next != null) {
                    changed.add(place, next);
                }
                yield new JsonArray(changed);
            }
            default -> throw new AssertionError("no place " + step + " in " + value);
        };
    }
}
