package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.DomainKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How zones nest in regions: what was registered, and what nodes name that was not. Sorted by id,
/// then kind.
public record DomainTree(List<Place> places) {
    public DomainTree {
        places = List.copyOf(places);
    }

    /// A region, zone or trust domain as it was registered.
    public record Registered(
            String id, DomainKind kind, @Nullable String name, @Nullable String parent) {}

    /// A place of the tree.
    ///
    /// @param kind null where only other domains name it, as their parent
    /// @param parent null for a root, as every member of a cycle is
    /// @param cycle whether going up from it comes back to it
    /// @param nodes how many nodes name it as their own, decommissioned ones left out
    public record Place(
            String id,
            @Nullable DomainKind kind,
            @Nullable String name,
            @Nullable String parent,
            boolean registered,
            boolean cycle,
            int nodes) {}

    /// How many nodes name a place of a kind.
    private record Named(String id, DomainKind kind) {}

    /// The tree of what was registered and of what nodes name.
    public static DomainTree of(Collection<Registered> registered, FleetGraph graph) {
        Map<String, Registered> byId = new HashMap<>();
        registered.forEach(domain -> byId.put(domain.id(), domain));
        Map<Named, Integer> named = named(graph);
        Map<String, Place> places = new TreeMap<>();
        for (Registered domain : registered) {
            boolean cycle = inCycle(domain, byId);
            int nodes = named.getOrDefault(new Named(domain.id(), domain.kind()), 0);
            String parent = cycle ? null : domain.parent();
            places.put(
                    domain.id() + "\n" + domain.kind(),
                    new Place(
                            domain.id(), domain.kind(), domain.name(), parent, true, cycle, nodes));
            if (parent != null && !byId.containsKey(parent)) {
                places.putIfAbsent(
                        parent + "\n", new Place(parent, null, null, null, false, false, 0));
            }
        }
        named.forEach((place, nodes) -> {
            var _ =
                    places.putIfAbsent(
                            place.id() + "\n" + place.kind(),
                            new Place(place.id(), place.kind(), null, null, false, false, nodes));
            places.remove(place.id() + "\n");
        });
        return new DomainTree(new ArrayList<>(places.values()));
    }

    private static Map<Named, Integer> named(FleetGraph graph) {
        Map<Named, Integer> counts = new HashMap<>();
        for (int number = 0; number < graph.numbers(); number++) {
            GraphNode node = graph.node(number);
            if (node != null && !node.decommissioned()) {
                count(counts, node.region(), DomainKind.REGION);
                count(counts, node.zone(), DomainKind.ZONE);
                count(counts, node.trustDomain(), DomainKind.TRUST_DOMAIN);
            }
        }
        return counts;
    }

    private static void count(Map<Named, Integer> counts, @Nullable String id, DomainKind kind) {
        if (id != null) {
            counts.merge(new Named(id, kind), 1, Integer::sum);
        }
    }

    private static boolean inCycle(Registered start, Map<String, Registered> byId) {
        Set<String> seen = new HashSet<>();
        String at = start.parent();
        while (at != null && seen.add(at)) {
            if (at.equals(start.id())) {
                return true;
            }
            Registered above = byId.get(at);
            at = above == null ? null : above.parent();
        }
        return false;
    }
}
