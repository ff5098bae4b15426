package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Copies a log, or its beginning, into another directory, while the log may be in use.
///
/// What is copied is what its head says was acknowledged, up to a frame. Where the other directory
/// holds an earlier copy, only what is new is copied behind it. Every new frame is read back from
/// the copy and checked along the chain of hashes, from the last frame of the earlier copy on; only
/// then the copy's own head moves on. So a copy that is cut short is the earlier copy, and the next
/// one goes on from there.
public final class LogCopy {
    private static final int PIECE_BYTES = 1 << 20;

    /// How often it begins anew because the log dropped what was being copied.
    private static final int MAX_TRIES = 3;

    private final Disk disk;
    private final Path from;
    private final Path to;
    private final long uptoMicros;
    private final ProgressListener progress;
    private final byte[] piece = new byte[PIECE_BYTES];

    /// A copy as it stands.
    ///
    /// @param newBytes how many of its bytes were copied this time
    /// @param records the number of the next record
    /// @param end the address after its last frame
    /// @param recordedAtMicros of its last frame, microseconds since the epoch; 0 while it is empty
    /// @param lastFrameHash SHA-256 of its last frame in hexadecimal
    public record Copied(
            int segments,
            long bytes,
            long newBytes,
            long records,
            long end,
            long recordedAtMicros,
            String lastFrameHash) {}

    private LogCopy(Disk disk, Path from, Path to, long uptoMicros, ProgressListener progress) {
        this.disk = disk;
        this.from = from;
        this.to = to;
        this.uptoMicros = uptoMicros;
        this.progress = progress;
    }

    /// Copies a log, on the disk of the machine.
    ///
    /// @param uptoMicros only frames recorded by then, microseconds since the epoch;
    ///     `Long.MAX_VALUE` for all
    /// @throws CorruptLogException if what is copied is not what was written
    /// @throws LogException if `to` is in use, or holds something else than an earlier copy
    public static Copied copy(Path from, Path to, long uptoMicros, ProgressListener progress) {
        return copy(new NioDisk(), from, to, uptoMicros, progress);
    }

    static Copied copy(Disk disk, Path from, Path to, long uptoMicros, ProgressListener progress) {
        LogCopy copy = new LogCopy(disk, from, to, uptoMicros, progress);
        try {
            disk.createDirectories(to);
            Closeable lock =
                    disk.lock(to.resolve(SegmentLog.LOCK)).orElseThrow(() -> SegmentLog.locked(to));
            try (lock) {
                return copy.tried(1);
            }
        } catch (IOException e) {
            throw new LogException(
                    LogException.Reason.UNREADABLE,
                    "cannot copy the log in %s to %s".formatted(from, to),
                    e);
        }
    }

    private Copied tried(int tries) throws IOException {
        try {
            return copy();
        } catch (NoSuchFileException e) {
            // The log dropped a segment meanwhile: its head says so by now.
            if (tries == MAX_TRIES) {
                throw e;
            }
            return tried(tries + 1);
        }
    }

    private Copied copy() throws IOException {
        HeadSlot head = HeadFile.read(disk, from).newest().orElseThrow(() -> headless(from));
        List<Segment> source = new ArrayList<>();
        try {
            for (long base : bases(from, head.firstBase(), head.tail().end())) {
                source.add(Segment.open(disk, from.resolve(Segment.name(base)), base));
            }
            requireFirst(source, head);
            Tail goal = uptoMicros == Long.MAX_VALUE ? head.tail() : lastRecordedBy(source, head);
            source.removeIf(segment -> segment.base() >= goal.end());
            return copy(source, goal);
        } finally {
            for (Segment segment : source) {
                segment.close();
            }
        }
    }

    private static LogException headless(Path directory) {
        return new LogException(
                LogException.Reason.UNREADABLE,
                "found no file head in %s, expected a log or a finished copy of one"
                        .formatted(directory));
    }

    /// The bases of the segments that hold something from one address up to another.
    private List<Long> bases(Path directory, long first, long end) throws IOException {
        return disk.list(directory).stream()
                .flatMap(name -> Segment.base(name).stream())
                .filter(base -> base >= first && (base < end || base == first))
                .toList();
    }

    private void requireFirst(List<Segment> source, HeadSlot head) throws IOException {
        if (source.isEmpty() || source.getFirst().base() != head.firstBase()) {
            String name = Segment.name(head.firstBase());
            throw new NoSuchFileException(from.resolve(name).toString());
        }
    }

