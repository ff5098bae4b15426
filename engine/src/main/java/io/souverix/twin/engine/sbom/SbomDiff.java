package io.souverix.twin.engine.sbom;

import io.souverix.twin.core.event.Payload.Dependency;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.trust.Inlined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What changes from one SBOM to another. Packages are told apart by type, namespace and name;
/// versions of one that stand on both sides are left out.
public final class SbomDiff {
    /// How many of each kind are listed; all are counted.
    public static final int MAX_LISTED = 1_000;

    private SbomDiff() {}

    /// What an SBOM is made of: the versions of each package, and how each is shown.
    public record Contents(Map<String, TreeSet<String>> versions) {
        /// Of a document, without what it is about.
        public static Contents of(SbomDocument document) {
            Map<String, TreeSet<String>> versions = new TreeMap<>();
            for (int i = 0; i < document.components().size(); i++) {
                if (!document.isRoot(i)) {
                    add(versions, document.components().get(i));
                }
            }
            return new Contents(versions);
        }

        /// Of what came inside an event.
        public static Contents of(Inlined inlined) {
            Map<String, TreeSet<String>> versions = new TreeMap<>();
            for (Dependency each : inlined.dependencies()) {
                add(versions, Component.of("", each.name(), each.version(), each.purl()));
            }
            return new Contents(versions);
        }

        private static void add(Map<String, TreeSet<String>> versions, Component component) {
            String version = component.version();
            versions.computeIfAbsent(component.identity(), _ -> new TreeSet<>())
                    .add(version == null ? "" : version);
        }
    }

    /// The packages added, removed and changed, sorted by name.
    public static JsonObject between(Contents from, Contents to) {
        List<Json> added = new ArrayList<>();
        List<Json> removed = new ArrayList<>();
        List<Json> changed = new ArrayList<>();
        TreeSet<String> packages = new TreeSet<>(from.versions().keySet());
        packages.addAll(to.versions().keySet());
        for (String name : packages) {
            TreeSet<String> before = new TreeSet<>(from.versions().getOrDefault(name, NONE));
            TreeSet<String> after = new TreeSet<>(to.versions().getOrDefault(name, NONE));
            TreeSet<String> both = new TreeSet<>(before);
            both.retainAll(after);
            boolean known = !before.isEmpty() && !after.isEmpty();
            before.removeAll(both);
            after.removeAll(both);
            if (known && before.size() == 1 && after.size() == 1) {
                changed.add(
                        new JsonObject.Builder()
                                .put("package", name)
                                .put("from", version(before.first()))
                                .put("to", version(after.first()))
                                .build());
            } else {
                before.forEach(version -> removed.add(one(name, version)));
                after.forEach(version -> added.add(one(name, version)));
            }
        }
        return new JsonObject.Builder()
                .put("added", listed(added))
                .put("removed", listed(removed))
                .put("changed", listed(changed))
                .put("added_total", added.size())
                .put("removed_total", removed.size())
                .put("changed_total", changed.size())
                .build();
    }

    private static final TreeSet<String> NONE = new TreeSet<>();

    private static Json one(String name, String version) {
        return new JsonObject.Builder()
                .put("package", name)
                .put("version", version(version))
                .build();
    }

    private static Json version(String version) {
        return version.isEmpty() ? JsonLiteral.NULL : Json.of(version);
    }

    private static Json listed(List<Json> all) {
        return new JsonArray(all.subList(0, Math.min(all.size(), MAX_LISTED)));
    }
}
