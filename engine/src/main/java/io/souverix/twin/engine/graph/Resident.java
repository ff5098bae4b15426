package io.souverix.twin.engine.graph;

import io.souverix.twin.core.graph.layout.Home;
import io.souverix.twin.core.graph.layout.Lattice;
import io.souverix.twin.core.twin.Identity;

/// A node that wants a slot on the map, and what the map shows of it.
record Resident(String id, Identity identity, short bits) {
    /// The index of its home, or -1 where it has none yet.
    int index(Lattice lattice) {
        return lattice.find(id, identity.region(), identity.zone());
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
