package io.souverix.twin.engine;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.Appended.Warning;
import io.souverix.twin.engine.TrustQueries.NodePage;
import io.souverix.twin.engine.changes.ChangeFeed;
import io.souverix.twin.engine.changes.Listed;
import io.souverix.twin.engine.changes.Listing;
import io.souverix.twin.engine.changes.NodeStates;
import io.souverix.twin.engine.changes.TableKey;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.commit.Submission;
import io.souverix.twin.engine.commit.Submission.Committed;
import io.souverix.twin.engine.derived.NativeLibrary;
import io.souverix.twin.engine.graph.GraphQueries;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.log.SegmentLog;
import io.souverix.twin.engine.log.SegmentLogOptions;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.FaceVisitor;
import io.souverix.twin.engine.query.FindingsQuery;
import io.souverix.twin.engine.query.ListQuery;
import io.souverix.twin.engine.sbom.Sboms;
import io.souverix.twin.engine.shard.Faces;
import io.souverix.twin.engine.shard.Quarantine;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Shard.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The twin of a fleet: takes events, keeps them, and answers. Thread-safe.
public final class TwinEngine implements AutoCloseable {
    /// How many items a page may have.
    public static final int MAX_PAGE = 1_000;

    /// How many events one append may hold.
    public static final int MAX_APPEND = 10_000;

    private static final String LOG_DIRECTORY = "log";
    static final String DERIVED_DIRECTORY = "derived";

    /// Beside what is derived, until it is whole and takes its place.
    private static final String REBUILT_DIRECTORY = "derived.rebuilt";

    private static final String PRESENTATION_DIRECTORY = "presentation";
    private static final String SBOM_DIRECTORY = "sboms";

    private final EngineOptions options;
    private final Foundation foundation;
    private final ChangeFeed changes;
    private final Committer committer;
    private final Housekeeping housekeeping;
    private final Retention retention;
    private final FleetQueries fleetQueries;
    private final Projections projections;
    private final GraphQueries graph;
    private final FleetSearch fleetSearch;
    private final FleetFindings fleetFindings;
    private final TwinQueries twinQueries;
    private final TrustQueries trustQueries;
    private final Insight insight;
    private final LongAdder applied = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder duplicates = new LongAdder();

    /// Puts the native libraries of the engine into a folder for `java.library.path`, so that
    /// starts need not unpack them.
    public static void unpackLibraries(Path folder) throws IOException {
        NativeLibrary.unpack(folder);
    }

    /// Tells how far long work has come.
    @FunctionalInterface
    public interface Progress {
        /// Says nothing to nobody.
        Progress SILENT = (_, _, _) -> {};

        /// @param done events (or nodes) so far
        /// @param total of all, or -1 where not known
        void report(String what, long done, long total);
    }

    private TwinEngine(Foundation foundation, EngineOptions options, @Nullable Path presentation) {
        this.options = options;
        this.foundation = foundation;
        this.twinQueries =
                new TwinQueries(
                        foundation.shards(),
                        foundation.fleet(),
                        this::nowMicros,
                        this::earliestMicros);
        this.changes = feed(foundation, twinQueries);
        this.committer =
                new Committer(
                        foundation.log(),
                        foundation.shards(),
                        foundation.fleet(),
                        foundation.clocks(),
                        this::nowMicros,
                        changes::publish,
                        new Committer.Limits(
                                EngineOptions.MAX_PENDING_EVENTS, EngineOptions.MAX_PENDING_BYTES));
        this.housekeeping = new Housekeeping(foundation, committer, changes, options);
        this.retention = new Retention(foundation, committer, changes, housekeeping, options);
        this.fleetQueries =
                new FleetQueries(foundation.shards(), foundation.fleet(), this::nowMicros);
        this.projections = new Projections(foundation, fleetQueries, committer, this::nowMicros);
        this.graph =
                new GraphQueries(
                        foundation.shards(),
                        new GraphedFleet(foundation, fleetQueries, committer, this::nowMicros),
                        presentation);
        this.fleetSearch =
                new FleetSearch(
                        foundation.shards(), fleetQueries, foundation.fleet(), this::nowMicros);
        this.fleetFindings =
                new FleetFindings(fleetSearch, foundation.shards().getFirst().queries().eventIds());
        this.trustQueries =
                new TrustQueries(
                        foundation.shards(), foundation.sboms(), twinQueries, this::nowMicros);
        this.insight =
                Insight.of(
                        this,
                        options.rules(),
                        foundation.fleet(),
                        foundation.clocks(),
                        fleetQueries,
                        twinQueries,
                        presentation);
        // Last: nothing runs where something above is refused.
        changes.start();
        committer.start();
        housekeeping.start();
        retention.start();
    }