    private static long endOf(List<Segment> segments, int index, long end) {
        return index + 1 < segments.size() ? segments.get(index + 1).base() : end;
    }

    /// Walks all of the log up to the last frame that was recorded by the moment asked for.
    private Tail lastRecordedBy(List<Segment> source, HeadSlot head) throws IOException {
        Tail tail = source.getFirst().header().before();
        if (tail.recordedAtMicros() > uptoMicros) {
            throw new LogException(
                    LogException.Reason.NO_SUCH_ADDRESS,
                    "what was recorded before %d (microseconds since 1970) was dropped"
                                    .formatted(tail.recordedAtMicros())
                            + ", nothing earlier can be copied");
        }
        for (int i = 0; i < source.size(); i++) {
            Segment segment = source.get(i);
            requireFollows(segment, tail);
            ChainCheck check = new ChainCheck(segment);
            long end = endOf(source, i, head.tail().end());
            FrameCursor cursor = cursor(segment, segment.header().firstFrame(), end);
            while (check.next(cursor)) {
                if (check.tail().recordedAtMicros() > uptoMicros) {
                    return tail;
                }
                tail = check.tail();
            }
        }
        return tail;
    }

    private static FrameCursor cursor(Segment segment, long address, long end) {
        return new FrameCursor(segment, address, end, FrameCursor.newBuffer(end - address));
    }

    private static void requireFollows(Segment segment, Tail tail) throws CorruptLogException {
        Tail before = segment.header().before();
        if (!before.isBehindSameFrameAs(tail)) {
            throw segment.place(segment.base())
                    .corrupt(0, "to be behind " + tail.description(), before.description());
        }
    }

    private Copied copy(List<Segment> source, Tail goal) throws IOException {
        for (String name : disk.list(to)) {
            if (name.endsWith(Opening.NEW_SUFFIX)) {
                disk.delete(to.resolve(name));
            }
        }
        Optional<HeadSlot> earlier = HeadFile.read(disk, to).newest();
        Segment first = source.getFirst();
        if (earlier.isPresent()) {
            requireWhole(earlier.get());
            requireContinued(earlier.get(), source, goal);
        }
        Tail tail = earlier.map(HeadSlot::tail).orElse(first.header().before());
        long copiedUpto = earlier.isPresent() ? tail.end() : first.base();
        long newBytes = goal.end() - copiedUpto;
        for (int i = 0; i < source.size(); i++) {
            long end = endOf(source, i, goal.end());
            if (end > copiedUpto || earlier.isEmpty()) {
                tail = copy(source.get(i), Math.max(copiedUpto, source.get(i).base()), end, tail);
                progress.progressed(end - copiedUpto, newBytes);
            }
        }
        requireGoal(source.getLast(), tail, goal);
        copyKept(first, earlier);
        HeadFile.start(disk, to, earlier, first.base(), goal).close();
        dropBefore(first.base());
        return new Copied(
                source.size(),
                goal.end() - first.base(),
                newBytes,
                goal.records(),
                goal.end(),
                goal.recordedAtMicros(),
                Checksums.hex(goal.hash()));
    }

    /// Whether the files of an earlier copy are there with the sizes they had.
    private void requireWhole(HeadSlot earlier) throws IOException {
        List<Long> bases = bases(to, earlier.firstBase(), earlier.tail().end());
        long expected = earlier.firstBase();
        for (int i = 0; i < bases.size() && bases.get(i) == expected; i++) {
            try (DiskFile file = disk.openForReading(to.resolve(Segment.name(expected)))) {
                expected += file.size();
            }
        }
        if (bases.isEmpty() || expected < earlier.tail().end()) {
            throw new CorruptLogException(
                    to.toString(),
                    0,
                    "the segments of the addresses %d to %d"
                            .formatted(earlier.firstBase(), earlier.tail().end()),
                    "none from address " + expected + " on");
        }
    }

    /// Whether the log is the one that the earlier copy is of, before anything is written.
    private void requireContinued(HeadSlot earlier, List<Segment> source, Tail goal)
            throws IOException {
        Tail tail = earlier.tail();
        Segment first = source.getFirst();
        boolean reaches = tail.end() >= first.base() && earlier.firstBase() <= first.base();
        if (!reaches || tail.end() > goal.end()) {
            throw another(earlier, first, goal, null);
        }
        if (tail.end() == goal.end()) {
            if (!tail.isBehindSameFrameAs(goal)) {
                throw another(earlier, first, goal, null);
            }
            return;
        }
        for (int i = 0; i < source.size(); i++) {
            Segment segment = source.get(i);
            long end = endOf(source, i, goal.end());
            if (end > tail.end()) {
                requireNextFrame(segment, end, earlier, goal);
                return;
            }
        }
    }

