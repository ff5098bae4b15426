package io.souverix.twin.engine;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.Tally;
import io.souverix.twin.engine.Appended.Warning;
import io.souverix.twin.engine.changes.ChangeFeed;
import io.souverix.twin.engine.changes.NodeStates;
import io.souverix.twin.engine.changes.TableKey;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.commit.Submission.Committed;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.log.SegmentLog;
import io.souverix.twin.engine.log.SegmentLogOptions;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Queries.Seen;
import io.souverix.twin.engine.shard.Queries.Sight;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Shard.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The twin of a fleet: takes events, keeps them, and answers. Thread-safe.
public final class TwinEngine implements AutoCloseable {
    /// Asks of the present.
    public static final long NOW = Queries.NOW;

    /// How many items a page may have.
    public static final int MAX_PAGE = 1_000;

    /// How many events one append may hold.
    public static final int MAX_APPEND = 10_000;

    private static final String LOG_DIRECTORY = "log";
    private static final String DERIVED_DIRECTORY = "derived";

    private final EngineOptions options;
    private final Foundation foundation;
    private final ChangeFeed changes;
    private final Committer committer;
    private final Housekeeping housekeeping;
    private final FleetQueries fleetQueries;
    private final LongAdder applied = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder duplicates = new LongAdder();

    /// Tells how far long work has come.
    @FunctionalInterface
    public interface Progress {
        /// Says nothing to nobody.
        Progress SILENT = (_, _, _) -> {};

        /// @param done events (or nodes) so far
        /// @param total of all, or -1 where not known
        void report(String what, long done, long total);
    }

    private TwinEngine(Foundation foundation, EngineOptions options) {
        this.options = options;
        this.foundation = foundation;
        this.changes = feed(foundation);
        this.committer =
                new Committer(
                        foundation.log(),
                        foundation.shards(),
                        foundation.fleet(),
                        this::nowMicros,
                        changes::publish,
                        new Committer.Limits(
                                EngineOptions.MAX_PENDING_EVENTS, EngineOptions.MAX_PENDING_BYTES));
        this.housekeeping = new Housekeeping(foundation, committer, changes, options);
        this.fleetQueries = new FleetQueries(foundation.shards(), this::nowMicros);
    }

