package io.souverix.twin.engine.shard;

import java.util.Collection;

/// The nodes of a shard in the order of their ids, and where each place stands in it. Immutable; made
/// anew when nodes were added.
final class IdOrder {
    static final IdOrder NONE = new IdOrder(new Node[0], new int[0]);

    private final Node[] nodes;
    private final int[] rankOfPlace;

    private IdOrder(Node[] nodes, int[] rankOfPlace) {
        this.nodes = nodes;
        this.rankOfPlace = rankOfPlace;
    }

    /// @param sorted every node that has a place, by id
    static IdOrder of(Collection<Node> sorted) {
        Node[] nodes = sorted.toArray(Node[]::new);
        int[] ranks = new int[nodes.length];
        for (int rank = 0; rank < nodes.length; rank++) {
            ranks[nodes[rank].place] = rank;
        }
        return new IdOrder(nodes, ranks);
    }

    int size() {
        return nodes.length;
    }

    Node node(int rank) {
        return nodes[rank];
    }

    int rank(int place) {
        return rankOfPlace[place];
    }

    /// The rank of the first node whose id is greater.
    int after(String id) {
        int low = 0;
        int high = nodes.length;
        while (low < high) {
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