    /// Opens the data directory (made where there is none): the log is checked, twins come from the
    /// last checkpoint and the events after it.
    public static TwinEngine open(Path directory, EngineOptions options, Progress progress) {
        return over(
                SegmentLog.open(
                        directory.resolve(LOG_DIRECTORY),
                        new SegmentLogOptions(options.segmentBytes())),
                directory,
                options,
                progress);
    }

    /// The same over a log that is open, wherever it lies; it is closed where this fails.
    static TwinEngine over(EventLog log, Path directory, EngineOptions options, Progress progress) {
        Foundation foundation = null;
        try {
            foundation =
                    Foundation.over(
                            log,
                            Sboms.open(directory.resolve(SBOM_DIRECTORY), options.clock()),
                            directory.resolve(DERIVED_DIRECTORY),
                            options,
                            progress);
            return new TwinEngine(foundation, options, directory.resolve(PRESENTATION_DIRECTORY));
        } catch (RuntimeException e) {
            if (foundation == null) {
                log.close();
            } else {
                foundation.close();
            }
            throw e;
        }
    }

    /// An engine that keeps everything in memory.
    public static TwinEngine inMemory(EngineOptions options) {
        return over(new MemoryLog(), options);
    }

    /// An engine over a log, without a derived store: everything is folded at the start.
    public static TwinEngine over(EventLog log, EngineOptions options) {
        Sboms sboms = Sboms.inMemory(options.clock());
        return new TwinEngine(
                Foundation.without(log, sboms, options, Progress.SILENT), options, null);
    }

    /// Folds the log again from its start, beside what is derived, and puts the result in its place once
    /// it is whole. The directory must not be in use.
    public static void rebuild(Path directory, EngineOptions options, Progress progress) {
        // Opening the log first takes its lock: nobody else may use what is replaced.
        EventLog log =
                SegmentLog.open(
                        directory.resolve(LOG_DIRECTORY),
                        new SegmentLogOptions(options.segmentBytes()));
        try (log) {
            Path rebuilt = directory.resolve(REBUILT_DIRECTORY);
            Foundation.delete(rebuilt);
            Sboms sboms = Sboms.open(directory.resolve(SBOM_DIRECTORY), options.clock());
            Foundation foundation = Foundation.over(log, sboms, rebuilt, options, progress);
            foundation.checkpoint(log.end(), options.rules());
            sboms.close();
            if (foundation.store() != null) {
                foundation.store().close();
            }
            Foundation.replace(directory.resolve(DERIVED_DIRECTORY), rebuilt);
        }
    }

    private ChangeFeed feed(Foundation base, TwinQueries twins) {
        NodeStates states = new NodeStates(base.fleet(), id -> twins.shard(id).queries());
        return new ChangeFeed(
                new ChangeFeed.Sources(
                        base.shards(),
                        base.records(),
                        states,
                        this::nowMicros,
                        seen -> twins.marked(seen, AsOf.PRESENT),
                        this::table,
                        this::listing),
                options.changes(),
                base.log().end());
    }

    private JsonObject table(TableKey key) {
        List<Dimension> by = key.groupBy() == null ? List.of() : List.of(key.groupBy());
        return projection(key.projection(), by, key.decommissioned(), AsOf.PRESENT);
    }

    private Listed listing(Listing listing) {
        return switch (listing) {
            case ATTENTION -> insight.attention().listed();
            case DOMAINS -> insight.domains().listed();
        };
    }

