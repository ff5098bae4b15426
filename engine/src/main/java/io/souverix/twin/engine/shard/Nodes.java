package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.engine.derived.DerivedException;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.derived.HeadPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the events of a shard's nodes add up to, and which nodes no checkpoint holds yet. The caller
/// holds the shard's lock.
final class Nodes {
    private final Sharing sharing;
    private final Residence residence;
    private final Roster roster;
    private final Unseen unseen;
    private final Function<Node, List<Raised>> raised;

    /// Those that wait to be stored, the longest first.
    private final ArrayDeque<Node> queue = new ArrayDeque<>();

    private final StateWriter writer = new StateWriter();
    private long lastAddress = -1;
    private EventHash digest = EventHash.ZERO;
    private long events;

    /// @param raised what a counted node raises by itself
    Nodes(
            Sharing sharing,
            Residence residence,
            Roster roster,
            Function<Node, List<Raised>> raised) {
        this.sharing = sharing;
        this.residence = residence;
        this.roster = roster;
        this.unseen = new Unseen(roster);
        this.raised = raised;
    }

    /// Makes room for about so many nodes, before the first.
    void expect(int nodes) {
        roster.restore(new Restored(sharing, residence, nodes), nodes);
    }

    /// The node of that id, made where there is none.
    Node of(String id) {
        Node node = roster.named(id);
        if (node == null) {
            node = new Node(id, residence);
            node.replace(new Twin(node.id));
            roster.add(node);
        }
        return node;
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
        if (roster.has(id)) {
            return;
        }
        Node node = of(id);
        node.countDropped(count, sum);
        unseen.add(node.place);
        // It is nowhere else: without that it could leave memory before the first of its kept
        // events. It is stored when it is counted.
        node.dirty = true;
        events += count;
        digest = digest.plus(sum);
    }

    /// Says that a node is not as it was.
    void touch(Node node) {
        unseen.add(node.place);
        node.dirty = true;
        queue(node);
    }

    /// Says that a node was counted anew: what is counted of it is to be stored.
    void queue(Node node) {
        if (!node.queued) {
            node.queued = true;
            queue.add(node);
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

    /// How many nodes changed, or were counted anew, since they were last written to the store.
    int unstored() {
        return queue.size();
    }

    /// Writes the nodes that wait the longest to the store.
    ///
    /// @param catalogueAt the position that shows the catalogue they were counted by
    void store(DerivedStore target, int most, Histories histories, long catalogueAt) {
        List<Node> written = new ArrayList<>();
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            while (written.size() < most && !queue.isEmpty()) {
                Node node = queue.remove();
                written.add(node);
                if (node.dirty) {
                    byte[] state = node.write(writer);
                    residence.stored(node, state.length);
                    batch.node(node.id, state);
                }
                if (node.tail().count() > 0) {
                    batch.run(node.id, node.tail().firstAddress(), node.tail().toRun());
                }
                batch.head(node.id, Heads.write(node, raised.apply(node), writer, catalogueAt));
            }
            target.write(batch);
            for (Node node : written) {
                node.queued = false;
                if (node.dirty) {
                    node.dirty = false;
                    node.clearTail();
                    node.storedMicros = node.lastMicros;
                    node.changedSinceStored = Long.MAX_VALUE;
                    histories.forget(node.id);
                }
            }
        } catch (DerivedException e) {
            written.forEach(queue::push);
            throw e;
        }
        residence.trim();
    }

    /// Takes what the store tells of a node, at start; they come in the order of their ids.
    ///
    /// @return the node where something of it is set aside
    @Nullable Node restore(HeadPage page, int head) {
        Restored restored = Objects.requireNonNull(roster.restored());
        int place = roster.add(page.bytes(), page.idFrom(head), page.from(head));
        Node.Facts told = restored.add(page, head);
        unseen.add(place);
        at(told.foldedAddress());
        events += told.events();
        digest = digest.plus(told.revision());
        return told.aside().isEmpty() ? null : roster.node(place);
    }
}
