package io.souverix.twin.core.drift;

import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.rules.Rules.ListRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A configuration flattened to its leaves (docs/rules.md), by the text of their paths. Immutable.
final class Leaves {
    static final Leaves NONE = new Leaves();

    private final TreeMap<String, Leaf> byPath = new TreeMap<>();
    private final List<ConfigPath> broken = new ArrayList<>();

    /// A value that is not flattened further.
    ///
    /// @param text of the path
    /// @param comparable the value as it is compared: a list under a `set` rule is a set of values
    record Leaf(ConfigPath path, String text, Json value, Object comparable) {}

    private Leaves() {}

    static Leaves of(@Nullable JsonObject tree, Rules rules) {
        if (tree == null) {
            return NONE;
        }
        Leaves leaves = new Leaves();
        leaves.flatten(ConfigPath.ROOT, tree, rules);
        return leaves;
    }

    private void flatten(ConfigPath path, Json value, Rules rules) {
        switch (value) {
            case JsonObject object ->
                    object.forEach((key, child) -> flatten(path.child(key), child, rules));
            case JsonArray list -> list(path, list, rules);
            case JsonLiteral literal when literal == JsonLiteral.NULL -> {}
            case JsonLiteral _, JsonNumber _, JsonString _ -> leaf(path, value, value);
        }
    }

    private void leaf(ConfigPath path, Json value, Object comparable) {
        String text = path.text();
        byPath.put(text, new Leaf(path, text, value, comparable));
    }

    private void list(ConfigPath path, JsonArray list, Rules rules) {
        ListRule rule = rules.list(path);
        if (rule == null) {
            leaf(path, list, list);
        } else if (rule.key() == null) {
            leaf(path, list, new HashSet<>(list.elements()));
        } else {
            Map<String, Json> keyed = keyed(list, rule.key());
            if (keyed == null) {
                broken.add(path);
            } else {
                keyed.forEach((key, element) -> flatten(path.child(key), element, rules));
            }
        }
    }

    /// The elements by their key, or null where the list cannot be taken as a map.
    private static @Nullable Map<String, Json> keyed(JsonArray list, String keyName) {
        Map<String, Json> keyed = new LinkedHashMap<>();
        for (Json element : list.elements()) {
            String key = element instanceof JsonObject object ? key(object.member(keyName)) : null;
            if (key == null || keyed.put(key, element) != null) {
                return null;
            }
        }
        return keyed;
    }

    private static @Nullable String key(@Nullable Json value) {
        return switch (value) {
            case JsonString(String text) -> text;
            case JsonNumber number -> number.text();
            case null -> null;
            case JsonArray _, JsonLiteral _, JsonObject _ -> null;
        };
    }

    /// The value at a path, lists under a `map` rule walked by their keys; null where there is none.
    static @Nullable Json valueAt(@Nullable JsonObject tree, ConfigPath path, Rules rules) {
        Json value = tree;
        ConfigPath reached = ConfigPath.ROOT;
        for (String key : path.keys()) {
            if (value instanceof JsonObject object) {
                value = object.member(key);
            } else if (value instanceof JsonArray list) {
                ListRule rule = rules.list(reached);
                Map<String, Json> keyed =
                        rule == null || rule.key() == null ? null : keyed(list, rule.key());
                value = keyed == null ? null : keyed.get(key);
            } else {
                return null;
            }
            reached = reached.child(key);
        }
        if (value instanceof JsonObject object) {
            JsonObject shown = ConfigDrift.shown(object);
            return shown.isEmpty() ? null : shown;
        }
        return value == JsonLiteral.NULL ? null : value;
    }

    Iterable<Leaf> all() {
        return byPath.values();
    }

    @Nullable Leaf at(String path) {
        return byPath.get(path);
    }

    /// Paths of lists that a `map` rule cannot take as a map.
    List<ConfigPath> broken() {
        return broken;
    }

    /// How many paths have different values here and there.
    int differencesFrom(Leaves other) {
        int differences = 0;
        for (Leaf leaf : byPath.values()) {
            Leaf theirs = other.byPath.get(leaf.text());
            if (theirs == null || !theirs.value().equals(leaf.value())) {
                differences++;
            }
        }
        for (String path : other.byPath.keySet()) {
            if (!byPath.containsKey(path)) {
                differences++;
            }
        }
        return differences;
    }
}
