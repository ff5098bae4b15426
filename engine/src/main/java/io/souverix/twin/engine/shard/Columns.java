package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.fleet.Documents;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.trust.RunningSbom;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.Column;
import io.souverix.twin.engine.past.Face;
import io.souverix.twin.engine.past.Remembered;
import io.souverix.twin.engine.past.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The columns of a shard's nodes: built when a node is first asked about in the past, built on when
/// it has gone on since. The caller holds the shard's lock; several readers may build at a time, and
/// the one that came furthest is kept.
final class Columns {
    /// About how many bytes an entry takes, by measurement.
    private static final long ENTRY_BYTES = 64;

    /// How many entries all shards together keep at most: about a quarter of the heap.
    static final long MAX_ENTRIES = Runtime.getRuntime().maxMemory() / 4 / ENTRY_BYTES;

    /// By how many events a column that nobody waits for is built on under one hold of the lock, at
    /// least, and by which part of what it has: it is copied each time.
    private static final int MIN_STEP = 16;

    private static final int PART_OF_STEP = 16;

    /// How many different facets are shared between nodes; a power of two.
    private static final int MAX_SHARED_FACETS = 65_536;

    private final Shard shard;
    private final Hindsight hindsight;
    private volatile long entries;
    private final long room;
    private final @Nullable Facets[] shared = new Facets[MAX_SHARED_FACETS];
    private final Sharing sharing = new RecentSharing();

    /// Of no use, but that the compiler leaves out no pass that it depends on.
    @SuppressWarnings("UnusedVariable")
    private long fetched;

    /// @param room how many entries are kept; a column that finds none is built for its question only
    Columns(Shard shard, Hindsight hindsight, long room) {
        this.shard = shard;
        this.room = room;
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
        Column column = column(node, asOf, catalogues);
        return column == null ? folded(node, asOf, catalogues) : column.at(asOf.atMicros());
    }

    /// Brings what the faces of nodes are found by from memory into the processor's caches. Node by
    /// node, each step would wait for memory; pass by pass, many are on their way at a time.
    void fetch(List<Node> nodes, AsOf asOf) {
        long seen = 0;
        @Nullable Remembered[] pasts = new Remembered[nodes.size()];
        for (int i = 0; i < pasts.length; i++) {
            Node node = nodes.get(i);
            pasts[i] = node.past;
            seen += node.firstMicros + node.foldedAddress;
        }
        @Nullable Facets[] facets = new Facets[pasts.length];
        for (Remembered past : pasts) {
            seen += past == null ? 0 : past.validBelow() + past.column().size();
        }
        for (int i = 0; i < pasts.length; i++) {
            Remembered past = pasts[i];
            if (past != null) {
                facets[i] = past.column().facetsAt(asOf.atMicros());
                seen += past.timelines().size();
            }
        }
        for (Facets shown : facets) {
            seen += shown == null ? 0 : shown.debtFromMicros();
        }
        fetched = seen;
    }

    /// For what columns are made of.
    Sharing sharing() {
        return sharing;
    }

    /// The column of a node, where it holds for a question, and for any of an earlier instant and the
    /// same knowledge; else null.
    @Nullable Column column(Node node, AsOf asOf, Catalogues catalogues) {
        if (!hindsight.untouched(node, asOf) || hasNewerDocument(node, asOf)) {
            return null;
        }
        Remembered past = remembered(node, asOf.atMicros(), catalogues);
        for (Timeline timeline : past.timelines()) {
            if (!timeline.untouched(asOf)) {
                return null;
            }
        }
        return past.column();
    }

    /// Whether what a node ran has a document that was not known yet.
    private boolean hasNewerDocument(Node node, AsOf asOf) {
        Documents all = shard.catalogue().documents();
        if (all.areKnownAt(asOf.knownMicros())) {
            return false;
        }
        RunningSbom run = RunningSbom.at(node.twin().trust().sbomRuns(), asOf.atMicros());
        return run != null
                && all.holds(run.hash())
                && !all.knownAt(asOf.knownMicros()).holds(run.hash());
    }

    /// The face as the sums count it: of its identity what places it, and no edges. Its twin need not
    /// be in memory.
    static @Nullable Face standing(Node node) {
        Facets facets = node.facets;
        Identity placement = node.placement();
        return facets == null || placement == null
                ? null
                : new Face(facets, placement, List.of(), node.countedDecommissioned);
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
        return face(view, share(view.facets()));
    }

    /// The same, of which is known what aggregates count of it.
    static Face face(TwinView view, Facets facets) {
        return new Face(
                facets,
                view.twin().identity(),
                view.twin().relationships().edges(),
                view.decommissioned());
    }

    /// Equal facets that were seen lately. Racing threads at worst share less.
    Facets share(Facets facets) {
        int slot = facets.hashCode() * 0x9e3779b1 >>> 16 & (MAX_SHARED_FACETS - 1);
        Facets standing = shared[slot];
        if (standing != null && standing.equals(facets)) {
            return standing;
        }
        shared[slot] = facets;
        return facets;
    }

    /// The column of a node, complete up to an instant at least.
    Remembered remembered(Node node, long upToMicros, Catalogues catalogues) {
        return remembered(node, upToMicros, catalogues, Integer.MAX_VALUE);
    }

    /// Goes on building the column of a node that is not ready, by some events at most: whoever appends
    /// waits for it.
    ///
    /// @return whether there was room for it
    boolean buildOn(Node node, Catalogues catalogues) {
        int step = Math.max(MIN_STEP, size(node.past) / PART_OF_STEP);
        Remembered built = remembered(node, Long.MAX_VALUE - 1, catalogues, step);
        Remembered kept = node.past;
        return kept != null && kept.validBelow() >= built.validBelow();
    }

    private Remembered remembered(
            Node node, long upToMicros, Catalogues catalogues, int mostEvents) {
        Remembered kept = node.past;
        Remembered checked = kept == null ? null : kept.checked(catalogues);
        if (checked != null && checked.validBelow() > upToMicros) {
            if (!checked.equals(kept)) {
                node.past = checked;
            }
            return checked;
        }
        Remembered built =
                new ColumnBuilding(shard, this, node, catalogues).from(checked, mostEvents);
        keep(node, kept, built);
        return built;
    }

    /// @param from what was there when it was begun: another reader may have come further since
    @SuppressWarnings("ReferenceEquality") // whether it is still the one
    private synchronized void keep(Node node, @Nullable Remembered from, Remembered built) {
        Remembered standing = node.past;
        boolean overtaken =
                standing != null && standing != from && standing.validBelow() >= built.validBelow();
        int more = built.column().size() - size(standing);
        if (!overtaken && entries + more <= room) {
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

    long entries() {
        return entries;
    }
}
