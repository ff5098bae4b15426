package io.souverix.twin.engine.past;

import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.graph.Edge;
import io.souverix.twin.core.twin.Identity;
import java.util.List;

/// What a node shows the fleet at an instant: what aggregates count of it, who it is, what it is
/// linked to.
///
/// @param decommissioned whether it leaves lists and counts unless asked for
public record Face(Facets facets, Identity identity, List<Edge> edges, boolean decommissioned) {
    public Face {
        edges = List.copyOf(edges);
    }
}
