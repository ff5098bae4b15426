package io.souverix.twin.engine.log;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// A log in memory, with the addresses and hashes of a [SegmentLog] that never rolls: for tests and
/// simulation. Durable as long as the object is.
public final class MemoryLog implements EventLog {
    private static final Tail FIRST = SegmentHeader.FIRST.before();

    private final ConcurrentNavigableMap<Long, Stored> frames;
    private volatile Ends ends;
    private volatile LogState state = LogState.OPEN;

    private record Stored(FrameHeader header, byte[] payload) {}

    /// @param kept of what was dropped, by address
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ends(
            long start,
            Tail tail,
            long droppedUptoMicros,
            byte[] note,
            NavigableMap<Long, byte[]> kept) {
        Ends at(Tail newer) {
            return new Ends(start, newer, droppedUptoMicros, note, kept);
        }
    }

    /// An empty log.
    public MemoryLog() {
        this(
                new ConcurrentSkipListMap<>(),
                new Ends(FIRST.end(), FIRST, 0, new byte[0], new TreeMap<>()));
    }

    private MemoryLog(ConcurrentNavigableMap<Long, Stored> frames, Ends ends) {
        this.frames = frames;
        this.ends = ends;
    }

    /// Closes this log and gives a new one with the same frames, as a restart would.
    public MemoryLog reopened() {
        close();
        return new MemoryLog(frames, ends);
    }

    @Override
    public synchronized long append(List<RecordBatch> batches, long recordedAtMicros) {
        requireOpen();
        AppendCheck.Sum sum = AppendCheck.check(batches, recordedAtMicros, lastRecordedAtMicros());
        byte[] payload = new byte[sum.length()];
        int at = 0;
        for (RecordBatch batch : batches) {
            System.arraycopy(batch.bytes(), 0, payload, at, batch.length());
            at += batch.length();
        }
        NextFrame frame = NextFrame.after(ends.tail(), batches, sum, recordedAtMicros);
        frames.put(frame.header().address(), new Stored(frame.header(), payload));
        ends = ends.at(frame.tail());
        return frame.baseAddress();
    }

    private void requireOpen() {
        if (state == LogState.CLOSED) {
            throw new LogException(LogException.Reason.CLOSED, "the log is closed");
        }
    }

    @Override
    public long end() {
        return ends.tail().end();
    }

    @Override
    public long start() {
        return ends.start();
    }

    @Override
    public long records() {
        return ends.tail().records();
    }

    @Override
    public long lastRecordedAtMicros() {
        return ends.tail().recordedAtMicros();
    }

    @Override
    public long firstAfter(long recordedAtMicros) {
        requireOpen();
        Ends seen = ends;
        long low = seen.start();
        long high = seen.tail().end();
        while (low < high) {
            Map.Entry<Long, Stored> middle = frames.floorEntry((low + high) >>> 1);
            if (middle == null
                    || middle.getValue().header().recordedAtMicros() > recordedAtMicros) {
                high = middle == null ? low : middle.getKey();
            } else {
                low = middle.getValue().header().nextAddress();
            }
        }
        return low;
    }

    @Override
    public long droppedUptoMicros() {
        return ends.droppedUptoMicros();
    }

    @Override
    public LogState state() {
        return state;
    }

    @Override
    public void scan(long from, FrameVisitor visitor) {
        requireOpen();
        Ends seen = ends;
        long first = from == SegmentHeader.FIRST.base() ? FIRST.end() : from;
        if (first < seen.start()
                || first > seen.tail().end()
                || (first < seen.tail().end() && !frames.containsKey(first))) {
            throw noSuchAddress(from);
        }
        for (Stored stored : frames.subMap(first, seen.tail().end()).values()) {
            FrameHeader header = stored.header();
            visitor.visit(
                    new Frame(
                            header.address(),
                            header.nextAddress(),
                            header.recordedAtMicros(),
                            header.firstRecord(),
                            header.count(),
                            header.address() + FrameHeader.BYTES,
                            stored.payload(),
                            0,
                            header.length()));
        }
    }

