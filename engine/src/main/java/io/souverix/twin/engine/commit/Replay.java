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
import java.util.function.LongConsumer;

/// Folds the log again from an address on. This thread scans it into batches; one thread a shard
/// folds what is its own of a batch, node by node and each node's events in the order key: a node's
/// twin is touched in one go, and what came late within a batch is not late.
public final class Replay {
    /// A batch takes no more frames beyond so many bytes; two are in memory, and one is gathered.
    private static final long MAX_BATCH_BYTES =
            Math.clamp(Runtime.getRuntime().maxMemory() / 16, 8L << 20, 512L << 20);

    /// A page takes no more frames beyond so many bytes. So large that the collector leaves it where
    /// it is.
    private static final int PAGE_BYTES = (int) Math.min(16L << 20, MAX_BATCH_BYTES);

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
        List<BlockingQueue<Places>> queues = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        FirstFailure failure = new FirstFailure();
        for (Shard shard : shards) {
            BlockingQueue<Places> queue = new ArrayBlockingQueue<>(1);
            queues.add(queue);
            threads.add(
                    Thread.ofPlatform()
                            .name("twin-replay")
                            .start(() -> fold(log, shard, queue, failure)));
        }
        try {
            scan(log, from, new Scanner(queues, progress));
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
            scanner.hand();
        } finally {
            scanner.finish();
        }
    }

    private void fold(
            EventLog log, Shard shard, BlockingQueue<Places> queue, FirstFailure failure) {
        // Its own: what one thread keeps to share would be fought for by two.
        EventRecords own = new EventRecords(log);
        try {
            for (Places places = queue.take(); !places.isLast(); places = queue.take()) {
                if (!failure.isThere()) {
                    fold(shard, places, own);
                }
            }
        } catch (RuntimeException | Error e) {
            failure.note(e);
            drain(queue);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void fold(Shard shard, Places places, EventRecords records) {
        long[] order = places.byNode();
        List<StoredEvent> history = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            StoredEvent stored = places.read((int) order[i], records);
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

    private static void drain(BlockingQueue<Places> queue) {
        try {
            for (Places places = queue.take(); !places.isLast(); places = queue.take()) {}
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gathers frames into pages and tells every shard its places in them.
    private final class Scanner {
        private final List<BlockingQueue<Places>> queues;
        private final LongConsumer progress;
        private byte[] page = new byte[PAGE_BYTES];
        private int length;
        private long batchBytes;
        private long scanned;
        private final List<Places> places = new ArrayList<>();

        Scanner(List<BlockingQueue<Places>> queues, LongConsumer progress) {
            this.queues = queues;
            this.progress = progress;
            queues.forEach(_ -> places.add(new Places()));
        }

        void take(Frame frame) {
            if (batchBytes + frame.length() > MAX_BATCH_BYTES) {
                hand();
            }
            if (length + frame.length() > page.length) {
                page = new byte[Math.max(PAGE_BYTES, frame.length())];
                length = 0;
            }
            System.arraycopy(frame.bytes(), frame.offset(), page, length, frame.length());
            ByteBuffer view = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
            int end = length + frame.length();
            for (int at = length; at < end; ) {
                int size = view.getInt(at);
                place(at + Integer.BYTES, size, frame.baseAddress() + at - length);
                at += Integer.BYTES + size;
            }
            length = end;
            batchBytes += frame.length();
            scanned += frame.count();
            progress.accept(scanned);
        }

        private void place(int offset, int size, long address) {
            int event = offset + EventRecords.PREFIX;
            if (EventCodec.isAboutNode(page, event)) {
                int hash = EventCodec.subjectHashCode(page, event);
                places.get(Committer.shardOf(hash, places.size()))
                        .add(page, offset, size, address, hash);
            } else {
                Event fact = records.decode(page, offset, size);
                clocks.take(fact, address, EventRecords.recordedAt(page, offset));
                fleet.take(fact, address);
            }
        }

        private void hand() {
            try {
                for (int i = 0; i < queues.size(); i++) {
                    if (!places.get(i).isLast()) {
                        queues.get(i).put(places.set(i, new Places()));
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the log is folded again", e);
            }
            page = new byte[PAGE_BYTES];
            length = 0;
            batchBytes = 0;
        }

        void finish() throws InterruptedException {
            for (BlockingQueue<Places> queue : queues) {
                queue.put(new Places());
            }
        }
    }

    /// Where the records of one shard are in the pages of a batch; one without records is the last.
    private static final class Places {
        private byte[][] pages = new byte[1024][];
        private int[] offsets = new int[1024];
        private int[] lengths = new int[1024];
        private int[] hashes = new int[1024];
        private long[] addresses = new long[1024];
        private int count;

        boolean isLast() {
            return count == 0;
        }

        void add(byte[] page, int offset, int length, long address, int hash) {
            if (count == offsets.length) {
                pages = Arrays.copyOf(pages, count * 2);
                offsets = Arrays.copyOf(offsets, count * 2);
                lengths = Arrays.copyOf(lengths, count * 2);
                hashes = Arrays.copyOf(hashes, count * 2);
                addresses = Arrays.copyOf(addresses, count * 2);
            }
            pages[count] = page;
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

        StoredEvent read(int record, EventRecords records) {
            byte[] page = pages[record];
            return new StoredEvent(
                    records.decodeToFold(page, offsets[record], lengths[record]),
                    addresses[record],
                    EventRecords.recordedAt(page, offsets[record]));
        }
    }
}
