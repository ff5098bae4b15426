package io.souverix.twin.engine.shard;

import io.souverix.twin.core.query.Condition;
import io.souverix.twin.core.query.Fields;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Order.SortKey;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Face;
import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// Finds the nodes of one shard that a filter lets through. Where the index speaks of a question the
/// caller keeps the shard still ([Queries#locked]) and has fired the timers that are due; else the
/// lock is taken in slices.
///
/// The index speaks of nodes that were neither folded nor counted since the question was pinned; what
/// it says of them was so then. Any other node is seen as of the question and tested.
public final class Search {
    private final Shard shard;

    Search(Shard shard) {
        this.shard = shard;
    }

    /// A node that was found, and where it stands in the order asked for.
    public static final class Hit<T> {
        private final SortKey<T> key;
        private final Node node;

        private Hit(SortKey<T> key, Node node) {
            this.key = key;
            this.node = node;
        }

        public SortKey<T> key() {
            return key;
        }
    }

    /// A node that passes, looked at as far as somebody asks.
    private interface Candidate {
        Node node();

        TwinView view();

        Face face();

        /// Where it stands in an order.
        default <T> SortKey<T> key(Order<T> order) {
            return order.key(view());
        }
    }

    /// The first nodes in an order, after a key.
    ///
    /// @param after null from the start
    public <T> List<Hit<T>> first(
            Sought sought, Order<T> order, @Nullable SortKey<T> after, int limit) {
        Walk walk = new Walk(sought, Fields.isOfTally(order.field()));
        if (order.isById()) {
            List<Hit<T>> hits = new ArrayList<>();
            walk.byId(
                    after == null ? null : after.id(),
                    found -> {
                        hits.add(new Hit<>(new SortKey<>(null, found.node().id), found.node()));
                        return hits.size() < limit;
                    });
            return hits;
        }
        Best<T> best = new Best<>(order, after, limit);
        walk.inPlace(found -> best.offer(found.key(order), found.node()));
        return best.sorted();
    }

    /// Visits every node that is found, in no order. The view is valid during the visit only.
    public void views(Sought sought, Consumer<TwinView> visitor) {
        new Walk(sought, false)
                .inPlace(found -> {
                    visitor.accept(found.view());
                    return true;
                });
    }

    /// Shows the face of every node that is found, in no order.
    public void faces(Sought sought, Consumer<Face> visitor) {
        new Walk(sought, false)
                .inPlace(found -> {
                    visitor.accept(found.face());
                    return true;
                });
    }

    /// A node that was found, as it is asked for; it stays so.
    public Seen seen(Hit<?> hit, Sought sought) {
        return shard.queries()
                .locked(() ->
                        shard.queries()
                                .past(
                                        hit.node,
                                        sought.asOf(),
                                        sought.asOf().nowMicros(),
                                        sought.catalogues()));
    }

    /// Goes through the nodes that are found.
    private final class Walk {
        private final Sought sought;
        private final AsOf asOf;
        private final Roster roster = shard.roster();
        private final Columns columns = shard.queries().faces().columns();
        private final boolean tallied;
        private final boolean allSure;
        private final Plan plan;

        Walk(Sought sought, boolean tallied) {
            this.sought = sought;
            this.asOf = sought.asOf();
            this.tallied = tallied || sought.filter().condition().usesTally();
            this.allSure = sought.indexed() && !shard.changedSince(asOf);
            this.plan =
                    sought.indexed()
                            ? Plan.of(sought.filter().condition(), shard.index())
                            : Plan.NONE;
        }

        boolean isSure(Node node) {
            return allSure
                    || (sought.indexed() && asOf.knows(node.foldedAddress, node.countedMicros));
        }

        /// The places to look at, or null for all: those of the plan, and those it cannot speak of.
        private @Nullable RoaringBitmap places() {
            RoaringBitmap places = plan.places();
            if (places == null || allSure) {
                return places;
            }
            RoaringBitmap more = places.clone();
            if (shard.recounted().since(asOf, more)) {
                return more;
            }
            for (int place = 0; place < roster.size(); place++) {
                if (!isSure(roster.node(place))) {
                    more.add(place);
                }
            }
            return more;
        }

        /// Visits in no order, until the visitor says false.
        void inPlace(Predicate<Candidate> visitor) {
            if (!sought.indexed()) {
                seek(null, visitor);
                return;
            }
            RoaringBitmap places = places();
            if (places == null) {
                for (int place = 0; place < roster.size(); place++) {
                    if (!visit(roster.node(place), visitor)) {
                        return;
                    }
                }
                return;
            }
            var next = places.getIntIterator();
            while (next.hasNext()) {
                if (!visit(roster.node(next.next()), visitor)) {
                    return;
                }
            }
        }

