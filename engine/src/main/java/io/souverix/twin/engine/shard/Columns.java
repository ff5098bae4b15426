package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.Face;
import io.souverix.twin.engine.past.Remembered;
import io.souverix.twin.engine.past.Timeline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The columns of a shard's nodes: built when a node is first asked about in the past, built on when
/// it has gone on since. The caller holds the shard's lock; several readers may build at a time, and
/// then build the same.
final class Columns {
    /// How many entries are kept. A column that finds no room is built for its question only.
    static final long MAX_ENTRIES = 4L << 20;

    /// How many different facets are shared between nodes.
    private static final int MAX_SHARED_FACETS = 65_536;

    private final Shard shard;
    private final Hindsight hindsight;
    private volatile long entries;
    private final Map<Facets, Facets> shared = new ConcurrentHashMap<>();

    Columns(Shard shard, Hindsight hindsight) {
        this.shard = shard;
        this.hindsight = hindsight;
    }

    /// The face of a node as of a question; null where it is not there.
    ///
    /// @param asOf pinned, or of the present
    @Nullable Face face(Node node, AsOf asOf, Catalogues catalogues) {
        if (asOf.atMicros() == AsOf.ALL) {
            return asOf.before() == AsOf.ALL ? standing(node) : folded(node, asOf, catalogues);
        }
        if (node.foldedAddress < asOf.before() && node.firstMicros > asOf.atMicros()) {
            return null;
        }
        if (!hindsight.untouched(node, asOf)) {
            return folded(node, asOf, catalogues);
        }
        Remembered past = remembered(node, asOf.atMicros(), catalogues);
        for (Timeline timeline : past.timelines()) {
            if (!timeline.untouched(asOf)) {
                return folded(node, asOf, catalogues);
            }
        }
        return past.column().at(asOf.atMicros());
    }

    /// The face as the sums count it.
    private static @Nullable Face standing(Node node) {
        Facets facets = node.facets;
        return facets == null
                ? null
                : new Face(
                        facets,
                        node.twin.identity(),
                        node.twin.relationships().edges(),
                        node.countedDecommissioned);
    }

    /// The face by folding what counts.
    private @Nullable Face folded(Node node, AsOf asOf, Catalogues catalogues) {
        long first = hindsight.firstMicros(node, asOf);
        if (first == Long.MAX_VALUE || first > asOf.atMicros()) {
            return null;
        }
        return face(hindsight.view(node, asOf, asOf.nowMicros(), catalogues));
    }

    /// What a view shows.
    Face face(TwinView view) {
        return new Face(
                share(view.facets()),
                view.twin().identity(),
                view.twin().relationships().edges(),
                view.decommissioned());
    }

    private Facets share(Facets facets) {
        if (shared.size() >= MAX_SHARED_FACETS) {
            shared.clear();
        }
        Facets standing = shared.putIfAbsent(facets, facets);
        return standing == null ? facets : standing;
    }

    /// The column of a node, complete up to an instant at least.
    Remembered remembered(Node node, long upToMicros, Catalogues catalogues) {
        Remembered kept = node.past;
        Remembered checked = kept == null ? null : kept.checked(catalogues);
        if (checked != null && checked.validBelow() > upToMicros) {
            if (!checked.equals(kept)) {
                node.past = checked;
            }
            return checked;
        }
        Remembered built = new ColumnBuilding(shard, this, node, catalogues).from(checked);
        keep(node, built);
        return built;
    }

    private synchronized void keep(Node node, Remembered built) {
        int more = built.column().size() - size(node.past);
        if (entries + more <= MAX_ENTRIES) {
            entries += more;
            node.past = built;
        }
    }

    private static int size(@Nullable Remembered past) {
        return past == null ? 0 : past.column().size();
    }

    /// Whether the column of a node is there, and complete as far as is known.
    boolean isReady(Node node) {
        Remembered past = node.past;
        return past != null && past.validBelow() == Long.MAX_VALUE;
    }

    /// Whether there is room for more.
    boolean hasRoom() {
        return entries < MAX_ENTRIES;
    }

    long entries() {
        return entries;
    }
}
