package io.souverix.twin.engine.past;

import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.graph.Edge;
import io.souverix.twin.core.twin.Identity;
import java.util.List;

/// What a node shows the fleet at an instant: what aggregates count of it, who it is, what it is
/// linked to. Its parts are shared with the faces beside it.
///
/// @param decommissioned whether it leaves lists and counts unless asked for
public record Face(Facets facets, Identity identity, List<Edge> edges, boolean decommissioned) {
    public Face {
        edges = List.copyOf(edges);
    }

    /// The same face, with the parts that another one has too taken from there.
    Face sharing(Face other) {
        return new Face(
                facets.equals(other.facets) ? other.facets : facets,
                identity.equals(other.identity) ? other.identity : identity,
                edges.equals(other.edges) ? other.edges : edges,
                decommissioned);
    }
}