    /// What changes, for those who watch.
    public ChangeFeed changes() {
        return changes;
    }

    long nowMicros() {
        return Times.micros(options.clock().instant());
    }

    /// Takes events; completes once they are durable and visible. At most [#MAX_APPEND] at a time.
    public CompletableFuture<Appended> append(List<Event> events) throws AppendRefused {
        return append(prepare(events));
    }

    /// Makes events ready to be appended; at most [#MAX_APPEND].
    public EventBatch prepare(List<Event> events) {
        if (events.size() > MAX_APPEND) {
            throw new IllegalArgumentException(
                    "found " + events.size() + " events, expected at most " + MAX_APPEND);
        }
        // One that takes no more refuses when they are appended, and may have nothing to look in.
        BitSet known = committer.failure() == null ? known(events) : new BitSet();
        List<Event> unknown = new ArrayList<>(events.size());
        int[] places = new int[events.size()];
        for (int i = 0; i < events.size(); i++) {
            if (!known.get(i)) {
                places[unknown.size()] = i;
                unknown.add(events.get(i));
            }
        }
        return new EventBatch(
                unknown.isEmpty() ? null : Submission.of(unknown), places, known.cardinality());
    }

    /// Which of the events are folded already.
    private BitSet known(List<Event> events) {
        BitSet known = new BitSet(events.size());
        long visible = committer.visible();
        List<Shard> shards = foundation.shards();
        List<BitSet> asked = new ArrayList<>();
        shards.forEach(_ -> asked.add(new BitSet(events.size())));
        for (int i = 0; i < events.size(); i++) {
            Subject subject = events.get(i).subject();
            if (subject.kind() == Subject.Kind.NODE) {
                asked.get(Committer.shardOf(subject.id().hashCode(), shards.size())).set(i);
            } else if (foundation.fleet().knows(events.get(i), visible)) {
                known.set(i);
            }
        }
        for (int i = 0; i < shards.size(); i++) {
            if (!asked.get(i).isEmpty()) {
                shards.get(i).retainKnown(events, asked.get(i), visible);
                known.or(asked.get(i));
            }
        }
        return known;
    }

    /// Takes a batch, which may be handed in again where it was refused; completes once its events
    /// are durable and visible.
    public CompletableFuture<Appended> append(EventBatch batch) throws AppendRefused {
        String failure = committer.failure();
        if (failure != null) {
            throw new AppendRefused(AppendRefused.Reason.UNAVAILABLE, failure);
        }
        if (batch.submission == null) {
            duplicates.add(batch.known);
            return CompletableFuture.completedFuture(
                    new Appended(position(), 0, 0, batch.known, List.of()));
        }
        CompletableFuture<Committed> committed = submit(batch.submission);
        if (committed == null) {
            throw new AppendRefused(
                    AppendRefused.Reason.OVERLOADED, "too many events wait to be written");
        }
        return committed.thenApply(done -> appended(done, batch));
    }

    private @Nullable CompletableFuture<Committed> submit(Submission submission)
            throws AppendRefused {
        Lock taking = retention.taking().readLock();
        taking.lock();
        try {
            for (Event event : submission.events()) {
                if (Retention.speaksOf(event) <= retention.floorMicros()) {
                    throw new AppendRefused(
                            AppendRefused.Reason.BEFORE_RETAINED_HISTORY,
                            "found event "
                                    + event.id()
                                    + " of "
                                    + Times.text(Retention.speaksOf(event))
                                    + ", expected none up to "
                                    + Times.text(retention.floorMicros())
                                    + ", before which nothing is retained");
                }
            }
            return committer.submit(submission);
        } finally {
            taking.unlock();
        }
    }

