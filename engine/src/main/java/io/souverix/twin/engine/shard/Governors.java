package io.souverix.twin.engine.shard;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.twin.Identity;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who governs each place under one catalogue; looked up once a place, as many nodes share few. Lives
/// for one walk over the nodes.
final class Governors {
    private final Catalogue catalogue;
    private final Map<Place, Optional<String>> known = new HashMap<>();

    private record Place(@Nullable String zone, @Nullable String region) {}

    Governors(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// Whether the node is governed by another domain than it is counted by.
    boolean isAnother(Node node) {
        if (node.facets == null) {
            return false;
        }
        Identity identity = node.twin.identity();
        Place place = new Place(identity.zone(), identity.region());
        Optional<String> governor = known.computeIfAbsent(place, this::governor);
        return !Objects.equals(node.facets.governor(), governor.orElse(null));
    }

    private Optional<String> governor(Place place) {
        return Optional.ofNullable(catalogue.governor(place.zone(), place.region()))
                .map(Domain::id);
    }
}
