package io.souverix.twin.core.fleet;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.release.Releases;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of releases, domains and stored documents: facts that concern every node. Immutable.
public final class Catalogue {
    public static final Catalogue EMPTY = new Catalogue(Map.of(), Map.of(), Documents.NONE);

    private final Map<String, Releases> releases;
    private final Map<String, Domain> domains;

    private final Documents documents;

    private Catalogue(
            Map<String, Releases> releases, Map<String, Domain> domains, Documents documents) {
        this.releases = releases;
        this.domains = domains;
        this.documents = documents;
    }

    public Catalogue with(String component, Releases newer) {
        Map<String, Releases> next = new HashMap<>(releases);
        next.put(component, newer);
        return new Catalogue(next, domains, documents);
    }

    public Catalogue with(Domain newer) {
        Map<String, Domain> next = new HashMap<>(domains);
        next.put(newer.id(), newer);
        return new Catalogue(releases, next, documents);
    }

    public Catalogue with(Documents newer) {
        return new Catalogue(releases, domains, newer);
    }

    /// The SBOM documents that are stored.
    public Documents documents() {
        return documents;
    }

    /// The releases of a component; [Releases#NONE] where it is null or unknown.
    public Releases releases(@Nullable String component) {
        return component == null ? Releases.NONE : releases.getOrDefault(component, Releases.NONE);
    }

    /// Whether the other catalogue has the very same releases.
    @SuppressWarnings("ReferenceEquality") // immutable: another map, other releases
    public boolean sharesReleasesWith(Catalogue other) {
        return releases == other.releases;
    }

    /// Whether the other catalogue has the very same domains.
    @SuppressWarnings("ReferenceEquality") // immutable: another map, other domains
    public boolean sharesDomainsWith(Catalogue other) {
        return domains == other.domains;
    }

    public @Nullable Domain domain(String id) {
        return domains.get(id);
    }

    /// The nearest standing claim or conflict above a zone, else above a region; null where none.
    public @Nullable Authority authority(@Nullable String zone, @Nullable String region) {
        Authority nearest = nearest(zone);
        return nearest == null ? nearest(region) : nearest;
    }

    private @Nullable Authority nearest(@Nullable String start) {
        Set<String> seen = new HashSet<>();
        String at = start;
        while (at != null && seen.add(at)) {
            Domain domain = domains.get(at);
            if (domain == null) {
                return null;
            }
            Authority authority = domain.authority();
            if (authority != null) {
                return authority;
            }
            at = inCycle(domain) ? null : domain.parent();
        }
        return null;
    }

    /// Whether going up from a domain comes back to it.
    private boolean inCycle(Domain start) {
        Set<String> seen = new HashSet<>();
        String at = start.parent();
        while (at != null && seen.add(at)) {
            if (at.equals(start.id())) {
                return true;
            }
            Domain domain = domains.get(at);
            at = domain == null ? null : domain.parent();
        }
        return false;
    }
}
