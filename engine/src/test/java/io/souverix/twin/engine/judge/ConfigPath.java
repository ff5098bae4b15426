package io.souverix.twin.engine.judge;

import java.util.ArrayList;
import java.util.List;

/// Paths into a configuration as lists of keys, their dotted text, and patterns over them.
final class ConfigPath {
    private ConfigPath() {}

    /// The keys of a dotted text; `\.` is a dot and `\\` a backslash inside a key.
    static List<String> parse(String text) {
        List<String> keys = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                keys.add(key.toString());
                key.setLength(0);
            } else if (c == '\\' && i + 1 < text.length()) {
                key.append(text.charAt(++i));
            } else {
                key.append(c);
            }
        }
        keys.add(key.toString());
        return List.copyOf(keys);
    }

    static String text(List<String> keys) {
        return String.join(".", keys.stream().map(ConfigPath::escaped).toList());
    }

    static String escaped(String key) {
        return key.replace("\\", "\\\\").replace(".", "\\.");
    }

    static List<String> child(List<String> path, String key) {
        List<String> child = new ArrayList<>(path);
        child.add(key);
        return List.copyOf(child);
    }

    /// Whether a path is another one or leads to it.
    static boolean isAtOrAbove(List<String> upper, List<String> lower) {
        return upper.size() <= lower.size() && lower.subList(0, upper.size()).equals(upper);
    }

    /// Whether one of two paths is at or above the other.
    static boolean related(List<String> one, List<String> other) {
        return isAtOrAbove(one, other) || isAtOrAbove(other, one);
    }

    /// Whether a pattern (`*` one key, `**` any number of keys) matches the whole path.
    static boolean matches(String pattern, List<String> path) {
        return matches(parse(pattern), path);
    }

    private static boolean matches(List<String> pattern, List<String> path) {
        if (pattern.isEmpty()) {
            return path.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        if (pattern.getFirst().equals("**")) {
            return matches(rest, path)
                    || (!path.isEmpty() && matches(pattern, path.subList(1, path.size())));
        }
        return !path.isEmpty()
                && (pattern.getFirst().equals("*") || pattern.getFirst().equals(path.getFirst()))
                && matches(rest, path.subList(1, path.size()));
    }
}
