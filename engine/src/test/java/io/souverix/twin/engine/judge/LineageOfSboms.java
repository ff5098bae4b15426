package io.souverix.twin.engine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The SBOMs of each component on a node, where no document is stored.
final class LineageOfSboms {
    private static final int LISTED_STEPS = 100;

    private LineageOfSboms() {}

    static List<Map<String, @Nullable Object>> rows(Question asked) {
        SortedMap<String, List<Event>> byComponent = new TreeMap<>();
        for (Event event : asked.history()) {
            if (event.is("sbom_updated")) {
                byComponent
                        .computeIfAbsent(event.needed("component"), _ -> new ArrayList<>())
                        .add(event);
            }
        }
        String running = Software.sbomHash(asked.history());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (List<Event> steps : byComponent.values()) {
            for (int i = Math.max(0, steps.size() - LISTED_STEPS); i < steps.size(); i++) {
                rows.add(row(i == 0 ? null : steps.get(i - 1), steps.get(i), running));
            }
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(
            @Nullable Event before, Event step, @Nullable String running) {
        SortedMap<String, SortedSet<String>> packages = packages(step);
        SortedMap<String, SortedSet<String>> old =
                before == null ? new TreeMap<>() : packages(before);
        return Members.of(
                "component", step.text("component"),
                "version", step.text("version"),
                "sbom_hash", step.text("sbom_hash"),
                "timestamp", step.timestamp(),
                "event_id", step.id(),
                "provenance", step.text("provenance"),
                "stored", false,
                "running", step.needed("sbom_hash").equals(running),
                "packages", packages.isEmpty() ? null : packages.size(),
                "changes", packages.isEmpty() || old.isEmpty() ? null : changes(old, packages));
    }

    /// The versions of each package; none where the event has no dependencies.
    private static SortedMap<String, SortedSet<String>> packages(Event sbom) {
        SortedMap<String, SortedSet<String>> packages = new TreeMap<>();
        for (Map<String, @Nullable Object> each : Members.objects(sbom.payload(), "dependencies")) {
            String purl = Members.text(each, "purl");
            int at = purl == null ? -1 : purl.indexOf('@');
            String name = String.valueOf(each.get("name"));
            String version = String.valueOf(each.get("version"));
            if (purl != null) {
                name = at < 0 ? purl : purl.substring(0, at);
                version = at < 0 ? version : purl.substring(at + 1);
            }
            packages.computeIfAbsent(name, _ -> new TreeSet<>()).add(version);
        }
        return packages;
    }

    private static Map<String, @Nullable Object> changes(
            SortedMap<String, SortedSet<String>> from, SortedMap<String, SortedSet<String>> to) {
        List<@Nullable Object> added = new ArrayList<>();
        List<@Nullable Object> removed = new ArrayList<>();
        List<@Nullable Object> changed = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(from.keySet());
        names.addAll(to.keySet());
        for (String name : names) {
            List<String> gone = new ArrayList<>(from.getOrDefault(name, new TreeSet<>()));
            List<String> come = new ArrayList<>(to.getOrDefault(name, new TreeSet<>()));
            gone.removeAll(to.getOrDefault(name, new TreeSet<>()));
            come.removeAll(from.getOrDefault(name, new TreeSet<>()));
            if (gone.size() == 1 && come.size() == 1) {
                changed.add(
                        Members.of(
                                "package", name, "from", gone.getFirst(), "to", come.getFirst()));
            } else {
                gone.forEach(v -> removed.add(Members.of("package", name, "version", v)));
                come.forEach(v -> added.add(Members.of("package", name, "version", v)));
            }
        }
        return Members.of(
                "added",
                added,
                "removed",
                removed,
                "changed",
                changed,
                "added_total",
                added.size(),
                "removed_total",
                removed.size(),
                "changed_total",
                changed.size());
    }
}
