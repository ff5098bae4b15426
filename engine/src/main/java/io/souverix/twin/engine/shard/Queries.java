package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.connectivity.Ledger;
import io.souverix.twin.core.connectivity.LedgerEntry;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.Tally;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Questions to one shard. Each is answered under the shard's read lock, from one state.
public final class Queries {
    /// How many twins are looked at under one hold of the lock.
    public static final int SLICE_TWINS = 64;

    private final Shard shard;
    private final Hindsight hindsight;
    private final Faces faces;

    /// @param room how many entries its columns may have
    Queries(Shard shard, long room) {
        this.shard = shard;
        this.hindsight = new Hindsight(shard);
        this.faces = new Faces(shard, new Columns(shard, hindsight, room));
    }

    /// Walks over the nodes.
    public Faces faces() {
        return faces;
    }

    /// A node as of an instant, ready to be rendered.
    ///
    /// @param address the last event of the node in the log
    public record Seen(TwinView view, Tally tally, long address) {}

    /// What is known of a node at an instant.
    public sealed interface Sight {
        record Found(Seen seen) implements Sight {}

        /// What keeps it from being seen.
        sealed interface Missing extends Sight {}

        record Unknown() implements Missing {}

        record NotYetKnown(long firstMicros) implements Missing {}
    }

