package io.souverix.twin.core.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which part of the graph is meant: nodes by where they belong, edges by type. Null means any.
///
/// @param types names of types of edges; empty for all
/// @param decommissioned whether decommissioned nodes are listed (their edges never are)
public record Selection(
        @Nullable String region,
        @Nullable String zone,
        @Nullable String cluster,
        @Nullable String trustDomain,
        List<String> types,
        boolean decommissioned) {
    /// The whole graph, without decommissioned nodes.
    public static final Selection ALL = new Selection(null, null, null, null, List.of(), false);

    public Selection {
        types = List.copyOf(types);
    }

    /// Whether a number is listed. Dangling targets belong nowhere.
    boolean has(FleetGraph graph, int number) {
        GraphNode node = graph.node(number);
        if (node == null) {
            return isAnywhere() && graph.isDangling(number);
        }
        return (decommissioned || !node.decommissioned())
                && fits(region, node.region())
                && fits(zone, node.zone())
                && fits(trustDomain, node.trustDomain())
                && (cluster == null || node.clusters().contains(cluster));
    }

    private boolean isAnywhere() {
        return region == null && zone == null && cluster == null && trustDomain == null;
    }

    private static boolean fits(@Nullable String wanted, @Nullable String found) {
        return wanted == null || wanted.equals(found);
    }

    boolean hasType(String type) {
        return types.isEmpty() || types.contains(type);
    }
}
