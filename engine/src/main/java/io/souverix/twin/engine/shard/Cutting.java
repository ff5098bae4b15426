package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Payload.EventAnnulled;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// What a cut of the log drops of the nodes of one shard: events with a timestamp up to the floor
/// that stand before the place of the cut and that nothing rests on any more.
///
/// First it is found out ([#select]), node by node beside the folding; then, when what stays is
/// durable, the nodes forget the rest ([#forget]). For one thread.
public final class Cutting {
    private static final int SLICE_NODES = 200;

    private final Shard shard;
    private final long floorMicros;
    private final long before;
    private final LongPredicate pinned;
    private final Keeping keeping;
    private final Map<String, Part> parts = new HashMap<>();
    private final LongStream.Builder kept = LongStream.builder();
    private final List<Dropped> dropped = new ArrayList<>();

    /// What a cut dropped of a node.
    ///
    /// @param events how many
    /// @param sum of their hashes
    /// @param uptoMicros the greatest of their timestamps; `Long.MIN_VALUE` where it is not known
    public record Dropped(String node, long events, EventHash sum, long uptoMicros) {
        /// Both together.
        public Dropped with(Dropped other) {
            return new Dropped(
                    node,
                    events + other.events,
                    sum.plus(other.sum),
                    Math.max(uptoMicros, other.uptoMicros));
        }
    }

    /// Of a node, up to which timestamp and which address something goes, and what of that stays.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(long uptoMicros, long before, long[] staying) {
        boolean drops(long[] words, int at) {
            return words[at] <= uptoMicros
                    && words[at + 2] < before
                    && Arrays.binarySearch(staying, words[at + 2]) < 0;
        }
    }

    /// @param floorMicros no event up to this timestamp comes in any more
    /// @param before the place in the log before which something is dropped
    /// @param pinned addresses of events that stay in any case
    public Cutting(Shard shard, long floorMicros, long before, LongPredicate pinned) {
        this.shard = shard;
        this.floorMicros = floorMicros;
        this.before = before;
        this.pinned = pinned;
        this.keeping = new Keeping(shard.rules());
    }

    /// Finds out what goes and what stays.
    public void select() {
        for (String id : shard.queries().idsAfter(null, Integer.MAX_VALUE)) {
            shard.queries()
                    .locked(() -> {
                        Node node = shard.node(id);
                        if (node != null) {
                            select(node);
                        }
                        return true;
                    });
        }
    }

    private void select(Node node) {
        long[] entries = shard.histories().entries(node, Long.MIN_VALUE, Long.MAX_VALUE);
        long upto = settledUpto(node, entries);
        List<StoredEvent> history = history(node, upto);
        boolean[] stays = keeping.of(node.id, history, node::isAnnulled, s -> isPinned(s, node));
        EventHash sum = EventHash.ZERO;
        long events = 0;
        long droppedUpto = Long.MIN_VALUE;
        LongStream.Builder staying = LongStream.builder();
        for (int i = 0; i < stays.length; i++) {
            if (stays[i]) {
                staying.add(history.get(i).address());
            } else {
                sum = sum.plus(history.get(i).event().hash());
                events++;
                droppedUpto = history.get(i).event().timestampMicros();
            }
        }
        Part part = new Part(upto, before, staying.build().sorted().toArray());
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (entries[at + 2] < before && !part.drops(entries, at)) {
                kept.add(entries[at + 2]);
            }
        }
        if (events > 0) {
            parts.put(node.id, part);
            dropped.add(new Dropped(node.id, events, sum, droppedUpto));
        }
    }

    private boolean isPinned(StoredEvent stored, Node node) {
        return stored.address() == node.lastAddress || pinned.test(stored.address());
    }

    /// Up to which timestamp the history is what it was when the place of the cut was the log's end:
    /// what came since may be asked about as not yet known.
    private long settledUpto(Node node, long[] entries) {
        if (node.quarantine != null) {
            return Long.MIN_VALUE;
        }
        long upto = floorMicros;
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (entries[at + 2] < before) {
                continue;
            }
            upto = Math.min(upto, entries[at] - 1);
            Event annulment =
                    Hindsight.isAnnulment(entries[at + 3]) ? event(entries[at + 2]) : null;
            if (annulment != null && annulment.payload() instanceof EventAnnulled named) {
                upto = Math.min(upto, named.eventTimestampMicros() - 1);
            }
        }
        return upto;
    }

    private Event event(long address) {
        return shard.histories().records().read(address).event();
    }

    /// The events up to a timestamp, in the order key, the annulled too.
    private List<StoredEvent> history(Node node, long uptoMicros) {
        List<StoredEvent> history = new ArrayList<>();
        if (uptoMicros > Long.MIN_VALUE) {
            Predicate<Event> none = _ -> false;
            AsOf upto = new AsOf(uptoMicros, AsOf.ALL);
            shard.histories().walk(node, Long.MIN_VALUE, upto, none, history::add);
        }
        return history;
    }

    /// The addresses before the place of the cut that stay, ascending.
    public long[] kept() {
        return kept.build().sorted().toArray();
    }

    /// What goes.
    public List<Dropped> dropped() {
        return List.copyOf(dropped);
    }

    /// Has the nodes forget what goes: their index, and states from the middle of their history.
    public void forget() {
        List<String> ids = List.copyOf(parts.keySet());
        for (int from = 0; from < ids.size(); from += SLICE_NODES) {
            forget(ids.subList(from, Math.min(ids.size(), from + SLICE_NODES)));
        }
    }

    private void forget(List<String> slice) {
        shard.lock().writeLock().lock();
        try {
            List<Node> nodes = new ArrayList<>();
            for (String id : slice) {
                Node node = shard.node(id);
                if (node != null) {
                    nodes.add(node);
                }
            }
            nodes.forEach(this::forgetEvents);
            DerivedStore store = shard.store();
            if (store != null) {
                store(nodes, store);
            }
            nodes.forEach(node -> forgetStates(node, store != null));
        } finally {
            shard.lock().writeLock().unlock();
        }
    }

    /// Has all that is left of a node's index in memory.
    private void forgetEvents(Node node) {
        long[] entries = shard.histories().entries(node, Long.MIN_VALUE, Long.MAX_VALUE);
        Part part = parts.getOrDefault(node.id, new Part(Long.MIN_VALUE, 0, new long[0]));
        int left = 0;
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (!part.drops(entries, at)) {
                System.arraycopy(entries, at, entries, left, EventIndex.WORDS);
                left += EventIndex.WORDS;
            }
        }
        node.reindex(Arrays.copyOf(entries, left));
    }

    private void store(List<Node> nodes, DerivedStore store) {
        StateWriter writer = new StateWriter();
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            for (Node node : nodes) {
                batch.node(node.id, node.write(writer));
                batch.head(
                        node.id,
                        Heads.write(node, shard.raised(node), writer, shard.catalogueAt()));
                store.replaceRuns(batch, node.id, node.tail().firstAddress(), node.tail().toRun());
            }
            store.write(batch);
        }
    }

    private void forgetStates(Node node, boolean stored) {
        if (stored) {
            node.clearTail();
            node.storedMicros = node.lastMicros;
            node.changedSinceStored = Long.MAX_VALUE;
        }
        shard.histories().forget(node.id);
        shard.refolding().forgetSnapshot(node.id);
        node.forgetColumn();
    }
}
