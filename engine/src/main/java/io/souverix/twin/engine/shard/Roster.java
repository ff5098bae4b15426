package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.fleet.Facets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The nodes of a shard. Each has a place, in the order they came, and is found by its id.
///
/// One that a start took from the store is made when it is first asked for ([Restored]): a start of a
/// million would else make objects that nobody has asked for yet, and the collector would carry them
/// along. The caller holds the shard's lock; several readers may make nodes at a time.
final class Roster {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Node[].class);

    private final PlacedIds ids = new PlacedIds();
    private @Nullable Node[] nodes = new Node[64];

    /// What nodes are made of that are not; null where all are made.
    private volatile @Nullable Restored restored;

    /// Takes what nodes of the store will be made of: they get the first places.
    ///
    /// @param expected about how many there are
    void restore(Restored fromStore, int expected) {
        restored = fromStore;
        nodes = Arrays.copyOf(nodes, Math.max(nodes.length, expected));
        ids.expect(expected);
    }

    /// Those of the store, some of which may have been made; null where there were none, or all were.
    @Nullable Restored restored() {
        return restored;
    }

    /// The nodes of the store are counted in.
    void served() {
        Restored from = restored;
        if (from != null) {
            from.served();
            restored = from.isUsedUp() ? null : from;
        }
    }

    int size() {
        return ids.size();
    }

    PlacedIds ids() {
        return ids;
    }

    String id(int place) {
        Node made = made(place);
        return made == null ? ids.text(place) : made.id;
    }

    Node node(int place) {
        Node made = made(place);
        return made == null ? make(place) : made;
    }

    /// The node of a place, where somebody has asked for it.
    @Nullable Node made(int place) {
        return (Node) ELEMENT.getAcquire(nodes, place);
    }

    private synchronized Node make(int place) {
        Node made = made(place);
        if (made == null) {
            Restored from = Objects.requireNonNull(restored);
            made = from.make(place, ids.text(place));
            ELEMENT.setRelease(nodes, place, made);
            restored = from.isUsedUp() ? null : from;
        }
        return made;
    }

    /// What is counted of a node, where anything is; of one that nobody has asked for, but for what it
    /// owes.
    @Nullable Facets facets(int place) {
        // First: it goes when the last node was made.
        Restored from = restored;
        Node made = made(place);
        return made == null ? Objects.requireNonNull(from).facets(place) : made.facets;
    }

    /// What a counted node raises by itself; null where nobody has looked since it was counted.
    @Nullable List<Raised> raised(int place) {
        Node made = made(place);
        return made == null ? restoredRaised(place) : made.raised;
    }

    /// Beside [#make], which lets go what is read here.
    private synchronized @Nullable List<Raised> restoredRaised(int place) {
        Node made = made(place);
        return made == null ? Objects.requireNonNull(restored).raised(place) : made.raised;
    }

    boolean has(String id) {
        return ids.find(id) >= 0;
    }

    @Nullable Node named(String id) {
        int place = ids.find(id);
        return place < 0 ? null : node(place);
    }

    /// Gives a place to the next node of the store.
    ///
    /// @param bytes in which its id stands
    int add(byte[] bytes, int from, int to) {
        return grown(ids.add(bytes, from, to));
    }

    /// Gives a new node its place.
    void add(Node node) {
        node.place = grown(ids.add(node.id));
        nodes[node.place] = node;
    }

    private int grown(int place) {
        if (place == nodes.length) {
            nodes = Arrays.copyOf(nodes, place / 2 * 3);
        }
        return place;
    }
}
