package io.souverix.twin.engine.sbom;

import io.souverix.twin.core.event.Payload.Dependency;
import io.souverix.twin.core.fleet.Documents;
import io.souverix.twin.core.trust.Inlined;
import io.souverix.twin.core.trust.RunningSbom;
import io.souverix.twin.engine.sbom.SbomIndex.Place;
import io.souverix.twin.engine.sbom.VersionRange.Containment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a package stands in a range of versions: in which stored documents, and in what came inside
/// events. For one question, by one thread.
public final class AffectedVersions {
    private final PackageName wanted;
    private final VersionRange range;
    private final Documents known;
    private final Map<String, List<Match>> byDocument = new HashMap<>();
    private final Map<Inlined, List<Match>> byInlined = new HashMap<>();

    /// One component that is the package, in the range or perhaps so.
    ///
    /// @param place in a stored document, or null
    public record Match(Component component, @Nullable Place place, Containment containment) {
        /// Its package URL, or its name and version.
        public String shown() {
            return component.shown();
        }

        public @Nullable String version() {
            return component.version();
        }

        /// Of dependencies, from the root; null where it is not known.
        public @Nullable List<String> path() {
            return place == null ? null : place.document().path(place.component());
        }

        /// Whether it has no package URL, and its name alone says that it is the package.
        public boolean byName() {
            return component.packageName() == null;
        }
    }

    private AffectedVersions(PackageName wanted, VersionRange range, Documents known) {
        this.wanted = wanted;
        this.range = range;
        this.known = known;
    }

    /// Looks a package up.
    ///
    /// @param known the documents that count
    public static AffectedVersions of(
            Sboms sboms, Documents known, PackageName wanted, VersionRange range) {
        AffectedVersions affected = new AffectedVersions(wanted, range, known);
        for (Place place : sboms.index().places(wanted)) {
            SbomDocument document = place.document();
            if (known.holds(document.digest())) {
                Component component = document.components().get(place.component());
                Match match = affected.match(component, place);
                if (match.containment() != Containment.OUTSIDE) {
                    affected.byDocument
                            .computeIfAbsent(document.digest(), _ -> new ArrayList<>())
                            .add(match);
                }
            }
        }
        return affected;
    }

    private Match match(Component component, @Nullable Place place) {
        return new Match(component, place, range.contains(component.version()));
    }

    /// The documents that have it.
    public Set<String> documents() {
        return Set.copyOf(byDocument.keySet());
    }

    /// Under what [#terms(Inlined)] it is found.
    public Collection<String> terms() {
        Set<String> terms = new LinkedHashSet<>();
        terms.add(term(wanted));
        terms.addAll(wanted.plainNames());
        return terms;
    }

    /// Under what the dependencies that came inside an event are found.
    public static Set<String> terms(Inlined inlined) {
        Set<String> terms = new LinkedHashSet<>();
        for (Dependency each : inlined.dependencies()) {
            terms.add(
                    PackageName.parse(each.purl())
                            .map(AffectedVersions::term)
                            .orElseGet(() -> PackageName.plain(each.name())));
        }
        return terms;
    }

    private static String term(PackageName name) {
        return "pkg:" + name.key();
    }

    /// Whether a stored document says what is in that SBOM.
    public boolean isStored(RunningSbom sbom) {
        return known.holds(sbom.hash());
    }

    /// What an SBOM has of it: by the stored document, or else by what came inside events.
    public List<Match> matches(RunningSbom sbom) {
        return isStored(sbom)
                ? byDocument.getOrDefault(sbom.hash(), List.of())
                : byInlined.computeIfAbsent(sbom.inlined(), this::matches);
    }

    private List<Match> matches(Inlined inlined) {
        List<Match> matches = new ArrayList<>();
        for (Dependency each : inlined.dependencies()) {
            Component component = Component.of("", each.name(), each.version(), each.purl());
            boolean is =
                    component.packageName() == null
                            ? wanted.mayBe("", each.name())
                            : component.packageName().key().equals(wanted.key());
            if (is) {
                Match match = match(component, null);
                if (match.containment() != Containment.OUTSIDE) {
                    matches.add(match);
                }
            }
        }
        return matches;
    }
}
