package io.souverix.twin.engine.shard;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The nodes of a shard that have a place in its [FieldIndex], in the order of their ids, and where
/// each place stands in it. Immutable; made on when it is asked for and nodes were added, which are
/// few at a time as nodes never go.
final class IdOrder {
    static final IdOrder NONE = new IdOrder(new Node[0]);

    private final Node[] nodes;
    private volatile int @Nullable [] rankOfPlace;

    private IdOrder(Node[] nodes) {
        this.nodes = nodes;
    }

    /// This one, with the nodes of the places behind those that it has.
    IdOrder upTo(FieldIndex index) {
        int size = index.size();
        if (size == nodes.length) {
            return this;
        }
        Node[] added = new Node[size - nodes.length];
        for (int i = 0; i < added.length; i++) {
            added[i] = index.node(nodes.length + i);
        }
        Arrays.sort(added, Comparator.comparing(node -> node.id));
        return new IdOrder(merged(nodes, added));
    }

    private static Node[] merged(Node[] a, Node[] b) {
        Node[] all = new Node[a.length + b.length];
        int ofA = 0;
        int ofB = 0;
        for (int i = 0; i < all.length; i++) {
            boolean first =
                    ofB == b.length || (ofA < a.length && a[ofA].id.compareTo(b[ofB].id) < 0);
            all[i] = first ? a[ofA++] : b[ofB++];
        }
        return all;
    }

    int size() {
        return nodes.length;
    }

    Node node(int rank) {
        return nodes[rank];
    }

    /// All of them.
    List<Node> all() {
        return Arrays.asList(nodes);
    }

    /// The next ones after an id, at most so many.
    ///
    /// @param id null for the first
    List<Node> next(@Nullable String id, int most) {
        int from = after(id);
        return all().subList(from, Math.min(nodes.length, from + most));
    }

    /// Where the node of a place stands. A lost race makes the same once more.
    int rank(int place) {
        int[] ranks = rankOfPlace;
        if (ranks == null) {
            ranks = new int[nodes.length];
            for (int rank = 0; rank < nodes.length; rank++) {
                ranks[nodes[rank].place] = rank;
            }
            rankOfPlace = ranks;
        }
        return ranks[place];
    }

    /// The rank of the first node whose id is greater.
    ///
    /// @param id null for the first of all
    int after(@Nullable String id) {
        int low = 0;
        int high = id == null ? 0 : nodes.length;
        while (id != null && low < high) {
            int middle = (low + high) >>> 1;
            if (nodes[middle].id.compareTo(id) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
