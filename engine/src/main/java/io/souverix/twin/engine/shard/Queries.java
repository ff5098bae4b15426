package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.connectivity.Ledger;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.Tally;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.shard.Snapshots.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Questions to one shard. Each is answered under the shard's read lock, from one state.
public final class Queries {
    /// Asks of the present.
    public static final long NOW = Long.MAX_VALUE;

    private final Shard shard;

    Queries(Shard shard) {
        this.shard = shard;
    }

    /// A node as of an instant, ready to be rendered.
    ///
    /// @param address the last event of the node in the log
    public record Seen(TwinView view, Tally tally, long address) {}

    /// What is known of a node at an instant.
    public sealed interface Sight {
        record Found(Seen seen) implements Sight {}

        record Unknown() implements Sight {}

        record NotYetKnown(long firstMicros) implements Sight {}
    }

    /// Sees a node, now or as of an instant, and renders it while nothing changes.
    ///
    /// @param atMicros [#NOW], or an instant
    /// @param nowMicros the instant that elapsed times are measured to
    /// @param past gives what concerns a node of the catalogue as of `atMicros`
    public <T> T see(
            String id,
            long atMicros,
            long nowMicros,
            Function<Identity, Catalogue> past,
            Function<Sight, T> render) {
        shard.lock().readLock().lock();
        try {
            Node node = shard.node(id);
            if (node == null) {
                return render.apply(new Sight.Unknown());
            }
            if (atMicros != NOW && node.firstMicros > atMicros) {
                return render.apply(new Sight.NotYetKnown(node.firstMicros));
            }
            Seen seen = atMicros == NOW ? present(node, nowMicros) : past(node, atMicros, past);
            return render.apply(new Sight.Found(seen));
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    private Seen present(Node node, long nowMicros) {
        TwinView view = new TwinView(node.twin, shard.catalogue(), shard.rules(), nowMicros);
        return new Seen(view, node.tally(), node.foldedAddress);
    }

    private Seen past(Node node, long atMicros, Function<Identity, Catalogue> past) {
        Twin twin;
        Tally tally;
        if (node.lastMicros <= atMicros) {
            twin = node.twin.copy();
            tally = node.tally();
        } else {
            Fold fold = new Fold(shard.rules(), Sharing.NONE);
            Snapshot start = shard.storedBefore(node, atMicros + 1, Sharing.NONE);
            twin = start == null ? new Twin(node.id) : start.twin();
            long after = start == null ? Long.MIN_VALUE : start.uptoMicros() + 1;
            shard.histories()
                    .walk(
                            node,
                            after,
                            atMicros,
                            stored -> fold.apply(twin, stored.event(), stored.address()));
            tally = tally(node, atMicros);
        }
        TwinView view = new TwinView(twin, past.apply(twin.identity()), shard.rules(), atMicros);
        return new Seen(view, tally, node.foldedAddress);
    }

    /// Counts all accepted events up to an instant, the annulled too.
    private Tally tally(Node node, long atMicros) {
        Tally tally = Tally.NOTHING;
        long[] entries = shard.histories().entries(node, Long.MIN_VALUE, atMicros);
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            tally = tally.plus(shard.histories().records().read(entries[at + 2]).event());
        }
        return tally;
    }

    /// The ids of events by their address.
    public LongFunction<String> eventIds() {
        return address -> shard.histories().records().read(address).event().id();
    }

    /// The whole ledger of a node as of an instant; empty where it has no entries.
    public List<JsonObject> ledger(String id, long atMicros, long nowMicros) {
        shard.lock().readLock().lock();
        try {
            Node node = shard.node(id);
            List<Event> history = new ArrayList<>();
            if (node != null) {
                walk(
                        node,
                        Long.MIN_VALUE,
                        atMicros,
                        LEDGER_TYPES,
                        false,
                        stored -> {
                            if (!node.isAnnulled(stored.event())) {
                                history.add(stored.event());
                            }
                            return true;
                        });
            }
            return Ledger.of(history, nowMicros);
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    private static final Set<Integer> LEDGER_TYPES =
            Set.of(
                    EventType.STATE_TRANSITION.code(),
                    EventType.CONNECTION_ESTABLISHED.code(),
                    EventType.CONNECTION_LOST.code(),
                    EventType.REPLAY_STARTED.code(),
                    EventType.REPLAY_COMPLETED.code());

    /// Takes events until it says false.
    @FunctionalInterface
    public interface Step {
        boolean take(StoredEvent stored);
    }

    /// Visits the history of a node, the annulled too, in the order key or against it; false where
    /// the node is unknown.
    ///
    /// @param types codes of the types wanted; empty for all
    public boolean history(
            String id,
            long fromMicros,
            long toMicros,
            Set<Integer> types,
            boolean descending,
            Step step) {
        shard.lock().readLock().lock();
        try {
            Node node = shard.node(id);
            if (node == null) {
                return false;
            }
            walk(node, fromMicros, toMicros, types, descending, step);
            return true;
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    /// Whether an event was taken out; an annulment cannot be.
    public boolean isAnnulled(Event event) {
        Node node = shard.node(event.subject().id());
        return node != null && node.isAnnulled(event) && !Histories.annuls(event);
    }

    private void walk(
            Node node,
            long fromMicros,
            long toMicros,
            Set<Integer> types,
            boolean descending,
            Step step) {
        long[] entries = wanted(shard.histories().entries(node, fromMicros, toMicros), types);
        int at = descending ? entries.length : 0;
        while (descending ? at > 0 : at < entries.length) {
            int first = descending ? groupStart(entries, at) : at;
            int end = descending ? at : groupEnd(entries, at);
            List<StoredEvent> group = shard.histories().group(entries, first, end);
            for (StoredEvent stored : descending ? group.reversed() : group) {
                if (!step.take(stored)) {
                    return;
                }
            }
            at = descending ? first : end;
        }
    }

    private static long[] wanted(long[] entries, Set<Integer> types) {
        if (types.isEmpty()) {
            return entries;
        }
        int kept = 0;
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (types.contains(EventIndex.typeCode(entries[at + 3]))) {
                System.arraycopy(entries, at, entries, kept, EventIndex.WORDS);
                kept += EventIndex.WORDS;
            }
        }
        return Arrays.copyOf(entries, kept);
    }

    private static int groupEnd(long[] entries, int at) {
        int end = at + EventIndex.WORDS;
        while (end < entries.length && entries[end] == entries[at]) {
            end += EventIndex.WORDS;
        }
        return end;
    }

    private static int groupStart(long[] entries, int end) {
        int first = end - EventIndex.WORDS;
        while (first > 0 && entries[first - EventIndex.WORDS] == entries[first]) {
            first -= EventIndex.WORDS;
        }
        return first;
    }

    /// The ids of the next nodes after one, in order.
    public List<String> idsAfter(@Nullable String id, int limit, boolean decommissioned) {
        shard.lock().readLock().lock();
        try {
            Collection<Node> following =
                    id == null ? shard.byId().values() : shard.byId().tailMap(id, false).values();
            List<String> ids = new ArrayList<>();
            for (Node node : following) {
                if (ids.size() == limit) {
                    break;
                }
                if (decommissioned || !node.countedDecommissioned) {
                    ids.add(node.id);
                }
            }
            return ids;
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    /// Whether any node was touched since [#takeTouched]; needs no lock.
    public boolean anyTouched() {
        return shard.unseen().any();
    }

    /// Visits the nodes touched since the last visit, all of them at first. The caller holds the read
    /// lock ([#locked]) and is the only one that visits.
    public void takeTouched(Consumer<Twin> visitor) {
        shard.unseen().take(node -> visitor.accept(node.twin));
    }

    /// How many nodes there are, decommissioned ones included.
    public long nodes() {
        shard.lock().readLock().lock();
        try {
            return shard.byId().size();
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    /// How many events were accepted, and the sum of their hashes.
    public record Accepted(long events, EventHash digest) {}

    public Accepted accepted() {
        return locked(() -> new Accepted(shard.events(), shard.digest()));
    }

    /// The sums of the whole. The caller holds the read lock ([#locked]).
    public GroupSums total(boolean decommissioned) {
        return shard.sums(decommissioned).total();
    }

    /// The sums of the groups of a dimension. The caller holds the read lock ([#locked]).
    public Map<String, GroupSums> groups(Dimension dimension, boolean decommissioned) {
        return shard.sums(decommissioned).groups(dimension);
    }

    /// Answers a question while nothing in this shard changes.
    public <T> T locked(Supplier<T> question) {
        shard.lock().readLock().lock();
        try {
            return question.get();
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    /// Visits the state of every node, as a checkpoint would write it.
    public void states(BiConsumer<String, byte[]> visitor) {
        StateWriter out = new StateWriter();
        for (Node node : shard.byId().values()) {
            visitor.accept(node.id, node.write(out));
        }
    }
}
