package io.souverix.twin.core.fleet;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.release.Releases;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is known of releases, domains and stored documents: facts that concern every node. Immutable.
public final class Catalogue {
    public static final Catalogue EMPTY =
            new Catalogue(Map.of(), Map.of(), Documents.NONE, new Terms());

    private final Map<String, Releases> releases;
    private final Map<String, Domain> domains;

    private final Documents documents;

    /// The same for all catalogues in which the same authorities stand over the same places.
    private final Terms terms;

    /// Stands for who governs what; another instance, other terms. Keeps what was found of them.
    private static final class Terms {
        /// Of how many places it is kept which domain is the nearest.
        private static final int MAX_KEPT = 65_536;

        /// The id of the nearest domain above a place; empty where there is none.
        private final Map<String, String> nearest = new ConcurrentHashMap<>();
    }

    private Catalogue(
            Map<String, Releases> releases,
            Map<String, Domain> domains,
            Documents documents,
            Terms terms) {
        this.releases = releases;
        this.domains = domains;
        this.documents = documents;
        this.terms = terms;
    }

    public Catalogue with(String component, Releases newer) {
        Map<String, Releases> next = new HashMap<>(releases);
        next.put(component, newer);
        return new Catalogue(next, domains, documents, terms);
    }

    public Catalogue with(Domain newer) {
        Map<String, Domain> next = new HashMap<>(domains);
        Domain before = next.put(newer.id(), newer);
        boolean same =
                before != null
                        && Objects.equals(before.authority(), newer.authority())
                        && Objects.equals(before.parent(), newer.parent());
        return new Catalogue(releases, next, documents, same ? terms : new Terms());
    }

    public Catalogue with(Documents newer) {
        return new Catalogue(releases, domains, newer, terms);
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

    /// Whether in the other catalogue the same authorities stand over the same places.
    @SuppressWarnings("ReferenceEquality") // immutable: other terms, other authorities
    public boolean sharesTermsWith(Catalogue other) {
        return terms == other.terms;
    }

    public @Nullable Domain domain(String id) {
        return domains.get(id);
    }

    /// All domains, in no order.
    public Collection<Domain> domains() {
        return Collections.unmodifiableCollection(domains.values());
    }

    /// The nearest standing claim or conflict above a zone, else above a region; null where none.
    public @Nullable Authority authority(@Nullable String zone, @Nullable String region) {
        Domain governor = governor(zone, region);
        return governor == null ? null : governor.authority();
    }

    /// The nearest domain above a zone, else above a region, that somebody claims; null where none.
    public @Nullable Domain governor(@Nullable String zone, @Nullable String region) {
        Domain nearest = nearest(zone);
        return nearest == null ? nearest(region) : nearest;
    }

    private @Nullable Domain nearest(@Nullable String start) {
        if (start == null) {
            return null;
        }
        String known = terms.nearest.get(start);
        if (known == null) {
            Domain found = found(start);
            known = found == null ? "" : found.id();
            if (terms.nearest.size() < Terms.MAX_KEPT) {
                terms.nearest.put(start, known);
            }
        }
        return known.isEmpty() ? null : domains.get(known);
    }

    private @Nullable Domain found(String start) {
        Set<String> seen = new HashSet<>();
        String at = start;
        while (at != null && seen.add(at)) {
            Domain domain = domains.get(at);
            if (domain == null) {
                return null;
            }
            if (!domain.vacant()) {
                return domain;
            }
            at = inCycle(domain) ? null : domain.parent();
        }
        return null;
    }

    /// Whether going up from a domain comes back to it.
    public boolean inCycle(Domain start) {
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

    /// The highest epoch that was ever claimed in any domain, or -1.
    public long highestEpoch() {
        long highest = -1;
        for (Domain domain : domains.values()) {
            highest = Math.max(highest, domain.epoch());
        }
        return highest;
    }
}
