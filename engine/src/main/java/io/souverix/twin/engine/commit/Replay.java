package io.souverix.twin.engine.commit;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventCodec;
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
import org.jspecify.annotations.Nullable;

/// Folds the log again from an address on. This thread scans it into pages; one thread a shard folds
/// what is its own of a page, node by node and each node's events in the order key: a node's twin is
/// touched in one go, and what came late within a page is not late.
public final class Replay {
    /// How many pages there are: one is filled while each shard folds another or waits for it.
    private static final int PAGES = 3;

    /// A page takes no more frames beyond so many bytes.
    private static final int PAGE_BYTES =
            (int) Math.clamp(Runtime.getRuntime().maxMemory() / 64, 4L << 20, 32L << 20);

    private static final byte[] NO_BYTES = {};

    /// Says that no page follows.
    private static final Page LAST = new Page(0);

    private final EventRecords records;
    private final List<Shard> shards;
    private final FleetSubjects fleet;
    private final Clocks clocks;

    public Replay(EventRecords records, List<Shard> shards, FleetSubjects fleet, Clocks clocks) {
        this.records = records;
        this.shards = List.copyOf(shards);
        this.fleet = fleet;
        this.clocks = clocks;
    }

    /// Folds all events from the address to the end of the log; the caller settles the shards.
    ///
    /// @param progress told now and then how many events were scanned
    public void run(EventLog log, long from, LongConsumer progress) {
        List<BlockingQueue<Page>> queues = new ArrayList<>();
        BlockingQueue<Page> free = new ArrayBlockingQueue<>(PAGES);
        List<Thread> threads = new ArrayList<>();
        FirstFailure failure = new FirstFailure();
        for (int i = 0; i < PAGES; i++) {
            free.add(new Page(shards.size()));
        }
        for (int i = 0; i < shards.size(); i++) {
            // With room for all of them, and for the end: only the scan waits.
            BlockingQueue<Page> queue = new ArrayBlockingQueue<>(PAGES + 1);
            queues.add(queue);
            int shard = i;
            threads.add(
                    Thread.ofPlatform()
                            .name("twin-replay")
                            .start(() -> fold(log, shard, queue, free, failure)));
        }
        try {
            int pageBytes =
                    from == log.start() ? PAGE_BYTES : (int) Math.min(log.end() - from, PAGE_BYTES);
            scan(log, from, new Scanner(queues, free, pageBytes, progress));
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the log is folded again", e);
        }
        failure.rethrow();
    }

    /// The shards' threads end however the scan does.
    private static void scan(EventLog log, long from, Scanner scanner) throws InterruptedException {
        try {
            if (from == log.start()) {
                log.scanKept(scanner::take);
            }
            log.scan(from, scanner::take);
        } finally {
            scanner.finish();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the one LAST
    private void fold(
            EventLog log,
            int shard,
            BlockingQueue<Page> queue,
            BlockingQueue<Page> free,
            FirstFailure failure) {
        // Its own: what one thread keeps to share would be fought for by two.
        EventRecords own = new EventRecords(log);
        try {
            for (Page page = queue.take(); page != LAST; page = queue.take()) {
                try {
                    if (!failure.isThere()) {
                        fold(shards.get(shard), page.bytes, page.places.get(shard), own);
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

    private void fold(Shard shard, byte[] page, Places places, EventRecords records) {
        long[] order = places.byNode();
        List<StoredEvent> history = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            StoredEvent stored = places.read(page, (int) order[i], records);
            clocks.take(stored.event(), stored.address(), stored.recordedAtMicros());
            history.add(stored);
            boolean last = i + 1 == order.length || order[i] >>> 32 != order[i + 1] >>> 32;
            if (last) {
                if (history.size() > 1) {
                    history.sort(BY_KEY);
                }
                shard.replay(history);
                history.clear();
            }
        }
        shard.settleReplay();
    }

    private static final Comparator<StoredEvent> BY_KEY =
            (a, b) -> Event.ORDER.compare(a.event(), b.event());

    /// A stretch of the log, and where the records of each shard are in it. Used again once all shards
    /// have folded it.
    private static final class Page {
        private byte[] bytes = NO_BYTES;
        private int length;
        private final List<Places> places = new ArrayList<>();

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
            places.forEach(Places::clear);
        }

        /// Copies a frame and returns where it begins; one that is too long has a page of its own.
        int add(Frame frame) {
            int at = length;
            if (at + frame.length() > bytes.length) {
                bytes = Arrays.copyOf(bytes, at + frame.length());
            }
            System.arraycopy(frame.bytes(), frame.offset(), bytes, at, frame.length());
            length = at + frame.length();
            return at;
        }
    }

    /// Gathers frames into pages and tells every shard its places in them.
    private final class Scanner {
        private final List<BlockingQueue<Page>> queues;
        private final BlockingQueue<Page> free;
        private final int pageBytes;
        private final LongConsumer progress;
        private @Nullable Page page;
        private long scanned;

        Scanner(
                List<BlockingQueue<Page>> queues,
                BlockingQueue<Page> free,
                int pageBytes,
                LongConsumer progress) {
            this.queues = queues;
            this.free = free;
            this.pageBytes = pageBytes;
            this.progress = progress;
        }

        void take(Frame frame) {
            try {
                Page filling = page;
                if (filling != null && filling.length + frame.length() > pageBytes) {
                    hand(filling);
                    filling = null;
                }
                if (filling == null) {
                    filling = free.take();
                    filling.clear(pageBytes);
                    page = filling;
                }
                place(filling, filling.add(frame), frame.baseAddress());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the log is folded again", e);
            }
            scanned += frame.count();
            progress.accept(scanned);
        }

        private void place(Page filling, int begin, long base) {
            ByteBuffer view = ByteBuffer.wrap(filling.bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = begin; at < filling.length; ) {
                int size = view.getInt(at);
                place(filling, at + Integer.BYTES, size, base + at - begin);
                at += Integer.BYTES + size;
            }
        }

        private void place(Page filling, int offset, int size, long address) {
            int event = offset + EventRecords.PREFIX;
            if (EventCodec.isAboutNode(filling.bytes, event)) {
                int hash = EventCodec.subjectHashCode(filling.bytes, event);
                filling.places
                        .get(Committer.shardOf(hash, shards.size()))
                        .add(offset, size, address, hash);
            } else {
                Event fact = records.decode(filling.bytes, offset, size);
                clocks.take(fact, address, EventRecords.recordedAt(filling.bytes, offset));
                fleet.take(fact, address);
            }
        }

        private void hand(Page filled) throws InterruptedException {
            filled.left.set(queues.size());
            for (BlockingQueue<Page> queue : queues) {
                queue.put(filled);
            }
            page = null;
        }

        /// Hands over what is left, and says that it was the last.
        void finish() throws InterruptedException {
            if (page != null) {
                hand(page);
            }
            for (BlockingQueue<Page> queue : queues) {
                queue.put(LAST);
            }
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
