package io.souverix.twin.engine.commit;

import io.souverix.twin.core.event.EventCodec;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.Frame;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.Shard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Folds the log again from an address on: this thread scans it, one thread a shard decodes and folds
/// what is its own.
public final class Replay {
    /// How many bytes of records are handed to the shards at a time.
    private static final int CHUNK_BYTES = 1 << 20;

    /// How many chunks may wait for a shard.
    private static final int MAX_WAITING = 8;

    /// After so many events a shard settles what came late.
    private static final int SETTLE_EVENTS = 1_000_000;

    private final EventRecords records;
    private final List<Shard> shards;
    private final FleetSubjects fleet;

    public Replay(EventRecords records, List<Shard> shards, FleetSubjects fleet) {
        this.records = records;
        this.shards = List.copyOf(shards);
        this.fleet = fleet;
    }

    /// Records of some frames, with the places of those of one shard.
    private record Chunk(byte[] bytes, int[] offsets, int[] lengths, long[] addresses, int count) {
        static final Chunk LAST = new Chunk(new byte[0], new int[0], new int[0], new long[0], 0);
    }

    /// Folds all events from the address to the end of the log; the caller settles the shards.
    ///
    /// @param progress told now and then how many events were scanned
    public void run(EventLog log, long from, LongConsumer progress) {
        List<BlockingQueue<Chunk>> queues = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        for (Shard shard : shards) {
            BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(MAX_WAITING);
            queues.add(queue);
            threads.add(
                    Thread.ofPlatform()
                            .name("twin-replay")
                            .start(() -> fold(shard, queue, failure)));
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
        switch (failure.get()) {
            case null -> {}
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case Throwable thrown -> throw new IllegalStateException(thrown);
        }
    }

    /// The shards' threads end however the scan does.
    private static void scan(EventLog log, long from, Scanner scanner) throws InterruptedException {
        try {
            log.scan(from, scanner::take);
            scanner.hand();
        } finally {
            scanner.finish();
        }
    }

    private void fold(
            Shard shard, BlockingQueue<Chunk> queue, AtomicReference<@Nullable Throwable> failure) {
        try {
            int unsettled = 0;
            for (Chunk chunk = queue.take(); chunk.count() > 0; chunk = queue.take()) {
                if (failure.get() == null) {
                    unsettled = fold(shard, chunk, unsettled);
                }
            }
            shard.settleReplay();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            drain(queue);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int fold(Shard shard, Chunk chunk, int unsettled) {
        for (int i = 0; i < chunk.count(); i++) {
            shard.replay(
                    records.decode(chunk.bytes(), chunk.offsets()[i], chunk.lengths()[i]),
                    chunk.addresses()[i]);
        }
        int folded = unsettled + chunk.count();
        if (folded < SETTLE_EVENTS) {
            return folded;
        }
        shard.settleReplay();
        return 0;
    }

    private static void drain(BlockingQueue<Chunk> queue) {
        try {
            for (Chunk chunk = queue.take(); chunk.count() > 0; chunk = queue.take()) {}
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gathers frames into chunks and hands every shard its places in them.
    private final class Scanner {
        private final List<BlockingQueue<Chunk>> queues;
        private final LongConsumer progress;
        private byte[] bytes = new byte[CHUNK_BYTES * 2];
        private int length;
        private long scanned;
        private final List<Places> places = new ArrayList<>();

        Scanner(List<BlockingQueue<Chunk>> queues, LongConsumer progress) {
            this.queues = queues;
            this.progress = progress;
            queues.forEach(_ -> places.add(new Places()));
        }

        void take(Frame frame) {
            if (length + frame.length() > bytes.length) {
                hand();
                if (frame.length() > bytes.length) {
                    bytes = new byte[frame.length()];
                }
            }
            System.arraycopy(frame.bytes(), frame.offset(), bytes, length, frame.length());
            ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int end = length + frame.length();
            for (int at = length; at < end; ) {
                int size = view.getInt(at);
                long address = frame.baseAddress() + at - length;
                place(at + Integer.BYTES, size, address);
                at += Integer.BYTES + size;
            }
            length = end;
            scanned += frame.count();
            if (length >= CHUNK_BYTES) {
                hand();
            }
        }

        private void place(int offset, int size, long address) {
            int event = offset + EventRecords.PREFIX;
            if (EventCodec.isAboutNode(bytes, event)) {
                int hash = EventCodec.subjectHashCode(bytes, event);
                places.get(Committer.shardOf(hash, places.size())).add(offset, size, address);
            } else {
                fleet.take(records.decode(bytes, offset, size), address);
            }
        }

        private void hand() {
            try {
                for (int i = 0; i < queues.size(); i++) {
                    if (places.get(i).count > 0) {
                        queues.get(i).put(places.get(i).chunk(bytes));
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the log is folded again", e);
            }
            bytes = new byte[CHUNK_BYTES * 2];
            length = 0;
            progress.accept(scanned);
        }

        void finish() throws InterruptedException {
            for (BlockingQueue<Chunk> queue : queues) {
                queue.put(Chunk.LAST);
            }
        }
    }

    /// Where the records of one shard are in the chunk that is being gathered.
    private static final class Places {
        private int[] offsets = new int[1024];
        private int[] lengths = new int[1024];
        private long[] addresses = new long[1024];
        private int count;

        void add(int offset, int length, long address) {
            if (count == offsets.length) {
                offsets = java.util.Arrays.copyOf(offsets, count * 2);
                lengths = java.util.Arrays.copyOf(lengths, count * 2);
                addresses = java.util.Arrays.copyOf(addresses, count * 2);
            }
            offsets[count] = offset;
            lengths[count] = length;
            addresses[count++] = address;
        }

        Chunk chunk(byte[] bytes) {
            Chunk chunk = new Chunk(bytes, offsets, lengths, addresses, count);
            offsets = new int[offsets.length];
            lengths = new int[lengths.length];
            addresses = new long[addresses.length];
            count = 0;
            return chunk;
        }
    }
}
