package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Payload.EventAnnulled;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Documents;
import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.derived.DerivedException;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Node.Annulled;
import io.souverix.twin.engine.shard.Snapshots.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The nodes whose id hashes to this shard. One thread folds, under the write lock; any number read
/// under the read lock ([#queries()]).
///
/// **Two write paths.** An event greater in the order key than all that is known of its node is
/// folded in place. Any other (late, annulling, or equal in time but not greater) is looked up: it is
/// a duplicate, or it is put into the index and its node is refolded once at the end of the batch,
/// from the nearest state before it.
public final class Shard {
    /// A part of a history this short is folded without leaving a snapshot behind.
    private static final int SNAPSHOT_FROM_EVENTS = 8;

    private final Rules rules;
    private final Histories histories;
    private final @Nullable DerivedStore store;
    private final Fold fold;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Node> nodes = new HashMap<>();
    private final NavigableMap<String, Node> byId = new TreeMap<>();
    private final Meaning meaning;
    private final Quarantines quarantines = new Quarantines();
    private final Census census;
    private final Recorder recorder;
    private final Snapshots snapshots = new Snapshots();
    private final ArrayDeque<Node> dirty = new ArrayDeque<>();
    private final List<Node> touched = new ArrayList<>();
    private final Unseen unseen = new Unseen();
    private final StateWriter stateWriter = new StateWriter();
    private Catalogue catalogue = Catalogue.EMPTY;
    private Documents documents = Documents.NONE;
    private boolean serving;
    private long lastAddress = -1;
    private EventHash digest = EventHash.ZERO;
    private long events;
    private final Queries queries;
    private final Search search;

    /// @param shards how many there are of it: they share the room for the past
    /// @param around what stands between the shard and the core
    public Shard(
            Rules rules,
            EventRecords records,
            @Nullable DerivedStore store,
            int shards,
            UnaryOperator<Meaning> around) {
        this.rules = rules;
        this.store = store;
        this.histories = new Histories(records, store);
        this.fold = new Fold(rules, new BoundedSharing());
        this.meaning = around.apply(Meaning.of(fold));
        this.census = new Census(rules, meaning, quarantines);
        this.recorder = new Recorder(rules);
        this.queries = new Queries(this, Columns.MAX_ENTRIES / shards);
        this.search = new Search(this);
    }

    /// How an event came in.
    public enum Outcome {
        APPLIED,
        LATE,
        DUPLICATE,
        /// Applied or late, and its id is that of another event of the same instant.
        ID_REUSED_APPLIED,
        ID_REUSED_LATE
    }

    /// What changed here and is not yet published.
    public Outbox outbox() {
        return recorder.outbox();
    }

    Census census() {
        return census;
    }

    /// What stands between this shard and the core.
    public Meaning meaning() {
        return meaning;
    }

    Quarantines quarantines() {
        return quarantines;
    }

    /// Reads under this shard's lock.
    public Queries queries() {
        return queries;
    }

    /// Finds nodes by what they are.
    public Search search() {
        return search;
    }

    ReadWriteLock lock() {
        return lock;
    }

    Histories histories() {
        return histories;
    }

