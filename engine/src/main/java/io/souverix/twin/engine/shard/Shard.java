package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Payload.EventAnnulled;
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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
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
    private static final System.Logger LOGGER = System.getLogger(Shard.class.getName());

    /// How many timers fire under one hold of the lock, or nodes are stored together.
    static final int SLICE_NODES = 500;

    private final Rules rules;
    private final Histories histories;
    private final @Nullable DerivedStore store;
    private final Fold fold;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Residence residence;
    private final Roster roster = new Roster();
    private final Nodes nodes;
    private final Meaning meaning;
    private final Quarantines quarantines = new Quarantines();
    private final Census census;
    private final Recounted recounted = new Recounted();
    private final Recorder recorder;
    private final Refolding refolding;
    private final List<Node> touched = new ArrayList<>();
    private Catalogue catalogue = Catalogue.EMPTY;

    /// The position that shows it.
    private long catalogueAt = Long.MAX_VALUE;

    private volatile IdOrder order = IdOrder.of(roster);
    private Documents documents = Documents.NONE;
    private boolean serving;

    /// Of no use, but that the compiler leaves out no pass that it depends on.
    @SuppressWarnings("UnusedVariable")
    private long fetched;

    /// Whether the store took nothing the last time.
    private boolean crowded;

    private final Queries queries;
    private final Search search;
    private final Start start;

    /// @param shards how many there are of it: they share the room for the past, and for twins
    /// @param twinBytes how much of the heap the twins of all shards may take where there is a store
    /// @param around what stands between the shard and the core
    public Shard(
            Rules rules,
            EventRecords records,
            @Nullable DerivedStore store,
            int shards,
            long twinBytes,
            UnaryOperator<Meaning> around) {
        this.rules = rules;
        this.store = store;
        this.histories = new Histories(records, store);
        this.fold = new Fold(rules, new BoundedSharing());
        this.residence = new Residence(store, twinBytes / shards);
        FieldIndex index = new FieldIndex(roster);
        this.nodes = new Nodes(fold.sharing(), residence, roster, this::raised);
        this.meaning = around.apply(Meaning.of(fold));
        this.census = new Census(rules, meaning, quarantines, roster, index, this::recounting);
        this.recorder = new Recorder(rules);
        this.refolding =
                new Refolding(histories, store, meaning, quarantines, fold.sharing(), shards);
        this.queries = new Queries(this, Columns.MAX_ENTRIES / shards);
        this.search = new Search(this);
        this.start = new Start(this);
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

    /// What is done before it serves.
    public Start start() {
        return start;
    }

    ReadWriteLock lock() {
        return lock;
    }

    Histories histories() {
        return histories;
    }

    Refolding refolding() {
        return refolding;
    }

    Rules rules() {
        return rules;
    }

    /// The position that shows the catalogue.
    long catalogueAt() {
        return catalogueAt;
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

    /// Which documents it counts by. Needs no lock of the caller's.
    public Documents documents() {
        return queries.locked(() -> documents);
    }

    /// Says which documents are stored, before [Start#settle].
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
            for (int place : census.runningSboms().everOf(digest)) {
                Node node = roster.node(place);
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
        return roster.named(id);
    }

    Nodes nodes() {
        return nodes;
    }

    Unseen unseen() {
        return nodes.unseen();
    }

    /// The nodes in the order of their ids; none before the shard serves.
    IdOrder order() {
        IdOrder now = order.upToDate();
        order = now;
        return now;
    }

    FieldIndex index() {
        return census.index();
    }

    Roster roster() {
        return roster;
    }

    /// What a counted node raises in attention by itself.
    List<Raised> raised(Node node) {
        return census.raised(node, catalogue);
    }

    /// Told of each node before it is counted anew.
    private void recounting(Node node, long nowMicros) {
        nodes.queue(node);
        recounted.add(node.place, nodes.lastAddress(), Math.max(nowMicros, census.countedMicros()));
    }

    Residence residence() {
        return residence;
    }

    Recorder recorder() {
        return recorder;
    }

    Recounted recounted() {
        return recounted;
    }

    /// Whether something was folded or counted since a question was pinned.
    boolean changedSince(AsOf asOf) {
        return !asOf.knows(nodes.lastAddress(), census.countedMicros());
    }

    FleetSums sums(boolean ofDecommissioned) {
        return census.sums(ofDecommissioned);
    }

    @Nullable DerivedStore store() {
        return store;
    }

    /// How many events were ever accepted of its nodes. The caller holds the read lock.
    long events() {
        return nodes.events();
    }

    /// The address of the last event that was folded here, or -1.
    public long lastAddress() {
        return queries.locked(nodes::lastAddress);
    }

    /// The sum of the hashes of all events ever accepted of its nodes. The caller holds the read
    /// lock.
    EventHash digest() {
        return nodes.digest();
    }

    /// Takes those events out that are not known already; one newer than all of its node's is not
    /// even looked up. The answer holds for what is folded now.
    ///
    /// @param asked places in the list of events of this shard
    /// @param visible what is folded is known only where this position shows it
    public void retainKnown(List<Event> events, BitSet asked, long visible) {
        lock.readLock().lock();
        try {
            for (int i = asked.nextSetBit(0); i >= 0; i = asked.nextSetBit(i + 1)) {
                if (!knows(events.get(i), visible)) {
                    asked.clear(i);
                }
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    private boolean knows(Event event, long visible) {
        Node node = roster.named(event.subject().id());
        return node != null
                && node.foldedAddress < visible
                && event.timestampMicros() <= node.lastMicros
                && refolding.lookUp(node, event).duplicate();
    }

    /// Folds a batch; outcomes go where `outcomes` says. Facets and sums follow at the end.
    ///
    /// @param end the position that shows it
    /// @return how many events were folded again
    public long fold(
            List<Incoming> batch, @Nullable Catalogue newCatalogue, long end, long nowMicros) {
        // What fell due while nobody looked is counted first, beside those who read.
        tick(nowMicros);
        lock.writeLock().lock();
        try {
            recorder.begin(end, nowMicros);
            quarantines.at(nowMicros);
            long before = refolding.foldedAgain();
            census.tick(catalogue, nowMicros, Integer.MAX_VALUE, recorder::aged);
            fetch(batch);
            for (Incoming incoming : batch) {
                Event event = incoming.event();
                Node node = nodes.of(event.subject().id());
                incoming.take(accept(node, event, incoming.address()));
            }
            refoldTouched();
            if (newCatalogue != null) {
                take(newCatalogue);
                catalogueAt = end;
            }
            countTouched(nowMicros);
            recorder.done(catalogue);
            makeRoom(batch.size());
            return refolding.foldedAgain() - before;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Brings what events are folded into from memory into the processor's caches: node by node each
    /// step would wait for memory, pass by pass many are on their way at a time.
    private void fetch(List<Incoming> batch) {
        @Nullable Node[] found = new Node[batch.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = roster.named(batch.get(i).event().subject().id());
        }
        long seen = 0;
        @Nullable Twin[] twins = new Twin[found.length];
        for (int i = 0; i < found.length; i++) {
            Node node = found[i];
            if (node != null) {
                twins[i] = node.here();
                seen += node.lastMicros + node.countedMicros + node.armedMicros;
                seen += node.tail().count();
            }
        }
        for (Twin twin : twins) {
            if (twin != null) {
                seen += twin.connectivity().sinceMicros() + twin.lifecycle().phaseSinceMicros();
                seen += twin.drift().lastReportedMicros() + twin.trust().attestedMicros();
            }
        }
        fetched = seen;
    }

    /// Where twins take more room than they may, writes some that changed, so that they may leave:
    /// more of them than a batch of events can have changed.
    private void makeRoom(int events) {
        if (residence.isOver()) {
            storeSome(events + SLICE_NODES);
        }
    }

    /// Writes the nodes that wait the longest to the store, where there is one and it takes them.
    void storeSome(int most) {
        if (store == null) {
            return;
        }
        try {
            nodes.store(store, most, histories, catalogueAt);
            crowded = false;
        } catch (DerivedException e) {
            // They stay in memory, and the log holds everything.
            if (!crowded) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "twins that cannot be stored stay in memory",
                        e);
            }
            crowded = true;
        }
    }

    /// An event with its place in the log, and who wants to know what came of it.
    public interface Incoming {
        Event event();

        long address();

        void take(Outcome outcome);
    }

    /// Takes an event of a node into its twin, or marks the node. The caller holds the write lock, or
    /// the shard does not serve yet.
    Outcome accept(Node node, Event event, long address) {
        nodes.at(address);
        boolean late = event.timestampMicros() < node.lastMicros;
        boolean reused = false;
        if (event.timestampMicros() <= node.lastMicros) {
            Refolding.LookUp found = refolding.lookUp(node, event);
            if (found.duplicate()) {
                return Outcome.DUPLICATE;
            }
            reused = found.idReused();
            node.changedSinceStored = Math.min(node.changedSinceStored, event.timestampMicros());
        }
        boolean greatest = refolding.isGreatest(node, event);
        put(node, event, address);
        if (serving) {
            refolding.accepted(event, address);
        }
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
        } else {
            node.forgetCounted();
        }
        EventType type = Objects.requireNonNull(EventType.named(event.typeName()));
        node.index(event, address, type.code());
        nodes.count(node, event);
        node.foldedAddress = Math.max(node.foldedAddress, address);
        node.countsWhole |= !Fold.isOfConnection(event.payload());
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
            // Outside: that it cannot be read is no fault of the event.
            Twin twin = node.twin();
            try {
                meaning.fold(twin, event, address);
            } catch (RuntimeException e) {
                var _ = quarantines.setAside(node, event, address, e);
                node.changePast(event.timestampMicros());
            }
        }
    }

    /// Counts a node anew. Where it cannot be counted any more, what came last is set aside.
    private void count(Node node, long nowMicros) {
        boolean wasCounted = Quarantines.isCounted(node.quarantine);
        var _ =
                node.countsWhole
                        ? census.refresh(node, catalogue, nowMicros)
                        : census.refreshConnection(node, catalogue, nowMicros);
        node.countsWhole = false;
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
        refolding.refold(node);
        var _ = census.refresh(node, catalogue, nowMicros);
    }

    private void touch(Node node) {
        nodes.touch(node);
        if (!node.touched) {
            node.touched = true;
            touched.add(node);
        }
    }

    private void refoldTouched() {
        for (Node node : touched) {
            refolding.refold(node);
        }
    }

    /// How many nodes were touched and are not settled.
    int unsettled() {
        return touched.size();
    }

    /// Refolds those that were touched, before the shard serves.
    void settleTouched(Consumer<Node> then) {
        refoldTouched();
        for (Node node : touched) {
            node.touched = false;
            node.countsWhole = false;
            then.accept(node);
        }
        touched.clear();
    }

    /// Nodes are counted by this catalogue from now on.
    ///
    /// @param end the position that shows it
    void countBy(Catalogue current, long end) {
        catalogue = current.with(documents);
        catalogueAt = end;
    }

    /// From now on it is asked, and changes are told.
    void serve() {
        serving = true;
    }

    /// Whether the store takes nothing.
    boolean isCrowded() {
        return crowded;
    }

    /// Takes the new catalogue; nodes whose releases or whose authority changed count anew.
    private void take(Catalogue newer) {
        CatalogueChange change = new CatalogueChange(catalogue, newer);
        catalogue = newer.with(documents);
        if (change.isNothing()) {
            return;
        }
        touched.forEach(node -> node.countsWhole = true);
        change.visit(census.index(), place -> concern(roster.node(place)));
        // Those that are not counted stand in the index as they were when they were.
        for (String id : quarantines.nodes()) {
            Node node = Objects.requireNonNull(roster.named(id));
            if (change.concerns(node)) {
                concern(node);
            }
        }
    }

    private void concern(Node node) {
        if (!node.touched) {
            node.touched = true;
            node.countsWhole = true;
            touched.add(node);
        }
    }

    /// Counts anew the nodes whose timers have fired, so many under one hold of the lock.
    public void tick(long nowMicros) {
        while (anyDue(nowMicros)) {
            lock.writeLock().lock();
            try {
                recorder.begin(nowMicros);
                census.tick(catalogue, nowMicros, SLICE_NODES, recorder::aged);
                recorder.done(catalogue);
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    /// Folds again what is set aside, with all of its node's history, and counts it.
    public void retry(long nowMicros) {
        lock.writeLock().lock();
        try {
            recorder.begin(nowMicros);
            quarantines.at(nowMicros);
            for (String id : quarantines.nodes()) {
                Node node = Objects.requireNonNull(roster.named(id));
                quarantines.release(node);
                refolding.findGreatest(node);
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
        return queries.locked(nodes::unstored);
    }

    /// Writes the nodes that are changed the longest to the store. What is written is durable once
    /// the store is flushed.
    public void store(int most) {
        DerivedStore target = Objects.requireNonNull(store);
        lock.writeLock().lock();
        try {
            nodes.store(target, most, histories, catalogueAt);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
