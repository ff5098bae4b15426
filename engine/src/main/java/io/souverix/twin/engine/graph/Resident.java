package io.souverix.twin.engine.graph;

import io.souverix.twin.core.graph.layout.Home;
import io.souverix.twin.core.twin.Identity;
import org.jspecify.annotations.Nullable;

/// A node that wants a slot on the map, and what the map shows of it.
record Resident(String id, Identity identity, Zone zone, short bits) {
    /// Where a node stands. Nodes of one zone share it.
    record Zone(@Nullable String region, @Nullable String name) {
        static Zone of(Identity identity) {
            return new Zone(identity.region(), identity.zone());
        }
    }

    Home home() {
        return Home.of(
                id,
                identity.region(),
                identity.zone(),
                identity.componentType(),
                identity.joined());
    }
}
