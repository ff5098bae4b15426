package io.souverix.twin.core.graph.layout;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.graph.GraphNode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A node in a zone: what has a slot on the map. A node that moves to another zone has a home there
/// too, and keeps the old one for the past.
///
/// @param cluster what the node stands among in its zone: the first explicit cluster it had when it
///     came, else that of its component type
public record Home(
        String id, @Nullable String region, @Nullable String zone, @Nullable String cluster) {
    private static final String IMPLICIT = "-cluster";
    private static final Comparator<@Nullable String> NAMES =
            Comparator.nullsLast(Comparator.naturalOrder());

    /// Neighbours on the map: by region, zone, cluster and id.
    public static final Comparator<Home> ORDER =
            Comparator.comparing(Home::region, NAMES)
                    .thenComparing(Home::zone, NAMES)
                    .thenComparing(Home::cluster, NAMES)
                    .thenComparing(Home::id);

    /// Where a node is at home.
    public static Home of(GraphNode node) {
        return new Home(node.id(), node.region(), node.zone(), cluster(node));
    }

    private static @Nullable String cluster(GraphNode node) {
        for (String cluster : node.clusters()) {
            boolean implicit =
                    isOf(cluster, node.region())
                            || isOf(cluster, node.zone())
                            || isOf(cluster, node.componentType());
            if (!implicit) {
                return cluster;
            }
        }
        return node.componentType() == null ? null : node.componentType() + IMPLICIT;
    }

    private static boolean isOf(String cluster, @Nullable String place) {
        return place != null
                && cluster.length() == place.length() + IMPLICIT.length()
                && cluster.startsWith(place)
                && cluster.endsWith(IMPLICIT);
    }

    public static void write(StateWriter out, Home home) {
        out.text(home.id).text(home.region).text(home.zone).text(home.cluster);
    }

    public static Home read(StateReader in) {
        return new Home(in.text(), in.optionalText(), in.optionalText(), in.optionalText());
    }
}