    @Override
    public byte[] read(long address) {
        requireOpen();
        byte[] kept = ends.kept().get(address);
        if (kept != null) {
            return kept.clone();
        }
        Map.Entry<Long, Stored> entry = frames.floorEntry(address);
        if (entry == null || address >= end()) {
            throw noSuchAddress(address);
        }
        byte[] payload = entry.getValue().payload();
        long offset = address - entry.getKey() - FrameHeader.BYTES;
        if (offset < 0 || offset > payload.length - RecordBatch.LENGTH_BYTES) {
            throw noSuchAddress(address);
        }
        int at = (int) offset;
        int size = LittleEndian.getInt(payload, at);
        int from = at + RecordBatch.LENGTH_BYTES;
        if (size < 0 || size > payload.length - from) {
            throw noSuchAddress(address);
        }
        return Arrays.copyOfRange(payload, from, from + size);
    }

    private LogException noSuchAddress(long address) {
        return new LogException(
                LogException.Reason.NO_SUCH_ADDRESS,
                "no record or frame at address %d, expected one from %d to %d"
                        .formatted(address, start(), end()));
    }

    @Override
    public LogCheck verify(ProgressListener progress) {
        requireOpen();
        Ends seen = ends;
        long bytes = seen.tail().end() - seen.start();
        long records = seen.kept().size();
        List<Stored> all = List.copyOf(frames.headMap(seen.tail().end()).values());
        for (Stored stored : all) {
            records += stored.header().count();
        }
        progress.progressed(bytes, bytes);
        return new LogCheck(
                1,
                all.size(),
                records,
                bytes,
                seen.start(),
                seen.tail().end(),
                Checksums.hex(seen.tail().hash()));
    }

    @Override
    public long placeBy(long recordedAtMicros) {
        long place = droppedBefore();
        for (Stored stored : frames.values()) {
            if (stored.header().recordedAtMicros() <= recordedAtMicros) {
                place = stored.header().nextAddress();
            }
        }
        return place;
    }

    @Override
    public long dropBefore(long address, Kept kept, Runnable ready) {
        requireOpen();
        Map.Entry<Long, Stored> first = frames.floorEntry(address);
        long start = address >= end() ? end() : first == null ? start() : first.getKey();
        if (start > start()) {
            NavigableMap<Long, byte[]> records = new TreeMap<>();
            for (long each : kept.addresses()) {
                records.put(each, read(each));
            }
            ready.run();
            drop(start, kept.note(), records);
        }
        return start();
    }

    private synchronized void drop(long start, byte[] note, NavigableMap<Long, byte[]> records) {
        ConcurrentNavigableMap<Long, Stored> dropped = frames.headMap(start);
        long upto = dropped.lastEntry().getValue().header().recordedAtMicros();
        ends = new Ends(start, ends.tail(), upto, note, records);
        dropped.clear();
    }

    @Override
    public long droppedBefore() {
        Ends seen = ends;
        return seen.droppedUptoMicros() == 0 ? 0 : seen.start();
    }

    @Override
    public void scanKept(FrameVisitor visitor) {
        requireOpen();
        ends.kept()
                .forEach((address, bytes) -> {
                    byte[] entry = new byte[RecordBatch.LENGTH_BYTES + bytes.length];
                    LittleEndian.putInt(entry, 0, bytes.length);
                    System.arraycopy(bytes, 0, entry, RecordBatch.LENGTH_BYTES, bytes.length);
                    visitor.visit(TipReader.frame(address, entry, 0, bytes.length));
                });
    }

    @Override
    public byte[] note() {
        requireOpen();
        return ends.note().clone();
    }

    @Override
    public long bytes() {
        Ends seen = ends;
        long kept = seen.kept().values().stream().mapToLong(bytes -> bytes.length).sum();
        return seen.tail().end() - seen.start() + kept;
    }

    @Override
    public void close() {
        state = LogState.CLOSED;
    }
}
