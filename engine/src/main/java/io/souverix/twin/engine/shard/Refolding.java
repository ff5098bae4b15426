package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Histories.EntryReader;
import io.souverix.twin.engine.shard.Snapshots.Snapshot;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The second write path of a shard: finds an event that is not the newest in its node's history, and
/// folds a history again from where it changed. Used under the shard's write lock, but for [#lookUp]
/// and [#storedBefore], which a reader may ask.
final class Refolding {
    /// A part of a history this short is folded without leaving a snapshot behind.
    private static final int SNAPSHOT_FROM_EVENTS = 4;

    /// How much of the heap events may take that may soon have to be folded again, of all shards.
    private static final long RECENT_BYTES = Runtime.getRuntime().maxMemory() / 32;

    private final Histories histories;
    private final @Nullable DerivedStore store;
    private final Meaning meaning;
    private final Quarantines quarantines;
    private final Sharing sharing;
    private final Snapshots snapshots = new Snapshots();
    private final RecentEvents recent;

    /// How many events were ever folded again.
    private long foldedAgain;

    /// @param shards how many there are: they share the room for recent events
    Refolding(
            Histories histories,
            @Nullable DerivedStore store,
            Meaning meaning,
            Quarantines quarantines,
            Sharing sharing,
            int shards) {
        this.histories = histories;
        this.store = store;
        this.meaning = meaning;
        this.quarantines = quarantines;
        this.sharing = sharing;
        this.recent = new RecentEvents(RECENT_BYTES / shards);
    }

    /// How many events were ever folded again.
    long foldedAgain() {
        return foldedAgain;
    }

    /// Takes note of an event that was accepted: soon it may have to be folded once more.
    void accepted(Event event, long address) {
        recent.accepted(address, event);
    }

    /// Whether the event is greater in the order key than every other of its node.
    boolean isGreatest(Node node, Event event) {
        if (event.timestampMicros() != node.lastMicros) {
            return event.timestampMicros() > node.lastMicros;
        }
        if (event.sequence() != node.lastSequence) {
            return event.sequence() > node.lastSequence;
        }
        try {
            Event last = histories.records().read(node.lastAddress).event();
            return Event.ORDER.compare(event, last) > 0;
        } catch (LogException e) {
            requireOfRecord(e);
            // The history is folded again from there, which puts both where they belong.
            return false;
        }
    }

    /// Finds the event of a node again that is greater than every other, where some could not be read
    /// before.
    void findGreatest(Node node) {
        Predicate<Event> none = _ -> false;
        EntryReader reader = (at, address) -> read(node, at, address);
        try {
            histories.walk(
                    node,
                    node.lastMicros,
                    AsOf.PRESENT,
                    none,
                    reader,
                    stored -> {
                        node.lastSequence = stored.event().sequence();
                        node.lastAddress = stored.address();
                    });
        } catch (TooMuchSetAside _) {
            // What is folded again next finds the same.
        }
    }

    /// What the index says of an event at its timestamp; of one that cannot be read, what its entry
    /// says: half of its hash, and a hash of its id.
    record LookUp(boolean duplicate, boolean idReused) {}

    LookUp lookUp(Node node, Event event) {
        boolean[] found = new boolean[2];
        long idBits = EventIndex.meta(0, event.id());
        histories.at(
                node,
                event.timestampMicros(),
                (words, at) -> {
                    boolean sameHash = words[at + 1] == event.hash().low();
                    boolean sameId = (words[at + 3] & ~0xffL) == idBits;
                    if (sameHash || (sameId && !found[1])) {
                        Event other = eventOrNull(words[at + 2]);
                        found[0] |= other == null ? sameHash : other.hash().equals(event.hash());
                        found[1] |= other == null ? sameId : other.id().equals(event.id());
                    }
                });
        return new LookUp(found[0], found[1]);
    }

    private @Nullable Event eventOrNull(long address) {
        try {
            return histories.records().read(address).event();
        } catch (LogException e) {
            requireOfRecord(e);
            return null;
        }
    }

    /// Throws what is no fault of the record that was to be read.
    private static void requireOfRecord(LogException e) {
        if (e.reason() != LogException.Reason.CORRUPT
                && e.reason() != LogException.Reason.UNREADABLE) {
            throw e;
        }
    }

    /// Forgets the state from the middle of a node's history.
    void forgetSnapshot(String id) {
        snapshots.forget(id);
    }

