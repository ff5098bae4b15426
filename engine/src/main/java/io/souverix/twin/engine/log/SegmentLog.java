package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The embedded log: segment files in one directory.
///
/// ```
///  lock                         held while the log is open
///  head                         how far the log was acknowledged (HeadSlot)
///  00000000000000000000.seg     SegmentHeader, frame, frame, ...   sealed, never written again
///  00000000000268431872.seg     SegmentHeader, frame, frame        takes the appends
///  00000000000268431872.kept    what is kept of what was dropped before that segment, if it is the first
///  torn-00000000000268439040    what a crash left of an unfinished append
/// ```
///
/// A segment's name is the address of its first byte, and the next segment begins where it ends: an
/// address is found by the last base that is not after it. A frame ([FrameHeader]) is a whole
/// append, written with one write and one sync; then the head is written without a sync of its own
/// (it is synced about once a second, at a roll and at close), then the append is answered.
///
/// **Opening** trusts nothing: sealed segments must follow each other without a gap, the last one is
/// read frame by frame with checksums and hash chain, and what the head says was acknowledged must
/// be there; see [LastSegment] and [TornTailJudge] for what may follow it.
///
/// **Failure**: after the first write or sync that fails, nothing is written any more, since what
/// the file then holds is unknown and a repeated sync may claim what is not so. Reads go on. Opening
/// the directory anew brings it in order.
///
/// Threads: appends, drops and close exclude each other; reads see the log through one immutable
/// [Tip] and never wait.
public final class SegmentLog implements EventLog {
    static final String LOCK = "lock";

    private static final long HEAD_SYNC_MICROS = 1_000_000;

    private final Disk disk;
    private final Path directory;
    private final SegmentLogOptions options;
    private final Closeable lock;
    private final HeadFile head;
    private final Recovery recovery;
    private final RecordedMarks marks = new RecordedMarks();
    private final ByteBuffer stage = SegmentWriter.newStage();

    private SegmentWriter writer;
    private long headSyncedAtMicros;
    private volatile Tip tip;
    private volatile LogState state = LogState.OPEN;
    private volatile @Nullable IOException failure;

    /// Opens or makes the log in a directory, on the disk of the machine.
    ///
    /// @throws CorruptLogException if an acknowledged byte is wrong or missing
    /// @throws LogException if the directory is in use, or cannot be read
    public static SegmentLog open(Path directory, SegmentLogOptions options) throws LogException {
        return open(directory, options, new NioDisk());
    }

    /// Opens or makes the log in a directory of a given disk.
    public static SegmentLog open(Path directory, SegmentLogOptions options, Disk disk)
            throws LogException {
        Closeable lock = null;
        SegmentLog log = null;
        try {
            disk.createDirectories(directory);
            lock = disk.lock(directory.resolve(LOCK)).orElseThrow(() -> locked(directory));
            log =
                    new SegmentLog(
                            disk, directory, options, lock, new Opening(disk, directory).open());
            return log;
        } catch (IOException e) {
            throw new LogException(
                    LogException.Reason.UNREADABLE, "cannot open the log in " + directory, e);
        } finally {
            if (log == null && lock != null) {
                Closing.closeAll(List.of(lock));
            }
        }
    }

    static LogException locked(Path directory) {
        return new LogException(
                LogException.Reason.LOCKED,
                "the log in %s is open elsewhere: its file %s is locked"
                        .formatted(directory, LOCK));
    }

