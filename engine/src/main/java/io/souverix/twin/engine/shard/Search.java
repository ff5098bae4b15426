package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.FleetSums.Place;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Condition;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Order.Key;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// Finds the nodes of one shard that a filter lets through, now. The caller keeps the shard still
/// ([Queries#locked]) and has fired the timers that are due.
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
            CompiledFilter filter,
            Order<T> order,
            @Nullable Key<T> after,
            int limit,
            long nowMicros) {
        if (order.isById()) {
            return firstById(filter, order, after == null ? null : after.id(), limit, nowMicros);
        }
        Best<T> best = new Best<>(order, after, limit);
        each(filter, nowMicros, node -> best.offer(order.key(view(node, nowMicros)), node));
        return best.sorted();
    }

    private <T> List<Hit<T>> firstById(
            CompiledFilter filter,
            Order<T> order,
            @Nullable String after,
            int limit,
            long nowMicros) {
        IdOrder ids = ids();
        Plan plan = Plan.of(filter.condition(), shard.index());
        @Nullable BitSet ranks = plan.places() == null ? null : ranks(plan.places(), ids);
        List<Hit<T>> hits = new ArrayList<>(Math.min(limit, ids.size()));
        int rank = after == null ? 0 : ids.after(after);
        while (hits.size() < limit) {
            rank = ranks == null ? rank : ranks.nextSetBit(rank);
            if (rank < 0 || rank >= ids.size()) {
                break;
            }
            Node node = ids.node(rank++);
            TwinView view = view(node, nowMicros);
            if (passes(plan.rest(), view)) {
                hits.add(new Hit<>(order.key(view), node));
            }
        }
        return hits;
    }

    private static BitSet ranks(RoaringBitmap places, IdOrder ids) {
        BitSet ranks = new BitSet(ids.size());
        places.forEach((int place) -> ranks.set(ids.rank(place)));
        return ranks;
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

    private static boolean passes(@Nullable Condition rest, TwinView view) {
        return rest == null || rest.test(view);
    }

    private TwinView view(Node node, long nowMicros) {
        return new TwinView(node.twin, shard.catalogue(), shard.rules(), nowMicros, node.tally());
    }

    private void each(CompiledFilter filter, long nowMicros, Consumer<Node> found) {
        FieldIndex index = shard.index();
        Plan plan = Plan.of(filter.condition(), index);
        Condition rest = plan.rest();
        if (plan.places() == null) {
            for (int place = 0; place < index.size(); place++) {
                test(index.node(place), rest, nowMicros, found);
            }
        } else {
            plan.places()
                    .forEach((int place) -> test(index.node(place), rest, nowMicros, found));
        }
    }

    private void test(
            Node node, @Nullable Condition rest, long nowMicros, Consumer<Node> found) {
        if (rest == null || rest.test(view(node, nowMicros))) {
            found.accept(node);
        }
    }

    /// Visits every node that is found, in no order. The view is valid during the visit only.
    public void views(CompiledFilter filter, long nowMicros, Consumer<TwinView> visitor) {
        each(filter, nowMicros, node -> visitor.accept(view(node, nowMicros)));
    }

    /// A node that was found, as it is now; it stays so.
    public Seen seen(Hit<?> hit, long nowMicros) {
        Node node = hit.node;
        TwinView view =
                new TwinView(
                        node.twin.copy(),
                        shard.catalogue(),
                        shard.rules(),
                        nowMicros,
                        node.tally());
        return new Seen(view, node.tally(), node.foldedAddress);
    }

    /// What the found nodes add up to: the whole under [#WHOLE], and each group of a dimension.
    ///
    /// @param dimension null for the whole alone
    public Sums sums(CompiledFilter filter, @Nullable Dimension dimension, long nowMicros) {
        Sums sums = new Sums(new GroupSums(), new TreeMap<>());
        each(filter, nowMicros, node -> sums.add(node, dimension));
        return sums;
    }

    /// Sums of the nodes that were found.
    public record Sums(GroupSums total, Map<String, GroupSums> groups) {
        private void add(Node node, @Nullable Dimension dimension) {
            var facets = node.facets;
            if (facets == null) {
                return;
            }
            total.add(facets, 1);
            for (Place place : dimension == null ? List.<Place>of() : node.places) {
                if (place.dimension() == dimension) {
                    groups.computeIfAbsent(place.group(), _ -> new GroupSums()).add(facets, 1);
                }
            }
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

        void offer(Key<T> key, Node node) {
            if (after != null && order.comparator().compare(key, after) <= 0) {
                return;
            }
            if (worstFirst.size() == limit) {
                Hit<T> worst = worstFirst.peek();
                if (worst == null || order.comparator().compare(key, worst.key) >= 0) {
                    return;
                }
                worstFirst.poll();
            }
            worstFirst.add(new Hit<>(key, node));
        }

        List<Hit<T>> sorted() {
            List<Hit<T>> hits = new ArrayList<>(worstFirst);
            hits.sort((a, b) -> order.comparator().compare(a.key, b.key));
            return hits;
        }
    }
}
