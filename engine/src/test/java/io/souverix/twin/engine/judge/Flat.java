package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One side of a configuration as its leaves by path, under the list rules.
///
/// @param leaves a leaf is any value but an object and `null`
/// @param broken paths of the leaves that are lists a `map` rule cannot take as an object
record Flat(Map<List<String>, Object> leaves, Set<List<String>> broken) {

    static Flat of(@Nullable Map<String, @Nullable Object> tree, JudgeRules rules) {
        Flat flat = new Flat(new LinkedHashMap<>(), new HashSet<>());
        flat.add(List.of(), tree, rules);
        return flat;
    }

    private void add(List<String> path, @Nullable Object value, JudgeRules rules) {
        Map<String, @Nullable Object> object = members(path, value, rules);
        if (object != null) {
            object.forEach((key, member) -> add(ConfigPath.child(path, key), member, rules));
        } else if (value != null) {
            leaves.put(path, value);
            if (isMapped(path, value, rules)) {
                broken.add(path);
            }
        }
    }

    /// What a configuration has at a path; null where it has nothing.
    static @Nullable Object valueAt(
            @Nullable Map<String, @Nullable Object> tree, List<String> path, JudgeRules rules) {
        Object value = tree;
        for (int depth = 0; depth < path.size(); depth++) {
            Map<String, @Nullable Object> object = members(path.subList(0, depth), value, rules);
            value = object == null ? null : object.get(path.get(depth));
        }
        Object shown = Configuration.shown(value);
        return Map.of().equals(shown) ? null : shown;
    }

    private static boolean isMapped(List<String> path, @Nullable Object value, JudgeRules rules) {
        JudgeRules.ListRule rule = rules.listRule(path);
        return value instanceof List<?> && rule != null && rule.as().equals("map");
    }

    /// The members of an object, or of a list that a `map` rule takes as one; null for anything else.
    private static @Nullable Map<String, @Nullable Object> members(
            List<String> path, @Nullable Object value, JudgeRules rules) {
        JudgeRules.ListRule rule = rules.listRule(path);
        if (rule != null && rule.key() != null && isMapped(path, value, rules)) {
            return keyed(Members.asList(value), rule.key());
        }
        return Members.asObject(value);
    }

    /// The elements by the text of their key; null where an element has none, or two share one.
    private static @Nullable Map<String, @Nullable Object> keyed(
            @Nullable List<@Nullable Object> list, String key) {
        Map<String, @Nullable Object> keyed = new LinkedHashMap<>();
        for (Object element : list == null ? List.<@Nullable Object>of() : list) {
            Map<String, @Nullable Object> object = Members.asObject(element);
            String name = object == null ? null : keyText(object.get(key));
            if (name == null || keyed.containsKey(name)) {
                return null;
            }
            keyed.put(name, object);
        }
        return keyed;
    }

    private static @Nullable String keyText(@Nullable Object key) {
        return switch (key) {
            case String text -> text;
            case BigDecimal number -> PlainJson.number(number);
            case null, default -> null;
        };
    }
}
