package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the facts about configuration in a payload.
final class ConfigPayloads {
    private ConfigPayloads() {}

    static Payload drift(Fields f) {
        List<FieldDrift> details =
                f.records(
                        "details",
                        PayloadReader.MAX_ELEMENTS,
                        d ->
                                new FieldDrift(
                                        path(d, "field"), d.stated("desired"), d.stated("actual")));
        requireApart(f, "details", details.stream().map(FieldDrift::path).toList());
        return new ConfigDriftDetected(details);
    }

    private static ConfigPath path(Fields f, String name) {
        String text = f.text(name);
        return ConfigPath.parse(text).orElseThrow(() -> badPath(f, name, text));
    }

    private static RefusedException badPath(Fields f, String name, String text) {
        return f.refusal(
                name,
                "found the path "
                        + Fields.shown(Json.of(text))
                        + ", expected at most "
                        + ConfigPath.MAX_KEYS
                        + " keys joined by dots, a dot inside a key written \\. and a backslash"
                        + " \\\\");
    }

    /// Paths of one event may not cover each other: their order would have no meaning.
    private static void requireApart(Fields f, String name, List<ConfigPath> paths) {
        List<ConfigPath> sorted = new ArrayList<>(paths);
        sorted.sort(ConfigPayloads::byKeys);
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i - 1).covers(sorted.get(i))) {
                throw f.refusal(
                        name,
                        "found the overlapping paths \""
                                + sorted.get(i - 1)
                                + "\" and \""
                                + sorted.get(i)
                                + "\", expected paths none of which is another or above it");
            }
        }
    }

    /// Key by key, so that a path comes right before those it covers.
    private static int byKeys(ConfigPath a, ConfigPath b) {
        int shared = Math.min(a.keys().size(), b.keys().size());
        for (int i = 0; i < shared; i++) {
            int order = a.keys().get(i).compareTo(b.keys().get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.keys().size(), b.keys().size());
    }

    static ConfigFacts facts(Fields f) {
        JsonObject snapshot = f.optionalObject("config");
        JsonObject changes = f.optionalObject("config_changes");
        if (snapshot == null && changes == null) {
            return ConfigFacts.NOTHING;
        }
        List<PathChange> list = new ArrayList<>();
        if (changes != null) {
            for (int i = 0; i < changes.size(); i++) {
                String text = changes.name(i);
                Optional<ConfigPath> path = ConfigPath.parse(text);
                list.add(
                        new PathChange(
                                path.orElseThrow(() -> badPath(f, "config_changes", text)),
                                changes.value(i)));
            }
            requireApart(f, "config_changes", list.stream().map(PathChange::path).toList());
        }
        return new ConfigFacts(snapshot, list);
    }
}