    private SegmentLog(
            Disk disk,
            Path directory,
            SegmentLogOptions options,
            Closeable lock,
            Opening.Opened opened) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.lock = lock;
        this.head = opened.head();
        this.recovery = opened.recovery();
        this.tip = new Tip(opened.segments(), opened.tail(), opened.kept());
        this.writer = new SegmentWriter(opened.writing(), tip.last().base(), stage);
        this.headSyncedAtMicros = opened.tail().recordedAtMicros();
    }

    /// What was found when the log was opened.
    public Recovery recovery() {
        return recovery;
    }

    @Override
    public synchronized long append(List<RecordBatch> batches, long recordedAtMicros)
            throws LogException {
        requireAppending();
        AppendCheck.Sum sum = AppendCheck.check(batches, recordedAtMicros, lastRecordedAtMicros());
        boolean done = false;
        try {
            if (isFullFor(sum.length())) {
                roll();
            }
            NextFrame frame = NextFrame.after(tip.tail(), batches, sum, recordedAtMicros);
            writer.append(frame.headerBytes(), frame.header().address(), batches);
            acknowledge(frame.tail());
            done = true;
            return frame.baseAddress();
        } catch (IOException e) {
            failure = e;
            throw new LogException(
                    LogException.Reason.FAILED,
                    "an append failed at address %d; no more are taken".formatted(end()),
                    e);
        } finally {
            if (!done) {
                state = LogState.FAILED;
            }
        }
    }

    private void requireAppending() {
        switch (state) {
            case OPEN -> {}
            case FAILED ->
                    throw new LogException(
                            LogException.Reason.FAILED,
                            "no appends are taken since an earlier one failed at address " + end(),
                            failure);
            case CLOSED -> throw closedLog();
        }
    }

    private static LogException closedLog() {
        return new LogException(LogException.Reason.CLOSED, "the log is closed");
    }

    private boolean isFullFor(int length) {
        Segment last = tip.last();
        long after = tip.tail().end() + FrameHeader.BYTES + length;
        return tip.tail().end() > last.header().firstFrame()
                && after - last.base() > options.segmentBytes();
    }

    private void roll() throws IOException {
        Tail sealed = tip.tail();
        head.sync();
        SegmentHeader header =
                new SegmentHeader(
                        sealed.end(), sealed.records(), sealed.recordedAtMicros(), sealed.hash());
        SegmentWriter.create(disk, directory, header);
        Path path = directory.resolve(Segment.name(header.base()));
        List<Segment> segments = new ArrayList<>(tip.segments());
        Segment fresh = Segment.open(disk, path, header.base());
        segments.add(fresh);
        tip = new Tip(List.copyOf(segments), fresh.header().before(), tip.kept());
        writer.close();
        writer = new SegmentWriter(disk.openForWriting(path), header.base(), stage);
    }

    private void acknowledge(Tail tail) throws IOException {
        head.write(tip.first().base(), tail);
        if (tail.recordedAtMicros() - headSyncedAtMicros >= HEAD_SYNC_MICROS) {
            head.sync();
            headSyncedAtMicros = tail.recordedAtMicros();
        }
        tip = new Tip(tip.segments(), tail, tip.kept());
    }

    @Override
    public long end() {
        return tip.tail().end();
    }

    @Override
    public long start() {
        return tip.first().header().firstFrame();
    }

    @Override
    public long records() {
        return tip.tail().records();
    }

    @Override
    public long lastRecordedAtMicros() {
        return tip.tail().recordedAtMicros();
    }

    @Override
    public long firstAfter(long recordedAtMicros) throws LogException {
        return reading(reader -> marks.firstAfter(recordedAtMicros, reader.tip()));
    }

    @Override
    public long droppedUptoMicros() {
        return tip.first().header().recordedAtBefore();
    }

    @Override
    public LogState state() {
        return state;
    }

    @Override
    public void scan(long from, FrameVisitor visitor) throws LogException {
        reading(reader -> {
            reader.scan(from, visitor);
            return true;
        });
    }

    @Override
    public byte[] read(long address) throws LogException {
        while (true) {
            long start = tip.first().base();
            try {
                return reading(reader -> reader.read(address));
            } catch (LogException e) {
                if (state == LogState.CLOSED || tip.first().base() == start) {
                    throw e;
                }
                // A cut closed the file meanwhile; what it keeps is behind another one.
            }
        }
    }

    @Override
    public LogCheck verify(ProgressListener progress) throws LogException {
        return reading(reader -> reader.verify(progress));
    }

    @Override
    public LogException damaged(long address, String expected, String found) {
        Tip seen = tip;
        Segment segment = seen.segments().get(Math.max(0, seen.indexOf(address)));
        return segment.place(address).corrupt(0, expected, found);
    }

    private interface Reading<T> {
        T from(TipReader reader) throws IOException;
    }

    private <T> T reading(Reading<T> reading) {
        if (state == LogState.CLOSED) {
            throw closedLog();
        }
        Tip seen = tip;
        try {
            return reading.from(new TipReader(seen));
        } catch (IOException e) {
            if (state == LogState.CLOSED) {
                throw closedLog();
            }
            if (tip.first().base() > seen.first().base()) {
                throw new LogException(
                        LogException.Reason.NO_SUCH_ADDRESS,
                        "the log now starts at %d, what was before was dropped".formatted(start()),
                        e);
            }
            throw new LogException(
                    LogException.Reason.UNREADABLE, "cannot read the log in " + directory, e);
        }
    }

    @Override
    public void scanKept(FrameVisitor visitor) throws LogException {
        reading(reader -> {
            reader.scanKept(visitor);
            return true;
        });
    }

    @Override
    public byte[] note() throws LogException {
        return reading(TipReader::note);
    }

    @Override
    public long bytes() {
        return tip.bytes();
    }

    @Override
    public long droppedBefore() {
        return tip.first().base();
    }

    @Override
    public long placeBy(long recordedAtMicros) {
        List<Segment> segments = tip.segments();
        int place = 0;
        while (place + 1 < segments.size()
                && segments.get(place + 1).header().recordedAtBefore() <= recordedAtMicros) {
            place++;
        }
        return segments.get(place).base();
    }

    @Override
    public long dropBefore(long address, Kept kept, Runnable ready) throws LogException {
        requireAppending();
        Tip before = tip;
        int place = before.indexOf(Math.min(address, before.tail().end()));
        if (place <= 0) {
            return start();
        }
        Segment first = before.segments().get(place);
        keep(first.header(), kept);
        ready.run();
        drop(first);
        return start();
    }

    /// Makes durable what stays. Nothing has changed where it fails; appends go on meanwhile.
    private void keep(SegmentHeader first, Kept kept) {
        try (KeptWriter out = new KeptWriter(disk, directory, first, kept.note())) {
            new TipReader(tip).copy(kept.addresses(), first.base(), out);
            out.finish();
        } catch (IOException e) {
            throw new LogException(
                    LogException.Reason.UNREADABLE,
                    "what is to be kept of a cut could not be written; nothing was dropped",
                    e);
        }
    }

    private synchronized void drop(Segment first) {
        requireAppending();
        Tip before = tip;
        int place = before.segments().indexOf(first);
        boolean done = false;
        try {
            KeptFile kept = KeptFile.open(disk, directory, first.header());
            List<Segment> segments = before.segments();
            List<Segment> rest = List.copyOf(segments.subList(place, segments.size()));
            head.writeBoth(first.base(), before.tail());
            tip = new Tip(rest, before.tail(), kept);
            for (Segment dropped : segments.subList(0, place)) {
                dropped.close();
                disk.delete(dropped.path());
            }
            KeptFile old = before.kept();
            if (old != null) {
                old.close();
                disk.delete(old.path());
            }
            disk.syncDirectory(directory);
            done = true;
        } catch (IOException e) {
            failure = e;
            throw new LogException(LogException.Reason.FAILED, "a drop failed", e);
        } finally {
            if (!done) {
                state = LogState.FAILED;
            }
        }
    }

    @Override
    public synchronized void close() throws LogException {
        if (state == LogState.CLOSED) {
            return;
        }
        List<Closeable> open = new ArrayList<>();
        if (state == LogState.OPEN) {
            open.add(head::sync);
        }
        state = LogState.CLOSED;
        open.add(writer);
        open.add(head);
        open.addAll(tip.segments());
        KeptFile kept = tip.kept();
        if (kept != null) {
            open.add(kept);
        }
        open.add(lock);
        Closing.closeAll(open);
    }
}
