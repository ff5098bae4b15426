package io.souverix.twin.engine.changes;

import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.changes.Message.Kind;
import io.souverix.twin.engine.changes.NodeStates.Pair;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.Queries.Seen;
import io.souverix.twin.engine.shard.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The changes of the fleet, for those who watch. What the shards noted is put into a ring as it becomes
/// visible; one thread has every channel examine it; clients take from their channel.
public final class ChangeFeed implements AutoCloseable {
    /// How many changes are examined at a time.
    private static final int CHUNK = 512;

    /// How many different filters that tell time there may be: each is asked again of every node.
    static final int MAX_TIMED = 16;

    /// How often filters that tell time are asked again.
    private static final long RETEST_NANOS = 1_000_000_000L;

    private final List<Shard> shards;
    private final Bounds bounds;
    private final ChangeRing ring;
    private final NodeStates states;
    private final ChangeJson json;
    private final FleetScan scan;
    private final Wholes wholes;
    private final RenderedBytes rendered;
    private final Judging judging = new Judging();
    private final AtomicLong clients = new AtomicLong();
    private final AtomicLong overrun = new AtomicLong();

    // Guarded by this.
    private final Map<Watch.Key, Channel> channels = new HashMap<>();
    private long dispatched;
    private boolean tablesStale;

    private volatile boolean watched;
    private volatile boolean closed;

    /// What a feed asks of the engine.
    ///
    /// @param meta the `meta` of a twin as answers carry it
    /// @param table an aggregate as it is now
    /// @param listing a list of the fleet as it is now
    public record Sources(
            List<Shard> shards,
            EventRecords records,
            NodeStates states,
            LongSupplier nowMicros,
            Function<Seen, JsonObject> meta,
            Function<TableKey, JsonObject> table,
            Function<Listing, Listed> listing) {
        public Sources {
            shards = List.copyOf(shards);
        }
    }

    /// @param visible the position from which on changes are seen
    public ChangeFeed(Sources sources, Bounds bounds, long visible) {
        this.shards = sources.shards();
        this.bounds = bounds;
        this.ring = new ChangeRing(bounds, sources.nowMicros().getAsLong(), visible);
        this.states = sources.states();
        this.json = new ChangeJson(sources.records(), sources.meta());
        this.scan = new FleetScan(shards, states.catalogues(), sources.nowMicros());
        this.rendered = new RenderedBytes(bounds.renderedBytes());
        this.wholes = new Wholes(sources.table(), sources.listing(), ring, rendered);
    }

    /// Begins to look at what is published.
    public void start() {
        Thread.ofPlatform().name("twin-changes").daemon().start(this::run);
    }

