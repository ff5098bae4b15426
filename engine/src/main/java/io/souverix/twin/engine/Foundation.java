package io.souverix.twin.engine;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.rules.RulesJson;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.commit.FleetSubjects;
import io.souverix.twin.engine.commit.Replay;
import io.souverix.twin.engine.derived.DerivedException;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.Shard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an engine stands on once it is open: the log, the shards folded up to its end, and the
/// derived store where there is one.
record Foundation(
        EventLog log,
        EventRecords records,
        List<Shard> shards,
        FleetSubjects fleet,
        @Nullable DerivedStore store,
        long checkpoint) {
    /// The format of what the derived store holds; another one is made anew.
    private static final long FORMAT = 1;

    private static final String POSITION = "position";
    private static final String FORMAT_KEY = "format";
    private static final String RULES_KEY = "rules";
    private static final int SLICE_NODES = 500;

    Foundation {
        shards = List.copyOf(shards);
    }

    /// Folds a log that has no derived store.
    static Foundation without(EventLog log, EngineOptions options, TwinEngine.Progress progress) {
        return folded(log, options, null, log.start(), progress);
    }

    /// Folds a log from the checkpoint on; a derived store that is of another format or other rules,
    /// damaged, or ahead of the log, is thrown away.
    static Foundation over(
            EventLog log, Path derived, EngineOptions options, TwinEngine.Progress progress) {
        DerivedStore store = usable(derived, log, options.rules());
        return folded(log, options, store, store.number(POSITION, log.start()), progress);
    }

    private static DerivedStore usable(Path derived, EventLog log, Rules rules) {
        long rulesVersion = rulesNumber(rules);
        DerivedStore store = null;
        try {
            store = DerivedStore.open(derived);
            long position = store.number(POSITION, log.start());
            boolean fits =
                    store.number(FORMAT_KEY, FORMAT) == FORMAT
                            && store.number(RULES_KEY, rulesVersion) == rulesVersion
                            && position >= log.start()
                            && position <= log.end();
            if (fits) {
                return store;
            }
            store.close();
        } catch (DerivedException e) {
            System.getLogger(Foundation.class.getName())
                    .log(System.Logger.Level.WARNING, "made anew: " + e.getMessage());
            if (store != null) {
                store.close();
            }
        }
        delete(derived);
        return DerivedStore.open(derived);
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

    private static long rulesNumber(Rules rules) {
        byte[] version = RulesJson.version(rules).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return EventHash.of(version, version.length).high();
    }

    private static Foundation folded(
            EventLog log,
            EngineOptions options,
            @Nullable DerivedStore store,
            long from,
            TwinEngine.Progress progress) {
        EventRecords records = new EventRecords(log);
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < options.shards(); i++) {
            shards.add(new Shard(options.rules(), records, store));
        }
        FleetSubjects fleet = new FleetSubjects();
        if (store != null) {
            restore(store, shards, fleet, records, progress);
        }
        long total = log.records();
        new Replay(records, shards, fleet)
                .run(log, from, scanned -> progress.report("events folded", scanned, total));
        long now = Times.micros(options.clock().instant());
        for (Shard shard : shards) {
            shard.settle(fleet.catalogue(), now);
        }
        return new Foundation(log, records, shards, fleet, store, from);
    }

    private static void restore(
            DerivedStore store,
            List<Shard> shards,
            FleetSubjects fleet,
            EventRecords records,
            TwinEngine.Progress progress) {
        long[] restored = {0};
        store.nodes((id, state) -> {
            shards.get(Committer.shardOf(id.hashCode(), shards.size())).restore(id, state);
            if (++restored[0] % 50_000 == 0) {
                progress.report("twins restored", restored[0], -1);
            }
        });
        for (long address : store.fleetEvents()) {
            fleet.take(records.read(address).event(), address);
        }
        var _ = fleet.takeUnstored();
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
        for (Shard shard : shards) {
            boolean more = true;
            while (more) {
                more = shard.store(SLICE_NODES);
            }
        }
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            for (long address : fleet.takeUnstored()) {
                batch.fleetEvent(address);
            }
            batch.number(POSITION, position);
            batch.number(FORMAT_KEY, FORMAT);
            batch.number(RULES_KEY, rulesNumber(rules));
            target.flush(batch);
        }
    }
}
