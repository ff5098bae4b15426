package io.souverix.twin.core.graph.layout;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import java.util.Comparator;
import java.util.List;
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
    ///
    /// @param explicit the explicit clusters it is in, sorted
    public static Home of(
            String id,
            @Nullable String region,
            @Nullable String zone,
            @Nullable String componentType,
            List<String> explicit) {
        String own = componentType == null ? null : componentType + IMPLICIT;
        for (String cluster : explicit) {
            boolean implicit = cluster.equals(own) || isOf(cluster, region) || isOf(cluster, zone);
            if (!implicit) {
                return new Home(id, region, zone, cluster);
            }
        }
        return new Home(id, region, zone, own);
    }

    private static boolean isOf(String cluster, @Nullable String place) {
        return place != null && cluster.equals(place + IMPLICIT);
    }

    public static void write(StateWriter out, Home home) {
        out.text(home.id).text(home.region).text(home.zone).text(home.cluster);
    }

    public static Home read(StateReader in) {
        return new Home(in.text(), in.optionalText(), in.optionalText(), in.optionalText());
    }
}