    private Appended appended(Committed done, EventBatch batch) {
        int[] counts = new int[Outcome.values().length];
        List<Warning> warnings = new ArrayList<>();
        for (int i = 0; i < done.outcomes().length; i++) {
            Outcome outcome = done.outcomes()[i];
            counts[outcome.ordinal()]++;
            if (outcome == Outcome.ID_REUSED_APPLIED || outcome == Outcome.ID_REUSED_LATE) {
                String id = done.events().get(i).id();
                warnings.add(
                        new Warning(
                                batch.place(i),
                                id,
                                "id_reused",
                                "found another event of this subject with the same id and"
                                        + " timestamp; both are kept"));
            }
        }
        int newlyApplied =
                counts[Outcome.APPLIED.ordinal()] + counts[Outcome.ID_REUSED_APPLIED.ordinal()];
        int newlyLate = counts[Outcome.LATE.ordinal()] + counts[Outcome.ID_REUSED_LATE.ordinal()];
        int allKnown = batch.known + counts[Outcome.DUPLICATE.ordinal()];
        applied.add(newlyApplied);
        late.add(newlyLate);
        duplicates.add(allKnown);
        return new Appended(new Position(done.end()), newlyApplied, newlyLate, allKnown, warnings);
    }

    /// The question that `at` and `known_at` ask.
    ///
    /// @param atMicros the instant, or [AsOf#ALL] where none is given
    /// @param knownMicros only what was recorded by then counts; [AsOf#ALL] where none is given. Alone
    ///     it is the instant too
    public AsOf asOf(long atMicros, long knownMicros) {
        if (knownMicros == AsOf.ALL) {
            return atMicros == AsOf.ALL ? AsOf.PRESENT : AsOf.at(atMicros);
        }
        long at = atMicros == AsOf.ALL ? knownMicros : atMicros;
        long before = Math.min(foundation.log().firstAfter(knownMicros), committer.visible());
        return new AsOf(at, before, at, knownMicros);
    }

    /// The same question, bound to what is visible at this moment.
    public AsOf pinned(AsOf asOf) {
        return asOf.pinned(committer.visible(), nowMicros());
    }

    /// The oldest instant that can be asked about, or `Long.MIN_VALUE` while nothing was dropped. No
    /// event up to it is taken any more.
    public long earliestMicros() {
        return retention.floorMicros();
    }

    /// The oldest moment whose knowledge can be asked about, or `Long.MIN_VALUE` while nothing was
    /// dropped.
    public long earliestKnownMicros() {
        return retention.knownFromMicros();
    }

    /// The oldest timestamp that an event speaks of: its own, or that of the event it annuls.
    public static long speaksOfMicros(Event event) {
        return Retention.speaksOf(event);
    }

    /// Cuts the log: what was recorded by a moment is dropped, but for what later answers rest on. No
    /// event up to the floor is taken from then on.
    ///
    /// @param floorMicros the oldest instant that can be asked about afterwards; not beyond now
    /// @param recordedUptoMicros only what was recorded by then goes, in whole segments
    /// @return how many events were dropped; 0 where no whole segment can go
    public long cut(long floorMicros, long recordedUptoMicros) {
        return retention.cut(floorMicros, recordedUptoMicros);
    }

    /// How much of the past is retained.
    ///
    /// @param earliestMicros as [#earliestMicros()]
    /// @param dropped how many events were ever dropped
    /// @param cuts how many cuts were made since the start
    public record Retained(long earliestMicros, long dropped, long cuts) {}

    public Retained retained() {
        return new Retained(retention.floorMicros(), retention.dropped(), retention.cuts());
    }

    /// The twin.
    public Answer twin(String id, AsOf asOf) {
        return twinQueries.twin(id, asOf);
    }

    /// The twin as text.
    public WrittenAnswer writtenTwin(String id, AsOf asOf) {
        return twinQueries.written(id, asOf);
    }

    /// The drift analysis.
    public Answer drift(String id, AsOf asOf) {
        return twinQueries.drift(id, asOf);
    }

    /// The trust index.
    public Answer trust(String id, AsOf asOf) {
        return trustQueries.trust(id, asOf);
    }

    /// Questions about certificates and SBOMs; takes documents.
    public TrustQueries trustQueries() {
        return trustQueries;
    }