    /// Folds a node again from the oldest change on, where it is marked.
    void refold(Node node) {
        if (node.refoldFromMicros == Long.MAX_VALUE) {
            return;
        }
        try {
            while (!isRefolded(node)) {
                // Once more, without what was just set aside.
            }
        } catch (TooMuchSetAside _) {
            node.replace(new Twin(node.id));
        }
        node.refoldFromMicros = Long.MAX_VALUE;
        node.lateUptoMicros = Long.MIN_VALUE;
    }

    /// Folds the part of the history from the oldest change on, from the nearest state before it;
    /// false where an event had to be set aside.
    private boolean isRefolded(Node node) {
        recent.begin();
        long from = node.refoldFromMicros;
        Snapshot start = stateBefore(node, from);
        Twin twin = start == null ? new Twin(node.id) : start.twin();
        long after = start == null ? Long.MIN_VALUE : start.uptoMicros() + 1;
        long lateUpto = Math.max(from, node.lateUptoMicros);
        // Before the oldest and before the newest that is late: more of the same may follow.
        long[] snapshotAt = {from};
        boolean[] intact = {true};
        int[] folded = {0};
        histories.walk(
                node,
                after,
                AsOf.PRESENT,
                node::isAnnulled,
                (at, address) -> read(node, at, address),
                stored -> {
                    Event event = stored.event();
                    if (intact[0] && event.timestampMicros() >= snapshotAt[0]) {
                        if (folded[0] >= SNAPSHOT_FROM_EVENTS) {
                            snapshots.keep(twin, snapshotAt[0] - 1);
                            folded[0] = 0;
                        }
                        boolean newest = event.timestampMicros() >= lateUpto;
                        snapshotAt[0] = newest ? Long.MAX_VALUE : lateUpto;
                    }
                    if (intact[0]) {
                        intact[0] = folds(node, twin, stored);
                    }
                    folded[0]++;
                    foldedAgain++;
                });
        node.replace(twin);
        return intact[0];
    }

    /// Reads an event to be folded; null where it is set aside, or is so now, since its record is not
    /// what was written.
    private @Nullable StoredEvent read(Node node, long timestampMicros, long address) {
        Quarantine aside = node.quarantine;
        if (aside != null && aside.has(address)) {
            return null;
        }
        Event known = recent.find(address);
        if (known != null) {
            return new StoredEvent(known, address, Times.NONE);
        }
        try {
            StoredEvent stored = histories.records().read(address);
            recent.missed(address, stored.event());
            return stored;
        } catch (LogException e) {
            requireOfRecord(e);
            if (!quarantines.setAside(node, timestampMicros, address, e)) {
                throw new TooMuchSetAside();
            }
            return null;
        }
    }

    private boolean folds(Node node, Twin twin, StoredEvent stored) {
        try {
            meaning.fold(twin, stored.event(), stored.address());
            return true;
        } catch (RuntimeException e) {
            if (!quarantines.setAside(node, stored.event(), stored.address(), e)) {
                throw new TooMuchSetAside();
            }
            return false;
        }
    }

    /// So much of a node is set aside that nothing of it is folded.
    private static final class TooMuchSetAside extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuchSetAside() {
            super(null, null, false, false);
        }
    }

    /// The nearest state from before a timestamp: a snapshot, or the one on disk; a fresh copy.
    private @Nullable Snapshot stateBefore(Node node, long timestampMicros) {
        Snapshot snapshot = snapshots.before(node.id, timestampMicros);
        Snapshot stored = storedBefore(node, new AsOf(timestampMicros - 1, AsOf.ALL), sharing);
        if (snapshot == null || (stored != null && stored.uptoMicros() > snapshot.uptoMicros())) {
            return stored;
        }
        return new Snapshot(snapshot.twin().copy(), snapshot.uptoMicros());
    }

    /// The state on disk, where only events that count in a question made it and nothing of its past
    /// has changed since.
    @Nullable Snapshot storedBefore(Node node, AsOf asOf, Sharing sharing) {
        long upto = node.storedMicros;
        if (store == null
                || upto == Times.NONE
                || upto > asOf.atMicros()
                || upto >= node.changedSinceStored) {
            return null;
        }
        byte[] state = store.node(node.id);
        Node.Stored stored = state == null ? null : Node.read(node.id, state, sharing);
        return stored == null || stored.foldedAddress() >= asOf.before()
                ? null
                : new Snapshot(stored.twin(), upto);
    }
}
