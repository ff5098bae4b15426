package io.souverix.twin.engine.shard;

import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.engine.derived.DerivedException;
import io.souverix.twin.engine.derived.DerivedStore;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Which twins of a shard are in memory. One that is asked for is read from the store; where all
/// together take more than their bound, those that nobody asked for lately and that the store holds
/// as they are leave (second chance). Without a store all of them stay.
///
/// The shard's writer and readers that hold its read lock may load, several at a time: while they do,
/// no twin changes. Who holds a twin goes on with it when it leaves; it is the same as the one that
/// is read again.
final class Residence {
    /// About how many bytes of the heap a twin takes for each byte of its state, at most: 2.5 were
    /// measured where no two nodes have the same configuration, 1.3 where many do.
    private static final int HEAP_PER_STATE_BYTE = 3;

    /// What is taken for a twin whose state was never written.
    private static final int NEW_TWIN_BYTES = 4_096;

    /// How many twins are looked at to make room for one.
    private static final int MAX_LOOKS = 64;

    private final @Nullable DerivedStore store;
    private final long bound;
    private final BoundedSharing sharing = new BoundedSharing();
    private final ArrayDeque<Node> ring = new ArrayDeque<>();
    private long bytes;

    /// @param bound about how many bytes its twins may take
    Residence(@Nullable DerivedStore store, long bound) {
        this.store = store;
        this.bound = bound;
    }

    /// The twin of a node, read where no other reader was quicker.
    Twin load(Node node) throws DerivedException {
        DerivedStore source = store;
        byte[] state = source == null ? null : source.node(node.id);
        if (state == null) {
            throw new DerivedException(
                    "found no state of node " + node.id + " in the derived store");
        }
        synchronized (this) {
            Twin here = node.here();
            if (here != null) {
                return here;
            }
            Twin twin = Node.read(node.id, state, sharing).twin();
            node.settle(twin);
            node.twinBytes = cost(state.length);
            enter(node);
            trim(MAX_LOOKS, node);
            return twin;
        }
    }

    /// Takes a node whose twin was put into memory by events.
    synchronized void admit(Node node) {
        if (store == null) {
            node.resident = true;
            return;
        }
        if (node.twinBytes == 0) {
            node.twinBytes = NEW_TWIN_BYTES;
        }
        enter(node);
    }

    private void enter(Node node) {
        node.resident = true;
        bytes += node.twinBytes;
        ring.add(node);
    }

    /// The state of a node was written and is so many bytes long.
    synchronized void stored(Node node, int stateBytes) {
        int fresh = cost(stateBytes);
        if (node.resident) {
            bytes += fresh - node.twinBytes;
        }
        node.twinBytes = fresh;
    }

    /// Lets go what is too much.
    synchronized void trim() {
        trim(ring.size() * 2, null);
    }

    private void trim(int looks, @Nullable Node but) {
        for (int i = 0; i < looks && bytes > bound && !ring.isEmpty(); i++) {
            Node node = ring.remove();
            if (node.dirty || node.equals(but) || node.asked) {
                node.asked = false;
                ring.add(node);
            } else {
                leave(node);
            }
        }
    }

    /// Lets go those that came last, as long as they are counted and the store holds them as they are.
    synchronized void leave() {
        while (!ring.isEmpty() && !ring.getLast().dirty && ring.getLast().facets != null) {
            leave(ring.removeLast());
        }
    }

    private void leave(Node node) {
        node.evict();
        node.asked = false;
        node.resident = false;
        bytes -= node.twinBytes;
    }

    /// Whether the twins take more than they may.
    synchronized boolean isOver() {
        return bytes > bound;
    }

    private static int cost(int stateBytes) {
        return Math.max(1, stateBytes * HEAP_PER_STATE_BYTE);
    }
}