    /// Which page of a list of nodes is asked for.
    ///
    /// @param list names the list and how it is asked for
    /// @throws IllegalArgumentException where the cursor is none of this list
    public NodePage nodePage(
            String list, AsOf asOf, boolean decommissioned, @Nullable String cursor, int limit) {
        String name = decommissioned ? list + " decommissioned" : list;
        PageCursor after = cursor == null ? null : PageCursor.parse(cursor, name);
        AsOf pinned = question(after, asOf);
        boolean present =
                pinned.atMicros() == AsOf.ALL
                        && pinned.knownMicros() == Times.NONE
                        && pinned.before() >= committer.visible();
        String last = after == null ? null : after.after();
        return new NodePage(name, pinned, present, decommissioned, last, limit);
    }

    /// A page of the connectivity ledger, with `next_cursor` where there is more.
    ///
    /// @param cursor of the page before, or null for the first
    /// @throws IllegalArgumentException where the cursor is none of this list
    public Answer ledger(String id, AsOf asOf, @Nullable String cursor, int limit) {
        String list = "ledger " + id;
        PageCursor after = cursor == null ? null : PageCursor.parse(cursor, list);
        int offset = after == null ? 0 : Integer.parseInt(after.after());
        return twinQueries.ledger(id, question(after, asOf), offset, limit, list);
    }

    /// What lies behind the answers: explanations, domains, attention, rollouts.
    public Insight insight() {
        return insight;
    }

    /// Why nothing is answered of a node as of: no event of it was recorded by then, or its first is
    /// of later; null where it is known.
    public Answer.@Nullable Missing missing(String nodeId, AsOf asOf) {
        return twinQueries.missing(nodeId, asOf);
    }

    /// Part of a subject's history; empty where the subject is unknown.
    ///
    /// @throws IllegalArgumentException where the cursor is none of this list
    public Optional<EventsQuery.Page> events(String nodeId, EventsQuery query) {
        String list = "events " + nodeId + (query.descending() ? " desc" : "");
        PageCursor after = query.cursor() == null ? null : PageCursor.parse(query.cursor(), list);
        AsOf asOf = question(after, query.asOf());
        return twinQueries.events(nodeId, query, asOf, after, list);
    }

    /// The pinned question of a page.
    AsOf question(@Nullable PageCursor after, AsOf asked) {
        AsOf question = after == null ? pinned(asked) : PageCursor.agreed(after.asOf(), asked);
        boolean gone =
                question.atMicros() < retention.floorMicros()
                        || question.before() < foundation.log().droppedBefore()
                        || (question.knownMicros() != Times.NONE
                                && question.knownMicros() < retention.knownFromMicros());
        if (gone) {
            throw new NotRetainedException(retention.floorMicros());
        }
        return question;
    }

    /// A page of twins.
    ///
    /// @throws IllegalArgumentException where the cursor is none of this list
    public TwinsPage twins(ListQuery query) {
        PageCursor after = cursor(query.cursor(), FleetSearch.list(query));
        return fleetSearch.page(query, question(after, query.asOf()), after);
    }

    /// A page of all twins, by id.
    public TwinsPage twins(AsOf asOf, boolean decommissioned, @Nullable String cursor, int limit) {
        return twins(ListQuery.all(asOf, decommissioned, limit).from(cursor));
    }

    /// A page of the findings of the fleet.
    ///
    /// @throws IllegalArgumentException where the cursor is none of this list
    public FindingsPage findings(FindingsQuery query) {
        PageCursor after = cursor(query.cursor(), FleetFindings.list(query));
        return fleetFindings.page(query, question(after, query.asOf()), after);
    }

    /// Visits the twins that a filter lets through, in no order. A view is valid during the visit only,
    /// and nothing is folded meanwhile.
    public void views(CompiledFilter filter, AsOf asOf, Consumer<TwinView> visitor) {
        fleetSearch.views(filter, pinned(asOf), visitor);
    }

    private static @Nullable PageCursor cursor(@Nullable String token, String list) {
        return token == null ? null : PageCursor.parse(token, list);
    }

    /// A page of findings.
    ///
    /// @param asOf the question it answers, pinned
    /// @param nextCursor null on the last page
    public record FindingsPage(List<JsonObject> findings, AsOf asOf, @Nullable String nextCursor) {
        public FindingsPage {
            findings = List.copyOf(findings);
        }
    }