        /// Visits in the order of ids, until the visitor says false.
        void byId(@Nullable String after, Predicate<Candidate> visitor) {
            if (!sought.indexed()) {
                seek(after, visitor);
                return;
            }
            IdOrder ids = shard.order();
            RoaringBitmap places = places();
            int rank = ids.after(after);
            if (places == null) {
                while (rank < ids.size() && visit(ids.node(rank), visitor)) {
                    rank++;
                }
                return;
            }
            BitSet ranks = new BitSet(ids.size());
            places.forEach((int place) -> ranks.set(ids.rank(place)));
            for (int at = ranks.nextSetBit(rank);
                    at >= 0 && visit(ids.node(at), visitor);
                    at = ranks.nextSetBit(at + 1)) {}
        }

        private boolean visit(Node node, Predicate<Candidate> visitor) {
            boolean sure = isSure(node);
            // What cannot be counted is set aside, as in the sums: nobody can say what it is.
            if (node.uncounted || (!sure && !shard.queries().isKnown(node, asOf))) {
                return true;
            }
            Condition rest = sure ? plan.rest() : sought.filter().condition();
            if (rest == null) {
                return visitor.test(new Sure(this, node));
            }
            TwinView view = sure ? present(node) : past(node);
            return !rest.test(view) || visitor.test(new Now(node, view, sure, columns));
        }

        /// Of the past the faces decide where they can; what they do not tell is folded.
        private void seek(@Nullable String after, Predicate<Candidate> visitor) {
            shard.queries()
                    .faces()
                    .seek(
                            after,
                            asOf,
                            sought.catalogues(),
                            (node, face) -> {
                                Boolean passes =
                                        FaceFields.passes(
                                                sought.filter().condition(),
                                                node.id,
                                                face,
                                                asOf.nowMicros());
                                if (passes != null) {
                                    return !passes || visitor.test(new Then(this, node, face));
                                }
                                TwinView view = past(node);
                                return !sought.filter().test(view)
                                        || visitor.test(new Now(node, view, false, columns));
                            });
        }

        private TwinView present(Node node) {
            return shard.view(node.twin(), shard.catalogue(), asOf, asOf.nowMicros())
                    .with(node.tally());
        }

        private TwinView past(Node node) {
            Queries queries = shard.queries();
            return tallied
                    ? queries.past(node, asOf, asOf.nowMicros(), sought.catalogues()).view()
                    : queries.pastView(node, asOf, asOf.nowMicros(), sought.catalogues());
        }
    }

    /// A node of which the index said enough so far: its twin need not be in memory.
    private record Sure(Walk walk, Node node) implements Candidate {
        @Override
        public TwinView view() {
            return walk.present(node);
        }

        @Override
        public Face face() {
            Face standing = Columns.standing(node);
            return standing == null ? walk.columns.face(view()) : standing;
        }
    }

    /// A node that was seen.
    ///
    /// @param counted whether the sums count it as it was seen
    private record Now(Node node, TwinView view, boolean counted, Columns columns)
            implements Candidate {
        @Override
        public Face face() {
            Face standing = counted ? Columns.standing(node) : null;
            return standing == null ? columns.face(view) : standing;
        }
    }

    /// A node whose face was enough so far.
    private record Then(Walk walk, Node node, Face face) implements Candidate {
        @Override
        public TwinView view() {
            return walk.past(node);
        }

        /// The cast is sound: a field's kind is that of the values read for it.
        @Override
        @SuppressWarnings("unchecked")
        public <T> SortKey<T> key(Order<T> order) {
            List<?> told =
                    FaceFields.values(order.field().name(), node.id, face, walk.asOf.nowMicros());
            if (told == null) {
                return order.key(view());
            }
            return new SortKey<>(told.isEmpty() ? null : (T) told.getFirst(), node.id);
        }
    }

    /// The first few of many, in an order.
    private static final class Best<T> {
        private final Order<T> order;
        private final @Nullable SortKey<T> after;
        private final int limit;
        private final PriorityQueue<Hit<T>> worstFirst;

        Best(Order<T> order, @Nullable SortKey<T> after, int limit) {
            this.order = order;
            this.after = after;
            this.limit = limit;
            this.worstFirst =
                    new PriorityQueue<>((a, b) -> order.comparator().compare(b.key, a.key));
        }

        /// Always true: all of them must be seen.
        boolean offer(SortKey<T> key, Node node) {
            boolean passed = after != null && order.comparator().compare(key, after) <= 0;
            Hit<T> worst = worstFirst.size() < limit ? null : worstFirst.peek();
            if (passed || (worst != null && order.comparator().compare(key, worst.key) >= 0)) {
                return true;
            }
            if (worst != null) {
                worstFirst.poll();
            }
            worstFirst.add(new Hit<>(key, node));
            return true;
        }

        List<Hit<T>> sorted() {
            List<Hit<T>> hits = new ArrayList<>(worstFirst);
            hits.sort((a, b) -> order.comparator().compare(a.key, b.key));
            return hits;
        }
    }
}
