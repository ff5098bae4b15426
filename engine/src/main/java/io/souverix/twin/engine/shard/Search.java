package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.FleetSums.Place;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.query.Condition;
import io.souverix.twin.core.query.Fields;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Order.Key;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// Finds the nodes of one shard that a filter lets through. The caller keeps the shard still
/// ([Queries#locked]) and has fired the timers that are due.
///
/// The index speaks of nodes that were neither folded nor counted since the question was pinned; what
/// it says of them was so then. Any other node is seen as of the question and tested.
public final class Search {
    private final Shard shard;
    private volatile IdOrder order = IdOrder.NONE;

    Search(Shard shard) {
        this.shard = shard;
    }

    /// A node that was found, and where it stands in the order asked for.
    public static final class Hit<T> {
        private final Key<T> key;
        private final Node node;

        private Hit(Key<T> key, Node node) {
            this.key = key;
            this.node = node;
        }

        public Key<T> key() {
            return key;
        }
    }

    /// The first nodes in an order, after a key.
    ///
    /// @param after null from the start
    public <T> List<Hit<T>> first(
            Sought sought, Order<T> order, @Nullable Key<T> after, int limit) {
        Walk walk = new Walk(sought, Fields.isOfTally(order.field()));
        if (order.isById()) {
            List<Hit<T>> hits = new ArrayList<>();
            walk.byId(
                    after == null ? null : after.id(),
                    (node, view) -> {
                        hits.add(new Hit<>(order.key(view), node));
                        return hits.size() < limit;
                    });
            return hits;
        }
        Best<T> best = new Best<>(order, after, limit);
        walk.inPlace((node, view) -> best.offer(order.key(view), node));
        return best.sorted();
    }

    /// Visits every node that is found, in no order. The view is valid during the visit only.
    public void views(Sought sought, Consumer<TwinView> visitor) {
        new Walk(sought, false)
                .inPlace((_, view) -> {
                    visitor.accept(view);
                    return true;
                });
    }

    /// A node that was found, as it is asked for; it stays so.
    public Seen seen(Hit<?> hit, Sought sought) {
        return shard.queries()
                .past(hit.node, sought.asOf(), sought.asOf().nowMicros(), sought.catalogues());
    }

    /// What the nodes add up to that are found.
    ///
    /// @param dimension null for the whole alone
    public Sums sums(Sought sought, @Nullable Dimension dimension) {
        Sums sums = new Sums(new GroupSums(), new TreeMap<>());
        Walk walk = new Walk(sought, false);
        walk.inPlace((node, view) -> {
            Facets facets = walk.isSure(node) ? node.facets : null;
            boolean placed = facets != null;
            sums.add(
                    facets == null ? view.facets() : facets,
                    placed ? node.places : Census.placesOf(view.twin().identity()),
                    dimension);
            return true;
        });
        return sums;
    }

    /// Sums of the nodes that were found: of all of them, and of each group.
    public record Sums(GroupSums total, Map<String, GroupSums> groups) {
        private void add(Facets facets, List<Place> places, @Nullable Dimension dimension) {
            total.add(facets, 1);
            if (dimension == null) {
                return;
            }
            for (Place place : places) {
                if (place.dimension() == dimension) {
                    groups.computeIfAbsent(place.group(), _ -> new GroupSums()).add(facets, 1);
                }
            }
        }
    }

    /// Nodes are never removed, so an order of as many nodes is of the same.
    private IdOrder ids() {
        IdOrder ids = order;
        if (ids.size() != shard.index().size()) {
            ids = IdOrder.of(shard.byId().values());
            order = ids;
        }
        return ids;
    }

    /// Goes through the nodes that are found.
    private final class Walk {
        private final Sought sought;
        private final AsOf asOf;
        private final FieldIndex index = shard.index();
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
                            ? Plan.of(sought.filter().condition(), index)
                            : new Plan(null, sought.filter().condition());
        }

        boolean isSure(Node node) {
            return allSure
                    || (sought.indexed()
                            && node.foldedAddress < asOf.before()
                            && node.countedMicros <= asOf.nowMicros());
        }

        /// The places to look at, or null for all: those of the plan, and those it cannot speak of.
        private @Nullable RoaringBitmap places() {
            RoaringBitmap places = plan.places();
            if (places == null || allSure) {
                return places;
            }
            RoaringBitmap more = places.clone();
            for (int place = 0; place < index.size(); place++) {
                if (!isSure(index.node(place))) {
                    more.add(place);
                }
            }
            return more;
        }

        /// Visits in no order, until the visitor says false.
        void inPlace(BiPredicate<Node, TwinView> visitor) {
            RoaringBitmap places = places();
            if (places == null) {
                for (int place = 0; place < index.size(); place++) {
                    if (!visit(index.node(place), visitor)) {
                        return;
                    }
                }
                return;
            }
            var next = places.getIntIterator();
            while (next.hasNext()) {
                if (!visit(index.node(next.next()), visitor)) {
                    return;
                }
            }
        }

        /// Visits in the order of ids, until the visitor says false.
        void byId(@Nullable String after, BiPredicate<Node, TwinView> visitor) {
            IdOrder ids = ids();
            RoaringBitmap places = places();
            int rank = after == null ? 0 : ids.after(after);
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

        private boolean visit(Node node, BiPredicate<Node, TwinView> visitor) {
            boolean sure = isSure(node);
            if (!sure && !shard.queries().isKnown(node, asOf)) {
                return true;
            }
            TwinView view = sure ? present(node) : past(node);
            Condition rest = sure ? plan.rest() : sought.filter().condition();
            return (rest != null && !rest.test(view)) || visitor.test(node, view);
        }

        private TwinView present(Node node) {
            return new TwinView(
                    node.twin, shard.catalogue(), shard.rules(), asOf.nowMicros(), node.tally());
        }

        private TwinView past(Node node) {
            Queries queries = shard.queries();
            return tallied
                    ? queries.past(node, asOf, asOf.nowMicros(), sought.catalogues()).view()
                    : queries.pastView(node, asOf, asOf.nowMicros(), sought.catalogues());
        }
    }

    /// The first few of many, in an order.
    private static final class Best<T> {
        private final Order<T> order;
        private final @Nullable Key<T> after;
        private final int limit;
        private final PriorityQueue<Hit<T>> worstFirst;

        Best(Order<T> order, @Nullable Key<T> after, int limit) {
            this.order = order;
            this.after = after;
            this.limit = limit;
            this.worstFirst =
                    new PriorityQueue<>((a, b) -> order.comparator().compare(b.key, a.key));
        }

        /// Always true: all of them must be seen.
        boolean offer(Key<T> key, Node node) {
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