    /// A page of a list of twins.
    ///
    /// @param twins each a body with its `meta` in it
    /// @param asOf the question it answers, pinned
    /// @param nextCursor null on the last page
    public record TwinsPage(List<JsonObject> twins, AsOf asOf, @Nullable String nextCursor) {
        public TwinsPage {
            twins = List.copyOf(twins);
        }
    }

    /// The graph of the fleet and its map.
    public GraphQueries graph() {
        return graph;
    }

    /// One aggregate as `GET /v1/projections/{name}` answers it.
    ///
    /// @param by up to two dimensions
    public JsonObject projection(
            Projection projection, List<Dimension> by, boolean decommissioned, AsOf asOf) {
        AsOf question = asOf.countsAll() ? asOf : pinned(asOf);
        Position seen = new Position(Math.min(question.before(), committer.visible()));
        return projections.answer(projection, by, decommissioned, question, seen);
    }

    /// How each projection stands, or stood.
    public List<ProjectionStatus> projections(AsOf asOf) {
        return asOf.countsAll() ? projections.status() : projections.status(pinned(asOf));
    }

    /// Counts a projection anew beside the standing one, and folds again what is set aside; false
    /// where that is under way.
    public boolean rebuild(Projection projection) {
        boolean done = projections.rebuild(projection);
        changes.publish(committer.visible());
        return done;
    }

    /// The nodes of which something is set aside because it could not be folded or counted.
    public List<Quarantine.Entry> quarantined(int most) {
        return projections.quarantined(most);
    }

    /// How many nodes these are.
    public long quarantinedCount() {
        return projections.quarantinedCount();
    }

    /// One aggregate over time.
    ///
    /// @throws IllegalArgumentException where the answer would be too long
    public JsonObject history(HistoryQuery query) {
        AsOf question = pinned(query.asOf());
        return fleetQueries.history(query, question, new Position(question.before()));
    }

    /// Builds columns of the past that are missing, step by step while the caller lets it, as
    /// housekeeping does.
    void prepareColumns(BooleanSupplier going) {
        fleetQueries.prepareColumns(going);
    }

    /// Shows the face of every node that is there as of a question, in no order: one snapshot where
    /// the question is pinned ([#pinned]), else each node as it stands when it is passed.
    public void eachFace(AsOf asOf, FaceVisitor visitor) {
        fleetQueries.eachFace(asOf.countsAll() ? asOf : pinned(asOf), visitor);
    }

    /// Shows twins as of a question, one by one, those that are there: for what faces do not tell.
    public void eachSeen(AsOf asOf, Iterable<String> ids, Consumer<TwinView> visitor) {
        AsOf question = asOf.countsAll() ? asOf : pinned(asOf);
        ids.forEach(id -> twinQueries.view(id, question, visitor));
    }

    /// The same of the twins that a filter lets through.
    public JsonObject projection(
            Projection projection,
            List<Dimension> by,
            boolean decommissioned,
            AsOf asOf,
            CompiledFilter filter) {
        if (filter.isAll()) {
            return projection(projection, by, decommissioned, asOf);
        }
        AsOf pinned = pinned(asOf);
        CompiledFilter wanted = decommissioned ? filter : filter.withoutDecommissioned();
        return FleetQueries.render(
                projection,
                by,
                fleetSearch.sums(wanted, pinned, by),
                foundation.fleet().domains(pinned),
                asOf,
                pinned.nowMicros(),
                new Position(pinned.before()));
    }

    /// Shows the column of every node, complete up to an instant, by all that is known now.
    public void eachColumn(long upToMicros, Faces.ColumnVisitor visitor) {
        fleetQueries.eachColumn(upToMicros, visitor);
    }

    /// How many entries the columns of the past have.
    public long columnEntries() {
        return fleetQueries.columnEntries();
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
                log.bytes(),
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
        retention.close();
        committer.close();
        changes.close();
        housekeeping.close();
        foundation.close();
        insight.close();
    }
}