    Rules rules() {
        return rules;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    RunningSboms runningSboms() {
        return census.runningSboms();
    }

    /// A node's twin as seen at an instant.
    ///
    /// @param asOf says which documents were known
    TwinView view(Twin twin, Catalogue releasesAndDomains, AsOf asOf, long nowMicros) {
        Documents known = documents.knownAt(asOf.knownMicros());
        return new TwinView(twin, releasesAndDomains.with(known), rules, nowMicros);
    }

    /// Says which documents are stored, before [#settle].
    public void documents(Documents stored) {
        documents = stored;
    }

    /// A document was stored: the nodes that run what it describes count anew.
    ///
    /// @param stored gives the documents
    public void stored(Supplier<Documents> stored, String digest, long nowMicros) {
        lock.writeLock().lock();
        try {
            recorder.begin(nowMicros);
            documents = stored.get();
            catalogue = catalogue.with(documents);
            for (Node node : census.runningSboms().everOf(digest)) {
                node.forgetColumn();
                if (census.refresh(node, catalogue, nowMicros)) {
                    recorder.folded(node, catalogue);
                }
            }
            recorder.done(catalogue);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Nullable Node node(String id) {
        return nodes.get(id);
    }

    Unseen unseen() {
        return unseen;
    }

    NavigableMap<String, Node> byId() {
        return byId;
    }

    FieldIndex index() {
        return census.index();
    }

    /// Whether something was folded or counted since a question was pinned.
    boolean changedSince(AsOf asOf) {
        return lastAddress >= asOf.before() || census.countedMicros() > asOf.nowMicros();
    }

    FleetSums sums(boolean ofDecommissioned) {
        return census.sums(ofDecommissioned);
    }

    @Nullable DerivedStore store() {
        return store;
    }

    /// How many events were ever accepted of its nodes. The caller holds the read lock.
    long events() {
        return events;
    }

    /// The address of the last event that was folded here, or -1.
    public long lastAddress() {
        return queries.locked(() -> lastAddress);
    }

    /// The sum of the hashes of all events ever accepted of its nodes. The caller holds the read
    /// lock.
    EventHash digest() {
        return digest;
    }

    /// Whether the event is known already; an event newer than all of its node's is not even looked
    /// up. The answer holds for what is folded now.
    public boolean knows(Event event) {
        lock.readLock().lock();
        try {
            Node node = nodes.get(event.subject().id());
            return node != null
                    && event.timestampMicros() <= node.lastMicros
                    && lookUp(node, event).duplicate;
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Folds a batch; outcomes go where `outcomes` says. Facets and sums follow at the end.
    ///
    /// @param end the position that shows it
    public void fold(
            List<Incoming> batch, @Nullable Catalogue newCatalogue, long end, long nowMicros) {
        lock.writeLock().lock();
        try {
            recorder.begin(end, nowMicros);
            quarantines.at(nowMicros);
            census.tick(catalogue, nowMicros, recorder::aged);
            for (Incoming incoming : batch) {
                incoming.take(accept(incoming.event(), incoming.address()));
            }
            refoldTouched();
            if (newCatalogue != null) {
                take(newCatalogue);
            }
            countTouched(nowMicros);
            recorder.done(catalogue);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// An event with its place in the log, and who wants to know what came of it.
    public interface Incoming {
        Event event();

        long address();

        void take(Outcome outcome);
    }

    private Outcome accept(Event event, long address) {
        Node node = nodes.get(event.subject().id());
        if (node == null) {
            node = new Node(fold.sharing().text(event.subject().id()));
            nodes.put(node.id, node);
            if (serving) {
                byId.put(node.id, node);
            }
        }
        lastAddress = Math.max(lastAddress, address);
        boolean late = event.timestampMicros() < node.lastMicros;
        boolean reused = false;
        if (event.timestampMicros() <= node.lastMicros) {
            LookUp found = lookUp(node, event);
            if (found.duplicate) {
                node.foldedAddress = Math.max(node.foldedAddress, address);
                return Outcome.DUPLICATE;
            }
            reused = found.idReused;
            node.changedSinceStored = Math.min(node.changedSinceStored, event.timestampMicros());
        }
        boolean greatest = isGreatest(node, event);
        put(node, event, address);
        if (greatest) {
            node.lastMicros = event.timestampMicros();
            node.lastSequence = event.sequence();
            node.lastAddress = address;
        }
        applyOrMark(node, event, address, greatest);
        if (late) {
            return reused ? Outcome.ID_REUSED_LATE : Outcome.LATE;
        }
        return reused ? Outcome.ID_REUSED_APPLIED : Outcome.APPLIED;
    }

    private void put(Node node, Event event, long address) {
        if (serving) {
            recorder.event(node, address);
        }
        EventType type = Objects.requireNonNull(EventType.named(event.typeName()));
        node.tail.add(
                event.timestampMicros(), event.hash().low(), address, type.code(), event.id());
        node.count(event);
        node.foldedAddress = Math.max(node.foldedAddress, address);
        events++;
        digest = digest.plus(event.hash());
        touch(node);
    }

    private void applyOrMark(Node node, Event event, long address, boolean greatest) {
        if (event.payload() instanceof EventAnnulled annulment) {
            node.annul(new Annulled(annulment.eventId(), annulment.eventTimestampMicros()));
            long from = Math.min(annulment.eventTimestampMicros(), event.timestampMicros());
            node.changePast(from);
        } else if (!greatest) {
            node.lateUptoMicros = Math.max(node.lateUptoMicros, event.timestampMicros());
            node.changePast(event.timestampMicros());
        } else if (node.refoldFromMicros == Long.MAX_VALUE && !node.isAnnulled(event)) {
            node.beforeNewer(event);
            try {
                meaning.fold(node.twin, event, address);
            } catch (RuntimeException e) {
                var _ = quarantines.setAside(node, event, address, e);
                node.changePast(event.timestampMicros());
            }
        }
    }

    /// Counts a node anew. Where it cannot be counted any more, what came last is set aside.
    private void count(Node node, long nowMicros) {
        boolean wasCounted = Quarantines.isCounted(node.quarantine);
        var _ = census.refresh(node, catalogue, nowMicros);
        if (!wasCounted || Quarantines.isCounted(node.quarantine) || node.pending == null) {
            return;
        }
        for (long address : node.pending.addresses()) {
            Event event = histories.records().read(address).event();
            var _ =
                    quarantines.setAside(
                            node, event, address, new IllegalStateException("cannot be counted"));
            node.changePast(event.timestampMicros());
        }
        refoldMarked(node);
        var _ = census.refresh(node, catalogue, nowMicros);
    }

    private void touch(Node node) {
        unseen.add(node);
        if (!node.touched) {
            node.touched = true;
            touched.add(node);
        }
        if (!node.dirty) {
            node.dirty = true;
            dirty.add(node);
        }
    }

    /// Whether the event is greater in the order key than every other of its node.
    private boolean isGreatest(Node node, Event event) {
        if (event.timestampMicros() != node.lastMicros) {
            return event.timestampMicros() > node.lastMicros;
        }
        if (event.sequence() != node.lastSequence) {
            return event.sequence() > node.lastSequence;
        }
        Event last = histories.records().read(node.lastAddress).event();
        return Event.ORDER.compare(event, last) > 0;
    }

    /// What the index says of an event at its timestamp.
    private record LookUp(boolean duplicate, boolean idReused) {}

    private LookUp lookUp(Node node, Event event) {
        boolean[] found = new boolean[2];
        long idBits = EventIndex.meta(0, event.id());
        histories.at(
                node,
                event.timestampMicros(),
                (words, at) -> {
                    boolean sameHash = words[at + 1] == event.hash().low();
                    boolean sameId = (words[at + 3] & ~0xffL) == idBits;
                    if (sameHash || (sameId && !found[1])) {
                        Event other = histories.records().read(words[at + 2]).event();
                        found[0] |= other.hash().equals(event.hash());
                        found[1] |= other.id().equals(event.id());
                    }
                });
        return new LookUp(found[0], found[1]);
    }

    private void refoldTouched() {
        for (Node node : touched) {
            refoldMarked(node);
        }
    }

    private void refoldMarked(Node node) {
        if (node.refoldFromMicros == Long.MAX_VALUE) {
            return;
        }
        try {
            while (!refold(node)) {
                // Once more, without what was just set aside.
            }
        } catch (TooMuchSetAside _) {
            node.twin = new Twin(node.id);
        }
        node.refoldFromMicros = Long.MAX_VALUE;
        node.lateUptoMicros = Long.MIN_VALUE;
    }

    /// Folds the part of the history from the oldest change on, from the nearest state before it;
    /// false where an event had to be set aside.
    private boolean refold(Node node) {
        long from = node.refoldFromMicros;
        Snapshot start = stateBefore(node, from);
        Twin twin = start == null ? new Twin(node.id) : start.twin();
        long after = start == null ? Long.MIN_VALUE : start.uptoMicros() + 1;
        long lateUpto = Math.max(from, node.lateUptoMicros);
        boolean[] passed = {false};
        boolean[] intact = {true};
        int[] folded = {0};
        histories.walk(
                node,
                after,
                AsOf.PRESENT,
                node::isAnnulled,
                stored -> {
                    Event event = stored.event();
                    // Before the last late timestamp: more of the same may follow.
                    if (intact[0] && !passed[0] && event.timestampMicros() >= lateUpto) {
                        passed[0] = true;
                        if (folded[0] >= SNAPSHOT_FROM_EVENTS) {
                            snapshots.keep(twin, lateUpto - 1);
                        }
                    }
                    if (intact[0]) {
                        intact[0] = folds(node, twin, stored);
                    }
                    folded[0]++;
                });
        node.twin = twin;
        return intact[0];
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
        Snapshot stored =
                storedBefore(node, new AsOf(timestampMicros - 1, AsOf.ALL), fold.sharing());
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
        Node stored = state == null ? null : Node.read(node.id, state, sharing);
        return stored == null || stored.foldedAddress >= asOf.before()
                ? null
                : new Snapshot(stored.twin, upto);
    }

    /// Takes the new catalogue; nodes whose releases or whose authority changed count anew.
    private void take(Catalogue newer) {
        CatalogueChange change = new CatalogueChange(catalogue, newer);
        catalogue = newer.with(documents);
        if (change.isNothing()) {
            return;
        }
        for (Node node : nodes.values()) {
            if (!node.touched && change.concerns(node.twin)) {
                node.touched = true;
                touched.add(node);
            }
        }
    }

    /// Counts anew the nodes whose timers have fired.
    public void tick(long nowMicros) {
        lock.writeLock().lock();
        try {
            recorder.begin(nowMicros);
            census.tick(catalogue, nowMicros, recorder::aged);
            recorder.done(catalogue);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Folds again what is set aside, with all of its node's history, and counts it.
    public void retry(long nowMicros) {
        lock.writeLock().lock();
        try {
            recorder.begin(nowMicros);
            quarantines.at(nowMicros);
            for (String id : quarantines.nodes()) {
                Node node = Objects.requireNonNull(nodes.get(id));
                quarantines.release(node);
                var _ = recorder.beginning(node);
                touch(node);
                node.changePast(Long.MIN_VALUE + 1);
            }
            refoldTouched();
            countTouched(nowMicros);
            recorder.done(catalogue);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Counts every node anew beside the sums that are served, and replaces them.
    public void recount(LongSupplier now) {
        new Recount(this, now).run();
    }

    private void countTouched(long nowMicros) {
        for (Node node : touched) {
            node.touched = false;
            count(node, nowMicros);
            recorder.folded(node, catalogue);
        }
        touched.clear();
    }

    /// Whether a timer is due.
    public boolean anyDue(long nowMicros) {
        lock.readLock().lock();
        try {
            return census.anyDue(nowMicros);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// How many nodes changed since they were last written to the store.
    public int unstored() {
        return queries.locked(dirty::size);
    }

    /// Writes the nodes that are changed the longest to the store. What is written is durable once
    /// the store is flushed.
    public void store(int most) {
        DerivedStore target = Objects.requireNonNull(store);
        List<Node> written = new ArrayList<>();
        lock.writeLock().lock();
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            while (written.size() < most && !dirty.isEmpty()) {
                Node node = dirty.remove();
                written.add(node);
                batch.node(node.id, node.write(stateWriter));
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
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Takes the state of a node from the store, at start.
    public void restore(String id, byte[] state) {
        Node node = Node.read(fold.sharing().text(id), state, fold.sharing());
        nodes.put(node.id, node);
        quarantines.restored(node);
        unseen.add(node);
        lastAddress = Math.max(lastAddress, node.foldedAddress);
        events += node.events;
        digest = digest.plus(node.tally().revision());
    }

    /// Whether an event is folded already, at start: the state of its node came from the store.
    public boolean isFolded(StoredEvent stored) {
        Node node = nodes.get(stored.event().subject().id());
        return node != null && stored.address() <= node.foldedAddress;
    }

    /// Folds an event again, at start; facets and sums follow in [#settle].
    public void replay(StoredEvent stored) {
        accept(stored.event(), stored.address());
    }

    /// Refolds what replay marked, now and then, so that it does not pile up.
    public void settleReplay() {
        refoldTouched();
        for (Node node : touched) {
            node.touched = false;
            node.tail.sortByAddress();
        }
        touched.clear();
    }

    /// Counts every node, after the last [#replay].
    public void settle(Catalogue current, long nowMicros) {
        lock.writeLock().lock();
        try {
            settleReplay();
            catalogue = current.with(documents);
            serving = true;
            for (String id : nodes.keySet().stream().sorted().toList()) {
                byId.put(id, Objects.requireNonNull(nodes.get(id)));
            }
            for (Node node : nodes.values()) {
                var _ = census.refresh(node, catalogue, nowMicros);
            }
            recorder.start(catalogue, nowMicros);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
