package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.engine.derived.DerivedException;
import io.souverix.twin.engine.derived.DerivedStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The nodes of a shard, what their events add up to, and which of them no checkpoint holds yet. The
/// caller holds the shard's lock.
final class Nodes {
    private final Sharing sharing;
    private final Map<String, Node> all = new HashMap<>();

    /// Made when the shard begins to serve.
    private @Nullable NavigableMap<String, Node> byId;

    private final Unseen unseen = new Unseen();
    private final ArrayDeque<Node> dirty = new ArrayDeque<>();
    private final StateWriter writer = new StateWriter();
    private long lastAddress = -1;
    private EventHash digest = EventHash.ZERO;
    private long events;

    Nodes(Sharing sharing) {
        this.sharing = sharing;
    }

    @Nullable Node named(String id) {
        return all.get(id);
    }

    /// The node of that id, made where there is none.
    Node of(String id) {
        Node node = all.get(id);
        if (node == null) {
            node = new Node(sharing.text(id));
            all.put(node.id, node);
            if (byId != null) {
                byId.put(node.id, node);
            }
        }
        return node;
    }

    Collection<Node> all() {
        return all.values();
    }

    /// The nodes in the order of their ids; empty before the shard serves.
    NavigableMap<String, Node> byId() {
        return byId == null ? new TreeMap<>() : byId;
    }

    /// Puts the nodes in order; from now on they are kept so.
    void sort() {
        byId = new TreeMap<>(all);
    }

    /// Those that a follower has not seen since they were touched.
    Unseen unseen() {
        return unseen;
    }

    /// Takes note of an event's place, whatever comes of it.
    void at(long address) {
        lastAddress = Math.max(lastAddress, address);
    }

    /// Counts an accepted event in.
    void count(Node node, Event event) {
        node.count(event);
        events++;
        digest = digest.plus(event.hash());
    }

    /// Counts in events of a node that were dropped from the log, unless its state from the store
    /// counts them.
    void countDropped(String id, long count, EventHash sum) {
        if (all.containsKey(id)) {
            return;
        }
        of(id).countDropped(count, sum);
        events += count;
        digest = digest.plus(sum);
    }

    /// Says that a node is not as it was.
    void touch(Node node) {
        unseen.add(node);
        if (!node.dirty) {
            node.dirty = true;
            dirty.add(node);
        }
    }

    /// The address of the last event that was folded here, or -1.
    long lastAddress() {
        return lastAddress;
    }

    /// How many events were ever accepted.
    long events() {
        return events;
    }

    /// The sum of the hashes of all events ever accepted.
    EventHash digest() {
        return digest;
    }

    /// How many nodes changed since they were last written to the store.
    int unstored() {
        return dirty.size();
    }

    /// Writes the nodes that are changed the longest to the store.
    void store(DerivedStore target, int most, Histories histories) {
        List<Node> written = new ArrayList<>();
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            while (written.size() < most && !dirty.isEmpty()) {
                Node node = dirty.remove();
                written.add(node);
                batch.node(node.id, node.write(writer));
                if (node.tail.count() > 0) {
                    batch.run(node.id, node.tail.firstAddress(), node.tail.toRun());
                }
            }
            target.write(batch);
            for (Node node : written) {
                node.dirty = false;
                node.tail.clear();
                node.storedMicros = node.lastMicros;
                node.changedSinceStored = Long.MAX_VALUE;
                histories.forget(node.id);
            }
        } catch (DerivedException e) {
            written.forEach(dirty::push);
            throw e;
        }
    }

    /// Takes the state of a node from the store, at start.
    Node restore(String id, byte[] state) {
        Node node = Node.read(sharing.text(id), state, sharing);
        all.put(node.id, node);
        unseen.add(node);
        at(node.foldedAddress);
        events += node.events;
        digest = digest.plus(node.tally().revision());
        return node;
    }
}
