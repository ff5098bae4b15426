package io.souverix.twin.core.rules;

import io.souverix.twin.core.event.ConfigPath;
import java.util.List;

/// A pattern over configuration paths: the key `*` stands for one key, `**` for any number of them,
/// none included.
public record PathPattern(ConfigPath pattern) {

    public boolean matches(ConfigPath path) {
        return matches(pattern.keys(), path.keys());
    }

    /// True where the pattern matches the path or a path above it.
    public boolean matchesAtOrAbove(ConfigPath path) {
        for (int length = 0; length <= path.keys().size(); length++) {
            if (matches(pattern.keys(), path.keys().subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(List<String> pattern, List<String> keys) {
        if (pattern.isEmpty()) {
            return keys.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        String first = pattern.getFirst();
        if (first.equals("**")) {
            return matches(rest, keys)
                    || (!keys.isEmpty() && matches(pattern, keys.subList(1, keys.size())));
        }
        return !keys.isEmpty()
                && (first.equals("*") || first.equals(keys.getFirst()))
                && matches(rest, keys.subList(1, keys.size()));
    }
}
