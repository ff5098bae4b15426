package io.souverix.twin.core.json;

import io.souverix.twin.core.json.Json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has to be done to one JSON value to get another, as an RFC 6902 patch of `add`, `remove` and
/// `replace`. Members stand in the order of the values, removed ones first; in lists what is equal at
/// both ends stays, and what lies between is compared place by place.
public final class JsonPatch {
    private final List<Json> operations = new ArrayList<>();

    private JsonPatch() {}

    /// The operations, in order; empty where the values are equal.
    public static JsonArray between(Json from, Json to) {
        JsonPatch patch = new JsonPatch();
        patch.compare(new JsonPointer(List.of()), from, to);
        return new JsonArray(patch.operations);
    }

    private void compare(JsonPointer at, Json from, Json to) {
        if (from.equals(to)) {
            return;
        }
        if (from instanceof JsonObject before && to instanceof JsonObject after) {
            compareMembers(at, before, after);
        } else if (from instanceof JsonArray(List<Json> before)
                && to instanceof JsonArray(List<Json> after)) {
            compareElements(at, before, after);
        } else {
            say("replace", at, to);
        }
    }

    private void compareMembers(JsonPointer at, JsonObject before, JsonObject after) {
        for (String name : before.names()) {
            if (after.member(name) == null) {
                say("remove", at.below(name), null);
            }
        }
        after.forEach((name, value) -> {
            Json standing = before.member(name);
            if (standing == null) {
                say("add", at.below(name), value);
            } else {
                compare(at.below(name), standing, value);
            }
        });
    }

    private void compareElements(JsonPointer at, List<Json> before, List<Json> after) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        int common = shorter - tail;
        for (int i = head; i < common; i++) {
            compare(at.below(Integer.toString(i)), before.get(i), after.get(i));
        }
        for (int i = before.size() - tail - 1; i >= common; i--) {
            say("remove", at.below(Integer.toString(i)), null);
        }
        for (int i = common; i < after.size() - tail; i++) {
            say("add", at.below(Integer.toString(i)), after.get(i));
        }
    }

    private void say(String operation, JsonPointer at, @Nullable Json value) {
        operations.add(
                new JsonObject.Builder()
                        .put("op", operation)
                        .put("path", at.text())
                        .putPresent("value", value)
                        .build());
    }
}