    /// Opens the data directory (made where there is none): the log is checked, twins come from the
    /// last checkpoint and the events after it.
    public static TwinEngine open(Path directory, EngineOptions options, Progress progress) {
        EventLog log = SegmentLog.open(directory.resolve(LOG_DIRECTORY), SegmentLogOptions.DEFAULT);
        try {
            return new TwinEngine(
                    Foundation.over(log, directory.resolve(DERIVED_DIRECTORY), options, progress),
                    options);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /// An engine that keeps everything in memory.
    public static TwinEngine inMemory(EngineOptions options) {
        return over(new MemoryLog(), options);
    }

    /// An engine over a log, without a derived store: everything is folded at the start.
    public static TwinEngine over(EventLog log, EngineOptions options) {
        return new TwinEngine(Foundation.without(log, options, Progress.SILENT), options);
    }

    /// Throws away what is derived and folds the log again from its start. The directory must not be
    /// in use.
    public static void rebuild(Path directory, EngineOptions options, Progress progress) {
        // Opening the log first takes its lock: nobody else may use what is deleted.
        EventLog log = SegmentLog.open(directory.resolve(LOG_DIRECTORY), SegmentLogOptions.DEFAULT);
        try (log) {
            Path derived = directory.resolve(DERIVED_DIRECTORY);
            Foundation.delete(derived);
            Foundation foundation = Foundation.over(log, derived, options, progress);
            foundation.checkpoint(log.end(), options.rules());
            if (foundation.store() != null) {
                foundation.store().close();
            }
        }
    }

    private ChangeFeed feed(Foundation base) {
        NodeStates states =
                new NodeStates(options.rules(), base.fleet()::catalogue, id -> shard(id).queries());
        return new ChangeFeed(
                new ChangeFeed.Sources(
                        base.shards(),
                        base.records(),
                        states,
                        this::nowMicros,
                        TwinEngine::meta,
                        this::table),
                options.changes(),
                base.log().end());
    }

    private JsonObject table(TableKey key) {
        return projection(key.projection(), key.groupBy(), key.decommissioned());
    }

    /// What changes, for those who watch.
    public ChangeFeed changes() {
        return changes;
    }

    private long nowMicros() {
        return Times.micros(options.clock().instant());
    }

    /// Takes events; completes once they are durable and visible. At most [#MAX_APPEND] at a time.
    public CompletableFuture<Appended> append(List<Event> events) throws AppendRefused {
        if (events.size() > MAX_APPEND) {
            throw new IllegalArgumentException(
                    "found " + events.size() + " events, expected at most " + MAX_APPEND);
        }
        String failure = committer.failure();
        if (failure != null) {
            throw new AppendRefused(AppendRefused.Reason.UNAVAILABLE, failure);
        }
        List<Event> unknown = new ArrayList<>(events.size());
        int[] places = new int[events.size()];
        for (int i = 0; i < events.size(); i++) {
            if (!knows(events.get(i))) {
                places[unknown.size()] = i;
                unknown.add(events.get(i));
            }
        }
        int known = events.size() - unknown.size();
        if (unknown.isEmpty()) {
            duplicates.add(known);
            return CompletableFuture.completedFuture(
                    new Appended(position(), 0, 0, known, List.of()));
        }
        CompletableFuture<Committed> committed = committer.submit(unknown);
        if (committed == null) {
            throw new AppendRefused(
                    AppendRefused.Reason.OVERLOADED, "too many events wait to be written");
        }
        return committed.thenApply(done -> appended(done, places, known));
    }

    private boolean knows(Event event) {
        return event.subject().kind() == Subject.Kind.NODE
                ? shard(event.subject().id()).knows(event)
                : foundation.fleet().knows(event, committer.visible());
    }

    private Shard shard(String id) {
        List<Shard> shards = foundation.shards();
        return shards.get(Committer.shardOf(id.hashCode(), shards.size()));
    }

    private Appended appended(Committed done, int[] places, int known) {
        int[] counts = new int[Outcome.values().length];
        List<Warning> warnings = new ArrayList<>();
        for (int i = 0; i < done.outcomes().length; i++) {
            Outcome outcome = done.outcomes()[i];
            counts[outcome.ordinal()]++;
            if (outcome == Outcome.ID_REUSED_APPLIED || outcome == Outcome.ID_REUSED_LATE) {
                String id = done.events().get(i).id();
                warnings.add(
                        new Warning(
                                places[i],
                                id,
                                "id_reused",
                                "found another event of this subject with the same id and"
                                        + " timestamp; both are kept"));
            }
        }
        int newlyApplied =
                counts[Outcome.APPLIED.ordinal()] + counts[Outcome.ID_REUSED_APPLIED.ordinal()];
        int newlyLate = counts[Outcome.LATE.ordinal()] + counts[Outcome.ID_REUSED_LATE.ordinal()];
        int allKnown = known + counts[Outcome.DUPLICATE.ordinal()];
        applied.add(newlyApplied);
        late.add(newlyLate);
        duplicates.add(allKnown);
        return new Appended(new Position(done.end()), newlyApplied, newlyLate, allKnown, warnings);
    }

    /// The twin; at [#NOW] or as of an instant.
    public Answer twin(String id, long atMicros) {
        return see(id, atMicros, seen -> seen.view().json());
    }

    /// The drift analysis; at [#NOW] or as of an instant.
    public Answer drift(String id, long atMicros) {
        return see(id, atMicros, seen -> seen.view().driftJson(shard(id).queries().eventIds()));
    }

    private Answer see(String id, long atMicros, Function<Seen, JsonObject> render) {
        return shard(id)
                .queries()
                .see(
                        id,
                        atMicros,
                        nowMicros(),
                        identity -> foundation.fleet().catalogueAt(identity, atMicros),
                        sight -> answer(sight, render));
    }

    private static Answer answer(Sight sight, Function<Seen, JsonObject> render) {
        return switch (sight) {
            case Sight.Unknown _ -> new Answer.Unknown();
            case Sight.NotYetKnown(long first) -> new Answer.NotYetKnown(first);
            case Sight.Found(Seen seen) -> new Answer.Found(render.apply(seen), meta(seen));
        };
    }

    private static JsonObject meta(Seen seen) {
        Tally tally = seen.tally();
        return new JsonObject.Builder()
                .put("revision", tally.revision().hex())
                .put("events", tally.events())
                .put("position", new Position(seen.address()).token())
                .put("updated_at", Times.text(tally.updatedMicros()))
                .put("at", Times.text(seen.view().nowMicros()))
                .build();
    }

    /// The connectivity ledger: entries `offset` and on, at most `limit`, with `next_cursor` (the
    /// offset as text) where there are more.
    public Answer ledger(String id, long atMicros, int offset, int limit) {
        long now = atMicros == NOW ? nowMicros() : atMicros;
        List<JsonObject> entries = shard(id).queries().ledger(id, atMicros, now);
        return see(
                id,
                atMicros,
                seen -> {
                    int from = Math.min(offset, entries.size());
                    int to = Math.min(entries.size(), from + limit);
                    JsonObject.Builder body =
                            new JsonObject.Builder()
                                    .put("node_id", id)
                                    .put("state", state(entries))
                                    .put(
                                            "history",
                                            new JsonArray(List.copyOf(entries.subList(from, to))));
                    if (to < entries.size()) {
                        body.put("next_cursor", Integer.toString(to));
                    }
                    return body.build();
                });
    }

    private static Json state(List<JsonObject> entries) {
        return Json.orNull(entries.isEmpty() ? null : entries.getLast().member("state"));
    }

    /// Part of a subject's history; empty where the subject is unknown.
    ///
    /// @throws IllegalArgumentException where the cursor is none of ours
    public Optional<EventsQuery.Page> events(String nodeId, EventsQuery query) {
        return new EventsPage(shard(nodeId).queries(), query).read(nodeId);
    }

    /// The codes of event types by name; a name that starts with `x_` means all such types.
    static Set<Integer> codes(List<String> types) {
        Set<Integer> codes = new HashSet<>();
        for (String name : types) {
            EventType type = EventType.named(name);
            if (type != null) {
                codes.add(type.code());
            }
        }
        return codes;
    }

    /// Twins (body with `meta` in it) in the order of their ids, after one of them.
    public List<JsonObject> twins(@Nullable String afterId, int limit, boolean decommissioned) {
        List<JsonObject> page = new ArrayList<>();
        for (String id : fleetQueries.idsAfter(afterId, limit, decommissioned)) {
            if (twin(id, NOW) instanceof Answer.Found(JsonObject body, JsonObject meta)) {
                JsonObject.Builder whole = new JsonObject.Builder();
                body.forEach(whole::put);
                page.add(whole.put("meta", meta).build());
            }
        }
        return page;
    }

    /// One aggregate as `GET /v1/projections/{name}` answers it.
    public JsonObject projection(
            Projection projection, @Nullable Dimension groupBy, boolean decommissioned) {
        return fleetQueries.projection(projection, groupBy, decommissioned, position());
    }

    /// Up to where events are durable and visible.
    public Position position() {
        return new Position(committer.visible());
    }

    /// Waits until a position is visible; false where it took too long.
    public boolean await(Position position, Duration patience) throws InterruptedException {
        return committer.await(position.address(), patience.toMillis());
    }

    public EngineStatus status() {
        EventLog log = foundation.log();
        FleetQueries.Totals totals = fleetQueries.totals();
        return new EngineStatus(
                committer.failure(),
                position(),
                totals.nodes(),
                totals.events() + foundation.fleet().events(),
                log.end() - log.start(),
                committer.pendingEvents(),
                applied.sum(),
                late.sum(),
                duplicates.sum(),
                new Position(housekeeping.lastCheckpoint()),
                totals.digest().plus(foundation.fleet().digest()).hex());
    }

    /// Writes a checkpoint now.
    public void checkpoint() {
        housekeeping.checkpoint();
    }

    /// Checks the log byte by byte, folds it again from nothing and compares with what is served.
    /// What is appended meanwhile waits until the comparison is made.
    public Verification verify(Progress progress) {
        return new Verifier(foundation, options, fleetQueries, committer).verify(progress);
    }

    /// What a verification found.
    ///
    /// @param differences the first few, in words; empty where all agrees
    /// @param digests name to (served, refolded)
    public record Verification(
            long events, long nodes, List<String> differences, List<DigestPair> digests) {
        public Verification {
            differences = List.copyOf(differences);
            digests = List.copyOf(digests);
        }

        public boolean agrees() {
            return differences.isEmpty();
        }
    }

    /// A digest of what is served beside the one of what was folded again.
    public record DigestPair(String name, String served, String refolded) {}

    /// Commits what waits, writes a checkpoint and closes everything.
    @Override
    public void close() {
        committer.close();
        changes.close();
        housekeeping.close();
        if (foundation.store() != null) {
            foundation.store().close();
        }
        foundation.log().close();
    }
}
