package io.souverix.twin.simulator;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes configurations as JSON: nested, as changes by dotted path, as findings. Leaves are JSON
/// texts; an empty one stands for a leaf that is not there. Paths use `/` between keys.
final class ConfigText {
    private ConfigText() {}

    /// `{"a":{"b":1}}` of the leaves `a/b=1`.
    static String nested(SortedMap<String, String> leaves) {
        Map<String, SortedMap<String, String>> inner = new TreeMap<>();
        Map<String, String> members = new TreeMap<>();
        leaves.forEach((path, value) -> {
            int slash = path.indexOf('/');
            if (slash < 0) {
                members.put(path, value);
            } else {
                inner.computeIfAbsent(path.substring(0, slash), _ -> new TreeMap<>())
                        .put(path.substring(slash + 1), value);
            }
        });
        inner.forEach((key, below) -> members.put(key, nested(below)));
        return object(members);
    }

    /// `{"a.b":1,"c":null}`, a dot inside a key as `\.`.
    static String changes(SortedMap<String, String> edits) {
        Map<String, String> members = new TreeMap<>();
        edits.forEach((path, value) -> members.put(dotted(path), orNull(value)));
        return object(members);
    }

    /// `[{"field":"a.b","desired":1,"actual":2}]`, without the side that is not there.
    static String findings(SortedMap<String, String> desired, SortedMap<String, String> actual) {
        StringBuilder text = new StringBuilder("[");
        actual.forEach((path, value) -> {
            text.append(text.length() == 1 ? "" : ",");
            text.append("{\"field\":\"").append(dotted(path));
            text.append("\",\"desired\":");
            text.append(orNull(desired.getOrDefault(path, "")));
            text.append(",\"actual\":").append(orNull(value)).append('}');
        });
        return text.append(']').toString();
    }

    private static String orNull(String value) {
        return value.isEmpty() ? "null" : value;
    }

    /// The backslash that escapes a dot is itself escaped in JSON.
    private static String dotted(String path) {
        return path.replace(".", "\\\\.").replace('/', '.');
    }

    private static String object(Map<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((key, value) -> {
            text.append(text.length() == 1 ? "" : ",");
            text.append('"').append(key).append("\":").append(value);
        });
        return text.append('}').toString();
    }
}
