package io.souverix.twin.core.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys from the root of a configuration to a value in it. As text they are joined by `.`; a dot
/// inside a key is written `\.` and a backslash `\\`.
public record ConfigPath(List<String> keys) implements Comparable<ConfigPath> {
    public static final ConfigPath ROOT = new ConfigPath(List.of());

    /// How many keys a path may have.
    public static final int MAX_KEYS = 64;

    public ConfigPath {
        keys = List.copyOf(keys);
    }

    /// Parses the text; empty where a key is empty, an escape is unknown, or there are too many keys.
    public static Optional<ConfigPath> parse(String text) {
        List<String> keys = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                if (i == text.length() || (text.charAt(i) != '.' && text.charAt(i) != '\\')) {
                    return Optional.empty();
                }
                key.append(text.charAt(i));
            } else if (c == '.') {
                if (key.isEmpty()) {
                    return Optional.empty();
                }
                keys.add(key.toString());
                key.setLength(0);
            } else {
                key.append(c);
            }
        }
        keys.add(key.toString());
        return key.isEmpty() || keys.size() > MAX_KEYS
                ? Optional.empty()
                : Optional.of(new ConfigPath(keys));
    }

    public ConfigPath child(String key) {
        List<String> longer = new ArrayList<>(keys);
        longer.add(key);
        return new ConfigPath(longer);
    }

    /// True where the other path is this one or lies below it.
    public boolean covers(ConfigPath other) {
        int length = keys.size();
        if (length > other.keys.size()) {
            return false;
        }
        // From the end: paths differ there.
        for (int i = length - 1; i >= 0; i--) {
            if (!keys.get(i).equals(other.keys.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// One key as it stands in the text of a path.
    public static String escape(String key) {
        return key.indexOf('.') < 0 && key.indexOf('\\') < 0
                ? key
                : key.replace("\\", "\\\\").replace(".", "\\.");
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(escape(key));
        }
        return text.toString();
    }

    @Override
    public int compareTo(ConfigPath other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
