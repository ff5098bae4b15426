package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Inbox;
import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// What the nodes of a shard raise in attention by themselves. A million nodes may fall silent
/// together: no twin is read from disk whose node was counted as it is asked about.
public final class ShardInbox {
    /// How many nodes are passed under one hold of the lock.
    private static final int SLICE_NODES = 4_096;

    private final Shard shard;
    private final AsOf asOf;
    private final Catalogues catalogues;
    private final long highestEpoch;
    private final Inbox inbox = new Inbox();

    /// How many twins were folded under this hold of the lock.
    private int folded;

    /// @param asOf pinned; or the present, each node then as it stands when it is passed
    /// @param highestEpoch the highest epoch that was ever claimed anywhere, or -1
    public ShardInbox(Shard shard, AsOf asOf, Catalogues catalogues, long highestEpoch) {
        this.shard = shard;
        this.asOf = asOf;
        this.catalogues = catalogues;
        this.highestEpoch = highestEpoch;
    }

    /// As the nodes are counted. A node that was folded or counted since the question was pinned is seen
    /// as of it.
    public Inbox standing() {
        String last = null;
        do {
            String after = last;
            last = shard.queries().locked(() -> slice(after));
        } while (last != null);
        return inbox;
    }

    /// Passes the next nodes after an id.
    ///
    /// @return the last of them; null where there are no more
    private @Nullable String slice(@Nullable String after) {
        IdOrder order = shard.order();
        int from = order.after(after);
        int to = Math.min(order.size(), from + SLICE_NODES);
        RoaringBitmap changed = new RoaringBitmap();
        boolean all = shard.changedSince(asOf) && !shard.recounted().since(asOf, changed);
        folded = 0;
        for (int rank = from; rank < to; rank++) {
            int place = order.place(rank);
            if (folded == Queries.SLICE_TWINS) {
                return shard.roster().id(order.place(rank - 1));
            }
            if ((all || changed.contains(place)) && !isKnown(order.node(rank))) {
                addPast(order.node(rank));
            } else {
                addStanding(place);
            }
        }
        return to == order.size() ? null : shard.roster().id(order.place(to - 1));
    }

    private boolean isKnown(Node node) {
        return asOf.knows(node.foldedAddress, node.countedMicros);
    }

    private void addStanding(int place) {
        Roster roster = shard.roster();
        Facets facets = roster.facets(place);
        if (facets == null || !facets.raises(highestEpoch)) {
            return;
        }
        Node made = roster.made(place);
        if (made != null && made.uncounted) {
            return;
        }
        List<Raised> raised = roster.raised(place);
        add(
                facets,
                raised == null ? shard.raised(roster.node(place)) : raised,
                () -> roster.id(place));
    }

    private void addPast(Node node) {
        folded++;
        if (!node.uncounted && shard.queries().isKnown(node, asOf)) {
            TwinView view = past(node);
            add(view.facets(), view);
        }
    }

    private TwinView past(Node node) {
        return shard.queries().pastView(node, asOf, asOf.nowMicros(), catalogues);
    }

    private void add(Facets facets, TwinView view) {
        add(facets, view.raised(facets.alerts()), view.twin()::id);
    }

    private void add(Facets facets, List<Raised> raised, Supplier<String> subject) {
        for (Raised one : raised) {
            inbox.add(one, subject);
        }
        if (facets.isAhead(highestEpoch)) {
            inbox.add(Raised.epochAhead(facets.desiredEpoch()), subject);
        }
    }

    private record Candidate(Node node, Facets facets) {}

    /// As the faces of the nodes say: the twins of those that raise anything are seen as of the
    /// question.
    public Inbox past() {
        List<Candidate> raising = new ArrayList<>();
        Queries queries = shard.queries();
        queries.faces()
                .seek(
                        null,
                        asOf,
                        catalogues,
                        (node, face) -> {
                            if (face.facets().raises(highestEpoch)) {
                                raising.add(new Candidate(node, face.facets()));
                            }
                            return true;
                        });
        for (int from = 0; from < raising.size(); from += Queries.SLICE_TWINS) {
            int to = Math.min(raising.size(), from + Queries.SLICE_TWINS);
            List<Candidate> slice = raising.subList(from, to);
            var _ =
                    queries.locked(() -> {
                        slice.forEach(one -> add(one.facets, past(one.node)));
                        return true;
                    });
        }
        return inbox;
    }
}
