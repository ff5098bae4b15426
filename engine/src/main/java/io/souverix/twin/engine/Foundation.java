package io.souverix.twin.engine;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.rules.RulesJson;
import io.souverix.twin.engine.attention.Clocks;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.commit.FleetSubjects;
import io.souverix.twin.engine.commit.Replay;
import io.souverix.twin.engine.derived.DerivedException;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.sbom.Sboms;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Start.CountedBy;
import io.souverix.twin.engine.shard.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an engine stands on once it is open: the log, the shards folded up to its end, and the
/// derived store where there is one.
record Foundation(
        EventLog log,
        EventRecords records,
        List<Shard> shards,
        FleetSubjects fleet,
        Clocks clocks,
        Sboms sboms,
        @Nullable DerivedStore store,
        Base base,
        long checkpoint) {
    /// The format of what the derived store holds; another one is made anew.
    private static final long FORMAT = 13;

    private static final String POSITION = "position";
    private static final String FORMAT_KEY = "format";
    private static final String RULES_KEY = "rules";

    /// By which program's meaning nodes were counted.
    private static final String MEANING = "meaning";

    /// By which documents they were.
    private static final String DOCUMENTS = "documents";

    /// How many nodes there were, so that a start has room for them.
    private static final String NODES = "nodes";

    private static final String CLOCKS = "clocks";
    private static final String ANCHORS = "anchors";

    /// A store of so many bytes is checked before it is used; a larger one beside its use.
    private static final long MAX_CHECKED_BYTES = 32L << 20;

    /// The place of the cut of the log that this was made of.
    private static final String CUT = "cut";

    /// While nodes forget what a cut drops.
    private static final long CUTTING = -1;

    private static final int SLICE_NODES = 500;

    Foundation {
        shards = List.copyOf(shards);
    }

    /// Folds a log that has no derived store.
    static Foundation without(
            EventLog log, Sboms sboms, EngineOptions options, TwinEngine.Progress progress) {
        return folded(log, sboms, options, null, log.start(), progress);
    }

    /// Folds a log from the checkpoint on; a derived store that is of another format, other rules or
    /// another log, or damaged, is thrown away.
    ///
    /// @throws LostEventsException where the store has seen more of this log than is there
    static Foundation over(
            EventLog log,
            Sboms sboms,
            Path derived,
            EngineOptions options,
            TwinEngine.Progress progress) {
        try {
            return over(log, sboms, DerivedStore.open(derived), options, progress);
        } catch (DerivedException e) {
            System.getLogger(Foundation.class.getName())
                    .log(System.Logger.Level.WARNING, "made anew: " + e.getMessage());
            delete(derived);
            return over(log, sboms, DerivedStore.open(derived), options, progress);
        }
    }

    private static Foundation over(
            EventLog log,
            Sboms sboms,
            DerivedStore store,
            EngineOptions options,
            TwinEngine.Progress progress) {
        try {
            if (!isLarge(store)) {
                store.verify();
            }
            requireFits(store, log, options.rules());
            return folded(
                    log, sboms, options, store, store.number(POSITION, log.start()), progress);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /// Whether it takes long to check the store: then this is done beside its use.
    private static boolean isLarge(DerivedStore store) {
        return store.bytes() > MAX_CHECKED_BYTES;
    }

    /// Reads a large store once from end to end. Where damage is found the store is made anew at the
    /// next start; what is damaged is not served, as each read checks what it reads.
    void checkStore() {
        if (store != null && isLarge(store)) {
            store.verify();
        }
    }

    private static void requireFits(DerivedStore store, EventLog log, Rules rules) {
        long position = store.number(POSITION, log.start());
        if (store.number(FORMAT_KEY, FORMAT) != FORMAT) {
            throw new DerivedException("a derived store of another format");
        }
        long rulesNumber = rulesNumber(rules);
        if (store.number(RULES_KEY, rulesNumber) != rulesNumber) {
            throw new DerivedException("a derived store made by other rules");
        }
        Anchors anchors = Anchors.read(store.whole(ANCHORS));
        long cut = log.droppedBefore();
        if (store.number(CUT, cut) != cut) {
            throw new DerivedException("a derived store of before the log was cut");
        }
        // Twins may be stored before the first checkpoint; a crash leaves them without an anchor.
        if (anchors.isEmpty() && (position != log.start() || store.hasHeads())) {
            throw new DerivedException("a derived store that does not say of which log it is");
        }
        if (position < cut || anchors.contradict(log)) {
            throw new DerivedException("the derived store of another log");
        }
        long seen = Math.max(position, anchors.newest() + 1);
        if (seen > log.end()) {
            throw new LostEventsException(seen, log.end());
        }
    }

    /// Closes all of it.
    void close() {
        sboms.close();
        if (store != null) {
            store.close();
        }
        log.close();
    }

    /// Deletes a derived store.
    static void delete(Path derived) {
        if (!Files.exists(derived)) {
            return;
        }
        try (Stream<Path> files = Files.walk(derived)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete what is derived, at " + derived, e);
        }
    }

    /// Has a derived store another one in its place. Cut short, there is none, and it is made anew.
    static void replace(Path derived, Path newer) {
        delete(derived);
        try {
            Files.move(newer, derived, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + newer + " to " + derived, e);
        }
    }

    private static long rulesNumber(Rules rules) {
        return Anchors.number(RulesJson.version(rules).getBytes(StandardCharsets.UTF_8));
    }

    private static Foundation folded(
            EventLog log,
            Sboms sboms,
            EngineOptions options,
            @Nullable DerivedStore store,
            long from,
            TwinEngine.Progress progress) {
        EventRecords records = new EventRecords(log);
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < options.shards(); i++) {
            shards.add(
                    new Shard(
                            options.rules(),
                            records,
                            store,
                            options.shards(),
                            options.twinBytes(),
                            options.meaning()));
        }
        FleetSubjects fleet = new FleetSubjects();
        Clocks clocks = new Clocks();
        boolean whole = from == log.start() && isUnused(store);
        CountedBy countedBy =
                new CountedBy(false, Catalogue.EMPTY, from, sboms.documents().digests());
        Base base = Base.of(log);
        clocks.read(base.clocks());
        if (store != null && !whole) {
            countedBy = restore(store, shards, fleet, records, from, progress);
            byte[] seen = store.whole(CLOCKS);
            clocks.read(seen == null ? new Clocks().write() : seen);
            long reached = lastAddress(shards, fleet) + 1;
            if (reached > log.end()) {
                throw new LostEventsException(reached, log.end());
            }
        }
        base.dropped()
                .forEach(gone ->
                        shards.get(Committer.shardOf(gone.node().hashCode(), shards.size()))
                                .start()
                                .dropped(gone, log.droppedBefore()));
        long total = log.records();
        if (store != null) {
            try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
                // Folding may store twins.
                sayWhoseItIs(batch, options.rules(), store);
                store.write(batch);
            }
        }
        shards.forEach(shard -> shard.documents(sboms.documents()));
        Replay replay =
                new Replay(
                        log,
                        records,
                        shards,
                        fleet,
                        clocks,
                        folded -> progress.report("events folded", folded, total));
        if (whole) {
            replay.whole(options.replayBytes(), () -> Times.micros(options.clock().instant()));
        } else {
            replay.after(from);
        }
        long now = Times.micros(options.clock().instant());
        Catalogue catalogue = fleet.catalogue();
        CountedBy before = countedBy;
        shards.parallelStream()
                .forEach(shard -> shard.start().settle(catalogue, log.end(), before, now));
        return new Foundation(log, records, shards, fleet, clocks, sboms, store, base, from);
    }

    /// Whether it tells of nothing: no node was stored, and no checkpoint was made.
    private static boolean isUnused(@Nullable DerivedStore store) {
        return store == null || (store.whole(CLOCKS) == null && !store.hasHeads());
    }

    /// Takes what the store tells of nodes and the events about the fleet.
    private static CountedBy restore(
            DerivedStore store,
            List<Shard> shards,
            FleetSubjects fleet,
            EventRecords records,
            long from,
            TwinEngine.Progress progress) {
        // A few more than there were: shards are of about the same size.
        long expected = store.number(NODES, 0) / shards.size() * 17 / 16;
        shards.parallelStream().forEach(shard -> shard.start().expect((int) expected));
        List<Long> addresses = store.fleetEvents();
        // One by one from all over the log: this would be all that runs, so it is done beside.
        List<StoredEvent> events =
                SideBySide.with(
                        () -> addresses.stream().map(records::read).toList(),
                        () -> {
                            long restored = Restoration.run(store, shards);
                            progress.report("nodes restored", restored, -1);
                        });
        // Those from before the checkpoint began were known when its nodes were counted.
        take(events.stream().filter(event -> event.address() < from).toList(), fleet);
        Catalogue catalogue = fleet.catalogue();
        take(events.stream().filter(event -> event.address() >= from).toList(), fleet);
        fleet.stored(fleet.unstored().size());
        byte[] documents = store.whole(DOCUMENTS);
        return new CountedBy(
                Program.number() != 0 && store.number(MEANING, 0) == Program.number(),
                catalogue,
                from,
                documents == null
                        ? Set.of()
                        : Set.copyOf(
                                new StateReader(documents, Sharing.NONE).list(StateReader::text)));
    }

    private static void take(List<StoredEvent> events, FleetSubjects fleet) {
        events.forEach(stored -> fleet.take(stored.event(), stored.address()));
    }

    private static long lastAddress(List<Shard> shards, FleetSubjects fleet) {
        return shards.stream().mapToLong(Shard::lastAddress).reduce(fleet.lastAddress(), Math::max);
    }

    /// Writes what changed since the last checkpoint, a slice at a time while folding goes on, and
    /// makes it durable. Each node's state says up to where it is folded, so a slice more or less
    /// does no harm.
    ///
    /// @param position up to where everything was folded when this began
    void checkpoint(long position, Rules rules) {
        DerivedStore target = store;
        if (target == null) {
            return;
        }
        byte[] documents = documents();
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            // First: no node is ever held without what tells where it is from.
            identify(batch, rules, target);
            target.write(batch);
        }
        for (Shard shard : shards) {
            // What changes from here on is behind these in the queue, and the next checkpoint's.
            for (int left = shard.unstored(); left > 0; left -= SLICE_NODES) {
                shard.store(Math.min(left, SLICE_NODES));
            }
        }
        List<Long> fleetEvents = fleet.unstored();
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            for (long address : fleetEvents) {
                batch.fleetEvent(address);
            }
            batch.whole(CLOCKS, clocks.write());
            batch.number(POSITION, position);
            batch.number(NODES, nodes());
            batch.number(MEANING, Program.number());
            batch.whole(DOCUMENTS, documents);
            target.flush(batch);
        }
        fleet.stored(fleetEvents.size());
    }

    /// Has the nodes forget what a cut drops; where that is cut short, the store is made anew.
    ///
    /// @param place of the cut
    void cutting(long place, Runnable forgetting) {
        DerivedStore target = store;
        if (target == null) {
            forgetting.run();
            return;
        }
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            batch.number(CUT, CUTTING);
            target.write(batch);
            forgetting.run();
            batch.number(CUT, place);
            target.flush(batch);
        }
    }

    private void identify(DerivedStore.Batch batch, Rules rules, DerivedStore target) {
        sayWhoseItIs(batch, rules, target);
        if (target.number(CUT, Long.MIN_VALUE) == Long.MIN_VALUE) {
            // From then on only a cut changes it: one that failed on its way stays to be seen.
            batch.number(CUT, log.droppedBefore());
        }
        long anchor = lastAddress(shards, fleet);
        if (anchor >= 0) {
            batch.whole(ANCHORS, Anchors.read(target.whole(ANCHORS)).with(anchor, log).write());
        }
    }

    /// Says of which format and rules a store is from now on.
    private static void sayWhoseItIs(DerivedStore.Batch batch, Rules rules, DerivedStore target) {
        batch.number(FORMAT_KEY, FORMAT);
        batch.number(RULES_KEY, rulesNumber(rules));
        if (target.number(MEANING, 0) != Program.number()) {
            // Until all that another program counted is counted anew, nothing is known of it.
            batch.number(MEANING, 0);
        }
    }

    private long nodes() {
        return shards.stream().mapToLong(shard -> shard.queries().nodes()).sum();
    }

    /// The digests of the documents that every shard counts by.
    private byte[] documents() {
        TreeSet<String> known = new TreeSet<>(shards.getFirst().documents().digests());
        shards.forEach(shard -> known.retainAll(shard.documents().digests()));
        return new StateWriter().list(List.copyOf(known), StateWriter::text).toByteArray();
    }

    /// How many nodes wait to be stored.
    int unstored() {
        return store == null ? 0 : shards.stream().mapToInt(Shard::unstored).sum();
    }
}