    /// Sees a node as of, and renders it while nothing changes.
    ///
    /// @param momentMicros the instant of the answer
    public <T> T see(
            String id,
            AsOf asOf,
            long momentMicros,
            Catalogues catalogues,
            Function<Sight, T> render) {
        shard.lock().readLock().lock();
        try {
            return render.apply(sight(id, asOf, momentMicros, catalogues));
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    /// What keeps a node from being seen as of; null where it is known.
    public Sight.@Nullable Missing missing(String id, AsOf asOf) {
        shard.lock().readLock().lock();
        try {
            Node node = shard.node(id);
            return node == null ? new Sight.Unknown() : missing(node, asOf);
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    private Sight.@Nullable Missing missing(Node node, AsOf asOf) {
        if (asOf.countsAll()) {
            return null;
        }
        long first = hindsight.firstMicros(node, asOf);
        if (first == Long.MAX_VALUE) {
            return new Sight.Unknown();
        }
        return first > asOf.atMicros() ? new Sight.NotYetKnown(first) : null;
    }

    private Sight sight(String id, AsOf asOf, long momentMicros, Catalogues catalogues) {
        Node node = shard.node(id);
        if (node == null) {
            return new Sight.Unknown();
        }
        Sight.Missing missing = missing(node, asOf);
        if (missing != null) {
            return missing;
        }
        if (asOf.countsAll()) {
            long now = asOf.clock(momentMicros);
            Tally tally = node.tally();
            TwinView view = shard.view(node.twin(), shard.catalogue(), asOf, now).with(tally);
            return new Sight.Found(new Seen(view, tally, node.foldedAddress));
        }
        return new Sight.Found(past(node, asOf, asOf.clock(momentMicros), catalogues));
    }

    /// A node that is known as of, for good.
    Seen past(Node node, AsOf asOf, long nowMicros, Catalogues catalogues) {
        TwinView view = pastView(node, asOf, nowMicros, catalogues);
        Tally tally = hindsight.tally(node, asOf);
        return new Seen(view.with(tally), tally, Math.min(node.foldedAddress, asOf.before() - 1));
    }

    /// The same without its tally.
    TwinView pastView(Node node, AsOf asOf, long nowMicros, Catalogues catalogues) {
        return hindsight.view(node, asOf, nowMicros, catalogues);
    }

    /// Whether an event of the node counts as of.
    boolean isKnown(Node node, AsOf asOf) {
        return hindsight.firstMicros(node, asOf) <= asOf.atMicros()
                && hindsight.firstMicros(node, asOf) != Long.MAX_VALUE;
    }

    /// The ids of the next nodes after one, in order, decommissioned ones included.
    public List<String> idsAfter(@Nullable String id, int limit) {
        return locked(() -> {
            return shard.order().idsAfter(id, limit);
        });
    }

    /// The nodes of which something is set aside, at most so many of them.
    public List<Quarantine.Entry> quarantined(int most) {
        return shard.quarantines().entries(most);
    }

    public int quarantinedCount() {
        return shard.quarantines().size();
    }

    public boolean isQuarantined(String id) {
        return shard.quarantines().has(id);
    }

    /// The ids of events by their address.
    public LongFunction<String> eventIds() {
        return address -> shard.histories().records().read(address).event().id();
    }

    /// The whole ledger of a node as of; empty where it has no entries.
    ///
    /// @param floorMicros it begins with the entry that stood then
    public List<JsonObject> ledger(String id, AsOf asOf, long nowMicros, long floorMicros) {
        shard.lock().readLock().lock();
        try {
            Node node = shard.node(id);
            List<Event> history = new ArrayList<>();
            if (node != null) {
                Predicate<Event> annulled = hindsight.annulled(node, asOf);
                walk(
                        shard.histories().entries(node, Long.MIN_VALUE, asOf),
                        LEDGER_TYPES,
                        false,
                        stored -> {
                            if (!annulled.test(stored.event())) {
                                history.add(stored.event());
                            }
                            return true;
                        });
            }
            return Ledger.of(since(history, floorMicros), nowMicros);
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    /// What came after the floor, and the last entry of the ledger before that.
    private static List<Event> since(List<Event> history, long floorMicros) {
        int first = 0;
        for (int i = 0; i < history.size(); i++) {
            Event event = history.get(i);
            if (event.timestampMicros() <= floorMicros && LedgerEntry.of(event) != null) {
                first = i;
            }
        }
        return history.subList(first, history.size());
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
        boolean take(StoredEvent stored, Standing standing);
    }

    /// Visits the history of a node, what does not count too, in the order key or against it; false where
    /// the node is unknown.
    ///
    /// @param fromMicros the oldest timestamp
    /// @param types codes of the types wanted; empty for all
    public boolean history(
            String id,
            long fromMicros,
            AsOf asOf,
            Set<Integer> types,
            boolean descending,
            Step step) {
        shard.lock().readLock().lock();
        try {
            Node node = shard.node(id);
            if (node == null) {
                return false;
            }
            Predicate<Event> annulled = hindsight.annulled(node, asOf);
            walk(
                    shard.histories().entries(node, fromMicros, asOf),
                    types,
                    descending,
                    stored -> step.take(stored, standing(node, stored.event(), annulled)));
            return true;
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    private static Standing standing(Node node, Event event, Predicate<Event> out) {
        if (Histories.annuls(event) || !out.test(event)) {
            return Standing.COUNTS;
        }
        return node.isSetAside(event) ? Standing.SET_ASIDE : Standing.ANNULLED;
    }

    private void walk(
            long[] all, Set<Integer> types, boolean descending, Predicate<StoredEvent> step) {
        long[] entries = wanted(all, types);
        int at = descending ? entries.length : 0;
        while (descending ? at > 0 : at < entries.length) {
            int first = descending ? groupStart(entries, at) : at;
            int end = descending ? at : groupEnd(entries, at);
            List<StoredEvent> group = shard.histories().group(entries, first, end);
            for (StoredEvent stored : descending ? group.reversed() : group) {
                if (!step.test(stored)) {
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

    /// Whether any node was touched since [#takeTouched]; needs no lock.
    public boolean anyTouched() {
        return shard.unseen().any();
    }

    /// Visits so many nodes at most of those touched since they were visited last: at first there are
    /// all of them. The caller holds the read lock ([#locked]) and is the only one that visits.
    public void takeTouched(int most, Consumer<Twin> visitor) {
        shard.unseen().take(most, node -> visitor.accept(node.twin()));
    }

    /// What was known of the trust of nodes.
    public TrustHistory trustHistory() {
        return new TrustHistory(shard, hindsight);
    }

    /// How many nodes there are, decommissioned ones included.
    public long nodes() {
        shard.lock().readLock().lock();
        try {
            return shard.roster().size();
        } finally {
            shard.lock().readLock().unlock();
        }
    }

    /// How many events were accepted, and the sum of their hashes.
    public record Accepted(long events, EventHash digest) {}

    public Accepted accepted() {
        return locked(() -> new Accepted(shard.events(), shard.digest()));
    }

    /// The latest instant that a node was counted at.
    public long countedMicros() {
        return locked(() -> shard.census().countedMicros());
    }

    /// The sums as they are served. The caller holds the read lock ([#locked]).
    public FleetSums sums(boolean decommissioned) {
        return shard.sums(decommissioned);
    }

    /// The releases and domains of the present. The caller holds the read lock ([#locked]).
    public Catalogue catalogue() {
        return shard.catalogue();
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

    /// Visits the state of every node, as a checkpoint would write it, but that of what stood before
    /// the place of a cut it is not told which came last: that one may be gone.
    public void states(long place, BiConsumer<String, byte[]> visitor) {
        StateWriter out = new StateWriter();
        shard.order()
                .forEach(node -> {
                    visitor.accept(
                            node.id, node.write(out, Math.max(node.foldedAddress, place - 1)));
                });
    }
}
