package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LinkHealth;
import io.souverix.twin.core.event.OperationalState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the graph sees of a node at an instant.
///
/// @param clusters every cluster it is in, sorted
/// @param operational unknown where it was never told
/// @param edges the standing edges that start at it, sorted by type and target
public record GraphNode(
        String id,
        @Nullable String name,
        @Nullable String componentType,
        @Nullable String region,
        @Nullable String zone,
        @Nullable String trustDomain,
        List<String> clusters,
        @Nullable ConnectivityState connectivity,
        OperationalState operational,
        boolean decommissioned,
        List<Edge> edges) {
    public GraphNode {
        clusters = List.copyOf(clusters);
        edges = List.copyOf(edges);
    }

    /// What the node itself lets its edges carry; null where nothing is known of it.
    public @Nullable LinkHealth health() {
        if (operational == OperationalState.FAILED || operational == OperationalState.QUARANTINED) {
            return LinkHealth.DOWN;
        }
        if (connectivity == null) {
            return null;
        }
        return switch (connectivity) {
            case LIVE -> LinkHealth.OK;
            case DELAYED, EDGE_CACHED, RETURNING, REPLAYING -> LinkHealth.DEGRADED;
            case AUTONOMOUS, DISCONNECTED -> LinkHealth.DOWN;
        };
    }
}