    /// Publishes what a position shows. Called in the order of positions.
    public void publish(long visible) {
        synchronized (ring) {
            for (Shard shard : shards) {
                shard.outbox().drain(visible, ring::add);
            }
            ring.reached(visible);
        }
        if (watched) {
            wake();
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /// Begins to watch.
    ///
    /// @param after where the client stands, or null for now
    /// @param initial whether a client that stands nowhere is first given everything as it is
    public Subscription subscribe(Watch watch, @Nullable ChangePosition after, boolean initial)
            throws WatchRefused {
        Channel channel = join(watch);
        clients.incrementAndGet();
        return new Subscription(this, channel, after, initial);
    }

    private Channel join(Watch watch) throws WatchRefused {
        wholes.begin(watch);
        Channel fresh = new Channel(watch, judging, bounds.channelMessages());
        if (fresh.tellsTime() && !isOpen(watch)) {
            scan.all(fresh::seed);
        }
        synchronized (this) {
            Channel channel = channels.get(watch.key());
            if (channel == null) {
                requireRoom(fresh);
                channel = fresh;
                dispatched = channels.isEmpty() ? ring.head() : dispatched;
                channel.skipTo(dispatched);
                channels.put(watch.key(), channel);
                watchedBy();
            }
            channel.join();
            return channel;
        }
    }

    private synchronized boolean isOpen(Watch watch) {
        return channels.containsKey(watch.key());
    }

    private void requireRoom(Channel fresh) throws WatchRefused {
        long timed = channels.values().stream().filter(Channel::tellsTime).count();
        if (fresh.tellsTime() && timed >= MAX_TIMED) {
            throw new WatchRefused(
                    MAX_TIMED + " different filters over elapsed time are all there may be");
        }
        if (channels.size() >= bounds.channels()) {
            throw new WatchRefused(bounds.channels() + " different watches are all there may be");
        }
    }

    private void watchedBy() {
        watched = !channels.isEmpty();
        boolean nodes = channels.values().stream().anyMatch(c -> c.watch().isOfNodes());
        shards.forEach(shard -> shard.outbox().listening(nodes));
    }

    void left(Channel channel) {
        channel.leave();
        clients.decrementAndGet();
    }

    ChangeRing ring() {
        return ring;
    }

    FleetScan scan() {
        return scan;
    }

    /// The message of a change to a watch, or null where it is none.
    @Nullable Message message(Watch watch, Change change) {
        return judging.message(watch, change);
    }

    Message snapshot(Watch watch, Seen seen) {
        JsonObject data = json.snapshot(watch, seen);
        return Message.once(Kind.SNAPSHOT, null, 0, data);
    }

    Wholes wholes() {
        return wholes;
    }

    void overran() {
        overrun.incrementAndGet();
    }

    private void run() {
        long retest = System.nanoTime() + RETEST_NANOS;
        long compare = System.nanoTime() + bounds.coalesce().toNanos();
        try {
            while (!closed) {
                boolean worked = dispatch();
                long now = System.nanoTime();
                if (now - compare >= 0) {
                    compareTables(now - retest >= 0);
                    compare = now + bounds.coalesce().toNanos();
                }
                if (now - retest >= 0) {
                    retest();
                    compareLists();
                    dropDeserted(now);
                    retest = now + RETEST_NANOS;
                }
                if (!worked) {
                    awaitWork();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is its caller
    private synchronized void awaitWork() throws InterruptedException {
        if (!closed && (channels.isEmpty() || ring.head() == dispatched)) {
            wait(bounds.coalesce().toMillis());
        }
    }

    /// Has every channel examine the next changes; false where there are none.
    private boolean dispatch() {
        List<Channel> all;
        List<Change> chunk;
        synchronized (this) {
            all = List.copyOf(channels.values());
            chunk = all.isEmpty() ? null : ring.after(dispatched, CHUNK);
            if (chunk == null) {
                // Nobody watches, or what comes is too much: clients look into the ring themselves.
                dispatched = ring.head();
                all.forEach(channel -> channel.skipTo(dispatched));
                return false;
            }
            if (chunk.isEmpty()) {
                return false;
            }
            dispatched = chunk.getLast().sequence();
            tablesStale = true;
        }
        long tail = ring.tail();
        for (Channel channel : all) {
            channel.examine(chunk, tail);
        }
        return true;
    }

    /// Tells the rows of aggregates that differ.
    ///
    /// @param anyway also where no node changed: what is measured to now differs
    private void compareTables(boolean anyway) {
        List<Channel> all;
        synchronized (this) {
            all = List.copyOf(channels.values());
            if (!wholes.retainTables(all) || !(tablesStale || anyway)) {
                return;
            }
            tablesStale = false;
        }
        wholes.tellTables(all);
    }

    private void compareLists() {
        List<Channel> all;
        synchronized (this) {
            all = List.copyOf(channels.values());
        }
        wholes.tellLists(all);
    }

    private void retest() {
        List<Channel> timed;
        synchronized (this) {
            timed = channels.values().stream().filter(Channel::tellsTime).toList();
        }
        if (!timed.isEmpty()) {
            scan.all(seen -> timed.forEach(channel -> retest(channel, seen)));
        }
    }

    private void retest(Channel channel, Seen seen) {
        channel.retest(
                seen,
                enter -> {
                    long sequence = channel.examined();
                    ChangePosition position = ring.position(sequence);
                    Judgement judged = new Judgement(seen, Set.of(), enter, !enter);
                    JsonObject data = json.passing(channel.watch(), position, judged);
                    return new Message(
                            Kind.CHANGE,
                            position,
                            sequence,
                            true,
                            seen.view().twin().id(),
                            () -> data,
                            rendered);
                });
    }

    private synchronized void dropDeserted(long now) {
        boolean dropped =
                channels.values()
                        .removeIf(channel -> channel.deserted(now, bounds.linger().toNanos()));
        if (dropped) {
            watchedBy();
        }
    }

    /// Makes messages of changes.
    private final class Judging implements Channel.Judge {
        @Override
        @SuppressWarnings("ReferenceEquality") // the one that lets everything through
        public @Nullable Message message(Watch watch, Change change) {
            boolean plain =
                    watch.filter() == ViewFilter.ALL && watch.topics().contains(Topic.TWINS);
            if (plain) {
                // Every change is one to them: looked into only when it is written.
                return message(watch, change, () -> judge(watch, change));
            }
            Judgement judged = judge(watch, change);
            return judged == null ? null : message(watch, change, () -> judged);
        }

        private @Nullable Judgement judge(Watch watch, Change change) {
            return Judgement.of(watch, change.node(), states.of(change.node()));
        }

        @Override
        public @Nullable Message message(Watch watch, Change change, boolean was) {
            Pair pair = states.of(change.node());
            boolean is = watch.matches(pair.after());
            Judgement judged = Judgement.of(watch, change.node(), pair, was, is);
            return judged == null ? null : message(watch, change, () -> judged);
        }

        private Message message(Watch watch, Change change, Supplier<@Nullable Judgement> judged) {
            ChangePosition position = ring.position(change);
            return new Message(
                    Kind.CHANGE,
                    position,
                    change.sequence(),
                    false,
                    change.node().nodeId(),
                    () ->
                            json.change(
                                    watch, change, position, Objects.requireNonNull(judged.get())),
                    rendered);
        }

        @Override
        public boolean matches(Watch watch, Change change) {
            return watch.matches(states.of(change.node()).after());
        }
    }

    /// How the feed stands.
    ///
    /// @param overrun clients that were closed because they were too slow
    public record Status(
            long clients, long channels, long published, long retained, long bytes, long overrun) {}

    public Status status() {
        ChangeRing.Fill fill = ring.fill();
        int open;
        synchronized (this) {
            open = channels.size();
        }
        return new Status(
                clients.get(), open, ring.head(), fill.changes(), fill.bytes(), overrun.get());
    }

    /// Ends all subscriptions.
    /// Lets go of the changes by events before an address of the log.
    public void forgetBefore(long address) {
        ring.forgetBefore(address);
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            channels.values().forEach(Channel::close);
            notifyAll();
        }
    }
}
