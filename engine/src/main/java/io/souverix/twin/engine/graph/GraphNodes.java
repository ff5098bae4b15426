package io.souverix.twin.engine.graph;

import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.graph.Edge;
import io.souverix.twin.core.graph.GraphNode;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.engine.past.Face;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes nodes of the graph; shares the lists of clusters between them. Not thread-safe.
final class GraphNodes {
    /// How many different lists of clusters are shared.
    private static final int MAX_SHARED = 65_536;

    private final Map<List<String>, List<String>> clusters = new HashMap<>();

    GraphNode of(Twin twin) {
        OperationalState operational = twin.lifecycle().operational();
        return of(
                twin.id(),
                twin.identity(),
                twin.connectivity().state(),
                operational == null ? OperationalState.UNKNOWN : operational,
                twin.lifecycle().phase() == LifecyclePhase.DECOMMISSIONED,
                twin.relationships().edges());
    }

    GraphNode of(String id, Face face) {
        return of(
                id,
                face.identity(),
                face.facets().connectivity(),
                face.facets().operational(),
                face.decommissioned(),
                face.edges());
    }

    private GraphNode of(
            String id,
            Identity identity,
            @Nullable ConnectivityState connectivity,
            OperationalState operational,
            boolean decommissioned,
            List<Edge> edges) {
        return new GraphNode(
                id,
                identity.name(),
                identity.componentType(),
                identity.region(),
                identity.zone(),
                identity.trustDomain(),
                shared(List.copyOf(identity.clusters())),
                connectivity,
                operational,
                decommissioned,
                edges);
    }

    private List<String> shared(List<String> list) {
        if (clusters.size() >= MAX_SHARED) {
            clusters.clear();
        }
        List<String> standing = clusters.putIfAbsent(list, list);
        return standing == null ? list : standing;
    }
}
