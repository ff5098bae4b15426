package io.souverix.twin.engine.commit;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventCodec;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.engine.attention.Clocks;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.Frame;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Folds the log again. This thread scans it into pages; one thread a shard folds what is its own of a
/// page, node by node and each node's events in the order key: a node's twin is touched in one go, and
/// what came late within a page is not late.
///
/// What comes after a checkpoint is taken as it stands in the log. A whole log is scanned as often as
/// it takes for a page to hold the *whole* history of each of its nodes, another part of the nodes each
/// time: then a node is folded, counted and stored while it is at hand, and nobody comes back to it.
public final class Replay {
    /// A page of what comes after a checkpoint takes no more records beyond so many bytes.
    private static final int PAGE_BYTES =
            (int) Math.clamp(Runtime.getRuntime().maxMemory() / 64, 4L << 20, 32L << 20);

    /// How many of them there are: one is filled while each shard folds another or waits for it.
    private static final int PAGES = 3;

    /// A page of a whole log is not smaller, but for a log that is.
    private static final int MIN_PAGE_BYTES = 1 << 10;

    private static final int MAX_PAGE_BYTES = 1 << 30;

    /// How many of these there are.
    private static final int WHOLE_PAGES = 2;

    /// How many events a shard folds before it tells.
    private static final int TOLD_EVENTS = 4_096;

    /// A whole log is not scanned more often; where that is too few, histories are folded in parts.
    private static final int MAX_SWEEPS = 32;

    private static final byte[] NO_BYTES = {};

    /// Says that no page follows.
    private static final Page LAST = new Page(0);

    private final EventLog log;
    private final EventRecords records;
    private final List<Shard> shards;
    private final FleetSubjects fleet;
    private final Clocks clocks;
    private final List<BlockingQueue<Page>> queues = new ArrayList<>();
    private final BlockingQueue<Page> free = new ArrayBlockingQueue<>(PAGES);
    private final FirstFailure failure = new FirstFailure();
    private final LongConsumer progress;
    private long folded;

    /// Of one use.
    ///
    /// @param progress told now and then how many events were folded, by any thread, one at a time
    public Replay(
            EventLog log,
            EventRecords records,
            List<Shard> shards,
            FleetSubjects fleet,
            Clocks clocks,
            LongConsumer progress) {
        this.log = log;
        this.records = records;
        this.shards = List.copyOf(shards);
        this.fleet = fleet;
        this.clocks = clocks;
        this.progress = progress;
    }

    /// Folds all events from a checkpoint's position to the end of the log; the caller settles the
    /// shards.
    public void after(long position) {
        boolean all = position == log.start();
        int pageBytes = (int) Math.min(all ? log.bytes() : log.end() - position, PAGE_BYTES);
        run(
                PAGES,
                () -> {
                    Scanner scanner = new Scanner(pageBytes);
                    if (all) {
                        log.scanKept(scanner::take);
                    }
                    log.scan(position, scanner::take);
                    scanner.end(null);
                });
    }

    /// Folds the whole log into shards that took no node from a store, and counts the nodes; the caller
    /// settles the shards.
    ///
    /// @param mostPageBytes about how much of the log is in memory at a time, twice: the more, the
    ///     fewer times it is scanned
    /// @param now tells microseconds since the epoch
    public void whole(long mostPageBytes, LongSupplier now) {
        long end = log.end();
        long bytes = log.bytes();
        int pageBytes =
                (int) Math.min(bytes, Math.clamp(mostPageBytes, MIN_PAGE_BYTES, MAX_PAGE_BYTES));
        // Parts of the nodes are not of the same size: a page has some room to spare.
        long parts = pageBytes == bytes ? 1 : bytes * 5 / 4 / pageBytes + 1;
        int sweeps = (int) Math.min(parts, MAX_SWEEPS);
        run(
                WHOLE_PAGES,
                () -> {
                    Scanner scanner = new Scanner(pageBytes);
                    for (int sweep = 0; sweep < sweeps && !failure.isThere(); sweep++) {
                        scanner.begin(sweep, sweeps);
                        log.scanKept(scanner::take);
                        log.scan(log.start(), scanner::take);
                        scanner.end(new Whole(fleet.catalogue(), end, now.getAsLong()));
                    }
                });
    }

