package io.souverix.twin.engine.sbom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds packages in the stored documents: from a package to the places where it stands. Grows only.
/// One thread adds at a time; any number read.
public final class SbomIndex {
    /// A component of a document.
    public record Place(SbomDocument document, int component) {}

    private final Map<String, SbomDocument> documents = new ConcurrentHashMap<>();

    /// Lists are replaced, never changed.
    private final Map<String, List<Place>> byPackage = new ConcurrentHashMap<>();

    /// Components without a package URL.
    private final Map<String, List<Place>> byName = new ConcurrentHashMap<>();

    void add(SbomDocument document) {
        if (documents.containsKey(document.digest())) {
            return;
        }
        for (int i = 0; i < document.components().size(); i++) {
            Component component = document.components().get(i);
            Place place = new Place(document, i);
            if (component.packageName() != null) {
                add(byPackage, component.packageName().key(), place);
            } else {
                add(byName, PackageName.plain(component.name()), place);
            }
        }
        documents.put(document.digest(), document);
    }

    private static void add(Map<String, List<Place>> places, String key, Place place) {
        places.merge(
                key,
                List.of(place),
                (standing, more) -> {
                    List<Place> joined = new ArrayList<>(standing);
                    joined.addAll(more);
                    return List.copyOf(joined);
                });
    }

    @Nullable SbomDocument document(String digest) {
        return documents.get(digest);
    }

    /// Where a package stands, or a component without a package URL that may be it.
    List<Place> places(PackageName wanted) {
        List<Place> places = new ArrayList<>(byPackage.getOrDefault(wanted.key(), List.of()));
        for (String name : wanted.plainNames()) {
            for (Place place : byName.getOrDefault(name, List.of())) {
                Component component = place.document().components().get(place.component());
                if (wanted.mayBe(component.group(), component.name())) {
                    places.add(place);
                }
            }
        }
        return places;
    }
}
