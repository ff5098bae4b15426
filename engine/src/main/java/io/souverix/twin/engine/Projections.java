package io.souverix.twin.engine;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.ProjectionStatus.State;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.commit.FleetSubjects;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.sbom.Sboms;
import io.souverix.twin.engine.shard.Quarantine;
import io.souverix.twin.engine.shard.Shard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The projections as a surface: how each stands, what is set aside, and a rebuild beside the standing
/// one. A fault of one is its own.
final class Projections {
    /// An instant far away, so that a digest depends on what is counted and not on when it is taken.
    private static final long DIGEST_MICROS = 4_102_444_800_000_000L;

    private final List<Shard> shards;
    private final FleetSubjects fleet;
    private final Sboms sboms;
    private final FleetQueries queries;
    private final Committer committer;
    private final LongSupplier nowMicros;
    private final Map<Projection, String> faults = new ConcurrentHashMap<>();
    private final Set<Projection> rebuilding = ConcurrentHashMap.newKeySet();

    Projections(
            Foundation foundation,
            FleetQueries queries,
            Committer committer,
            LongSupplier nowMicros) {
        this.shards = foundation.shards();
        this.fleet = foundation.fleet();
        this.sboms = foundation.sboms();
        this.queries = queries;
        this.committer = committer;
        this.nowMicros = nowMicros;
    }

    JsonObject answer(
            Projection projection,
            List<Dimension> by,
            boolean decommissioned,
            AsOf asOf,
            Position position) {
        return guarded(
                projection,
                () -> queries.projection(projection, by, decommissioned, asOf, position));
    }

    private <T> T guarded(Projection projection, Supplier<T> question) {
        try {
            T answer = question.get();
            faults.remove(projection);
            return answer;
        } catch (RuntimeException e) {
            if (faults.put(projection, e.toString()) == null) {
                System.getLogger(Projections.class.getName())
                        .log(System.Logger.Level.ERROR, "quarantined " + projection.word(), e);
            }
            throw new ProjectionFault(projection.word(), e);
        }
    }

    /// How each stands.
    List<ProjectionStatus> status() {
        return Arrays.stream(Projection.values()).map(this::status).toList();
    }

    /// How each stood as of a question: nothing lags in the past.
    ///
    /// @param asOf pinned
    List<ProjectionStatus> status(AsOf asOf) {
        Map<Projection, String> digests = queries.digests(asOf, DIGEST_MICROS);
        return Arrays.stream(Projection.values())
                .map(projection ->
                        new ProjectionStatus(
                                projection.word(),
                                new Position(asOf.before()),
                                0,
                                digests.get(projection),
                                state(projection),
                                faults.get(projection)))
                .toList();
    }

    private ProjectionStatus status(Projection projection) {
        Position position = new Position(committer.visible());
        return new ProjectionStatus(
                projection.word(),
                position,
                committer.pendingEvents(),
                digest(projection),
                state(projection),
                faults.get(projection));
    }

    private State state(Projection projection) {
        if (committer.failure() != null) {
            return State.FAILED;
        }
        if (rebuilding.contains(projection)) {
            return State.REBUILDING;
        }
        return faults.containsKey(projection) || quarantinedCount() > 0
                ? State.QUARANTINED
                : State.CURRENT;
    }

    /// The digest, or null where the projection cannot be answered: its state says it.
    private @Nullable String digest(Projection projection) {
        try {
            return guarded(
                    projection,
                    () -> queries.still(() -> queries.digest(projection, DIGEST_MICROS)));
        } catch (ProjectionFault _) {
            return null;
        }
    }

    long quarantinedCount() {
        return shards.stream().mapToLong(shard -> shard.queries().quarantinedCount()).sum()
                + fleet.quarantined().size()
                + sboms.damaged().size();
    }

    List<Quarantine.Entry> quarantined(int most) {
        List<Quarantine.Entry> entries = new ArrayList<>();
        for (Shard shard : shards) {
            entries.addAll(shard.queries().quarantined(most - entries.size()));
        }
        fleet.quarantined()
                .forEach((subject, why) -> entries.add(Quarantine.Entry.of(subject, why)));
        sboms.damaged()
                .forEach((digest, why) -> entries.add(Quarantine.Entry.ofDocument(digest, why)));
        return entries;
    }

    /// Folds again what is set aside and counts every node anew, while the standing sums are answered;
    /// false where it is under way already. All projections count in the same sums: what is rebuilt
    /// for one is right for all.
    boolean rebuild(Projection projection) {
        if (!rebuilding.add(projection)) {
            return false;
        }
        try {
            synchronized (this) {
                for (Shard shard : shards) {
                    shard.retry(nowMicros.getAsLong());
                    shard.recount(nowMicros);
                }
            }
            faults.remove(projection);
            return true;
        } finally {
            rebuilding.remove(projection);
        }
    }
}