    /// What the nodes of a page are counted by after which nothing more comes of them.
    ///
    /// @param end the position that shows the catalogue
    private record Whole(Catalogue catalogue, long end, long nowMicros) {}

    private interface Scan {
        void run() throws InterruptedException;
    }

    private void run(int pages, Scan scan) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            free.add(new Page(shards.size()));
        }
        for (Shard shard : shards) {
            int number = threads.size();
            // With room for all of them, and for the end: only the scan waits.
            queues.add(new ArrayBlockingQueue<>(pages + 1));
            threads.add(Thread.ofPlatform().name("twin-replay").start(() -> fold(shard, number)));
        }
        try {
            try {
                scan.run();
            } finally {
                // The shards' threads end however the scan does.
                for (BlockingQueue<Page> queue : queues) {
                    queue.put(LAST);
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the log is folded again", e);
        }
        failure.rethrow();
    }

    @SuppressWarnings("ReferenceEquality") // the one LAST
    private void fold(Shard shard, int number) {
        // Its own: what one thread keeps to share would be fought for by two.
        EventRecords own = new EventRecords(log);
        BlockingQueue<Page> queue = queues.get(number);
        try {
            for (Page page = queue.take(); page != LAST; page = queue.take()) {
                try {
                    if (!failure.isThere()) {
                        fold(shard, page, page.places.get(number), own);
                    }
                } catch (RuntimeException | Error e) {
                    failure.note(e);
                }
                if (page.left.decrementAndGet() == 0) {
                    free.put(page);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void fold(Shard shard, Page page, Places places, EventRecords own) {
        Whole whole = page.whole;
        if (whole != null) {
            shard.start().countReplayed(whole.catalogue(), whole.end(), whole.nowMicros());
        }
        long[] order = places.byNode();
        List<StoredEvent> history = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            StoredEvent stored = places.read(page.bytes, (int) order[i], own);
            clocks.take(stored.event(), stored.address(), stored.recordedAtMicros());
            history.add(stored);
            boolean last = i + 1 == order.length || order[i] >>> 32 != order[i + 1] >>> 32;
            if (last) {
                if (history.size() > 1) {
                    history.sort(BY_KEY);
                }
                shard.start().replay(history);
                history.clear();
            }
            if ((i + 1) % TOLD_EVENTS == 0) {
                tell(TOLD_EVENTS);
            }
        }
        shard.start().settleReplay();
        tell(order.length % TOLD_EVENTS);
    }

    private synchronized void tell(int events) {
        folded += events;
        progress.accept(folded);
    }

    private static final Comparator<StoredEvent> BY_KEY =
            (a, b) -> Event.ORDER.compare(a.event(), b.event());

    /// Records of the log, and which of them are each shard's. Used again once all shards have folded
    /// it.
    private static final class Page {
        private byte[] bytes = NO_BYTES;
        private int length;
        private final List<Places> places = new ArrayList<>();

        /// Set where no page after it has any event of the nodes that it has events of.
        private @Nullable Whole whole;

        /// How many shards have not folded it yet.
        private final AtomicInteger left = new AtomicInteger();

        Page(int shards) {
            for (int i = 0; i < shards; i++) {
                places.add(new Places());
            }
        }

        void clear(int pageBytes) {
            if (bytes.length != pageBytes) {
                bytes = new byte[pageBytes];
            }
            length = 0;
            whole = null;
            places.forEach(Places::clear);
        }

        boolean hasRoom(int size) {
            return length == 0 || length + size <= bytes.length;
        }

        /// Copies a record and returns where it begins; one that is too long has a page of its own.
        int add(byte[] source, int from, int size) {
            int at = length;
            if (at + size > bytes.length) {
                bytes = Arrays.copyOf(bytes, at + size);
            }
            System.arraycopy(source, from, bytes, at, size);
            length = at + size;
            return at;
        }
    }

    /// Gathers the records of a part of the nodes into pages, for each shard its own.
    private final class Scanner {
        private final int pageBytes;
        private @Nullable Page page;
        private int sweep;
        private int sweeps = 1;

        Scanner(int pageBytes) {
            this.pageBytes = pageBytes;
        }

        /// From now on takes that part of the nodes.
        void begin(int part, int parts) {
            sweep = part;
            sweeps = parts;
        }

        void take(Frame frame) {
            byte[] bytes = frame.bytes();
            ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int end = frame.offset() + frame.length();
            for (int at = frame.offset(); at < end; ) {
                int size = view.getInt(at);
                take(bytes, at + Integer.BYTES, size, frame.baseAddress() + at - frame.offset());
                at += Integer.BYTES + size;
            }
        }

        private void take(byte[] bytes, int offset, int size, long address) {
            int event = offset + EventRecords.PREFIX;
            if (EventCodec.isAboutNode(bytes, event)) {
                int hash = EventCodec.subjectHashCode(bytes, event);
                if (isOfThisSweep(hash)) {
                    Page filling = pageFor(size);
                    filling.places
                            .get(Committer.shardOf(hash, shards.size()))
                            .add(filling.add(bytes, offset, size), size, address, hash);
                }
            } else if (sweep == 0) {
                Event fact = records.decode(bytes, offset, size);
                clocks.take(fact, address, EventRecords.recordedAt(bytes, offset));
                fleet.take(fact, address);
                tell(1);
            }
        }

        /// Not by what tells shards apart.
        private boolean isOfThisSweep(int hash) {
            int mixed = hash * 0x85ebca6b;
            mixed ^= mixed >>> 16;
            return (Integer.toUnsignedLong(mixed) * sweeps) >>> 32 == sweep;
        }

        private Page pageFor(int size) {
            try {
                Page filling = page;
                if (filling != null && !filling.hasRoom(size)) {
                    hand(filling);
                    filling = null;
                }
                if (filling == null) {
                    filling = free.take();
                    filling.clear(pageBytes);
                    page = filling;
                }
                return filling;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the log is folded again", e);
            }
        }

        /// Hands over what is left: of this part no more follows.
        void end(@Nullable Whole whole) throws InterruptedException {
            Page filled = page;
            if (filled != null) {
                filled.whole = whole;
                hand(filled);
            }
        }

        private void hand(Page filled) throws InterruptedException {
            filled.left.set(queues.size());
            for (BlockingQueue<Page> queue : queues) {
                queue.put(filled);
            }
            page = null;
        }
    }

    /// Where the records of one shard are in a page.
    private static final class Places {
        private int[] offsets = new int[1024];
        private int[] lengths = new int[1024];
        private int[] hashes = new int[1024];
        private long[] addresses = new long[1024];
        private int count;

        void clear() {
            count = 0;
        }

        void add(int offset, int length, long address, int hash) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count * 2);
                lengths = Arrays.copyOf(lengths, count * 2);
                hashes = Arrays.copyOf(hashes, count * 2);
                addresses = Arrays.copyOf(addresses, count * 2);
            }
            offsets[count] = offset;
            lengths[count] = length;
            hashes[count] = hash;
            addresses[count++] = address;
        }

        /// The hash code of each record's node in the high half, the record's number in the low half,
        /// sorted: the records of a node stand together. (Two nodes of one hash code do so too.)
        long[] byNode() {
            long[] order = new long[count];
            for (int i = 0; i < count; i++) {
                order[i] = (long) hashes[i] << 32 | i;
            }
            Arrays.sort(order);
            return order;
        }

        StoredEvent read(byte[] page, int record, EventRecords records) {
            return new StoredEvent(
                    records.decodeToFold(page, offsets[record], lengths[record]),
                    addresses[record],
                    EventRecords.recordedAt(page, offsets[record]));
        }
    }
}