    private void requireNextFrame(Segment segment, long end, HeadSlot earlier, Tail goal)
            throws IOException {
        Tail tail = earlier.tail();
        try {
            if (segment.base() == tail.end()) {
                requireFollows(segment, tail);
            } else {
                var _ = new ChainCheck(segment, tail).next(cursor(segment, tail.end(), end));
            }
        } catch (CorruptLogException e) {
            throw another(earlier, segment, goal, e);
        }
    }

    private LogException another(
            HeadSlot earlier, Segment first, Tail goal, @Nullable CorruptLogException cause) {
        return new LogException(
                LogException.Reason.NO_SUCH_ADDRESS,
                ("%s holds a copy of the addresses %d to %d, which the log in %s, %d to %d, does not"
                                + " continue%s; copy it into an empty directory")
                        .formatted(
                                to,
                                earlier.firstBase(),
                                earlier.tail().end(),
                                from,
                                first.base(),
                                goal.end(),
                                cause == null ? "" : " (" + cause.getMessage() + ")"),
                cause);
    }

    /// Copies a stretch of a segment and reads it back.
    ///
    /// @param tail what its first frame must follow
    /// @return the end of the stretch
    private Tail copy(Segment segment, long start, long end, Tail tail) throws IOException {
        boolean whole = start == segment.base();
        if (whole) {
            SegmentWriter.create(disk, to, segment.header());
        }
        long at = whole ? segment.header().firstFrame() : start;
        long base = segment.base();
        try (DiskFile file = disk.openForWriting(to.resolve(Segment.name(base)))) {
            file.truncate(at - base);
            for (long next = at; next < end; ) {
                int count = (int) Math.min(piece.length, end - next);
                segment.read(piece, 0, count, next);
                file.writeFully(ByteBuffer.wrap(piece, 0, count), next - base);
                next += count;
            }
            file.sync();
        }
        try (Segment copy = Segment.open(disk, to.resolve(Segment.name(base)), base)) {
            if (whole) {
                requireFollows(copy, tail);
            }
            ChainCheck check = new ChainCheck(copy, whole ? copy.header().before() : tail);
            FrameCursor cursor = cursor(copy, at, end);
            while (check.next(cursor)) {
                // Each is checked as it is passed.
            }
            return check.tail();
        }
    }

    private static void requireGoal(Segment last, Tail tail, Tail goal) {
        if (!tail.isBehindSameFrameAs(goal)) {
            throw last.place(goal.end())
                    .corrupt(0, "to be behind " + goal.description(), tail.description());
        }
    }

    /// Copies what is kept of what the log dropped, where the earlier copy does not have it.
    private void copyKept(Segment first, Optional<HeadSlot> earlier) throws IOException {
        boolean there = earlier.map(slot -> slot.firstBase() == first.base()).orElse(false);
        if (first.base() == 0 || there) {
            return;
        }
        String name = KeptFile.name(first.base());
        Path fresh = to.resolve(name + Opening.NEW_SUFFIX);
        try (DiskFile source = disk.openForReading(from.resolve(name));
                DiskFile target = disk.openForWriting(fresh)) {
            target.truncate(0);
            long size = source.size();
            for (long next = 0; next < size; ) {
                int count = (int) Math.min(piece.length, size - next);
                source.readFully(piece, 0, count, next);
                target.writeFully(ByteBuffer.wrap(piece, 0, count), next);
                next += count;
            }
            target.sync();
        }
        disk.rename(fresh, to.resolve(name));
        disk.syncDirectory(to);
        try (KeptFile kept = KeptFile.open(disk, to, first.header())) {
            kept.verify();
        }
    }

    private void dropBefore(long firstBase) throws IOException {
        for (String name : disk.list(to)) {
            Optional<Long> base = Segment.base(name).or(() -> KeptFile.base(name));
            if (base.map(b -> b < firstBase).orElse(false)) {
                disk.delete(to.resolve(name));
            }
        }
        disk.syncDirectory(to);
    }
}
