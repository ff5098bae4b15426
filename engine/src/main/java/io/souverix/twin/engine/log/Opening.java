package io.souverix.twin.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens the files of a log and brings them in order: the head, the sealed segments by their
/// headers and sizes, the last segment frame by frame, and a torn tail.
///
/// Used once, by one thread, under the directory's lock.
final class Opening {
    /// How many files with torn tails are kept, the latest ones.
    static final int TORN_KEPT = 8;

    static final String TORN_PREFIX = "torn-";

    static final String NEW_SUFFIX = ".new";

    private final Disk disk;
    private final Path directory;
    private final List<String> warnings = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final List<Path> dropped = new ArrayList<>();
    private @Nullable KeptFile kept;

    Opening(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /// What is open afterwards.
    record Opened(
            List<Segment> segments,
            @Nullable KeptFile kept,
            DiskFile writing,
            HeadFile head,
            Tail tail,
            Recovery recovery) {}

    Opened open() throws IOException {
        boolean done = false;
        try {
            HeadFile.Found head = HeadFile.read(disk, directory);
            removeUnfinishedFiles();
            openSegments(head.newest());
            checkSealed(head.newest());
            openKept();
            LastSegment last = new LastSegment(segments.getLast(), head.newest());
            last.walk();
            warnAbout(head, last.tail());
            Opened opened = settle(head.newest(), last);
            done = true;
            return opened;
        } finally {
            if (!done) {
                for (Segment segment : segments) {
                    segment.close();
                }
                if (kept != null) {
                    kept.close();
                }
            }
        }
    }

    private void removeUnfinishedFiles() throws IOException {
        for (String name : disk.list(directory)) {
            if (name.endsWith(NEW_SUFFIX)) {
                disk.delete(directory.resolve(name));
            }
        }
        // A name may be there without being durable, where the sync after its making had failed.
        disk.syncDirectory(directory);
    }

    private void openSegments(Optional<HeadSlot> head) throws IOException {
        List<Long> bases = bases();
        if (bases.isEmpty() && head.isPresent()) {
            throw new CorruptLogException(
                    directory.resolve(Segment.name(head.get().firstBase())).toString(),
                    0,
                    "segments up to the acknowledged end " + head.get().tail().end(),
                    "no segment");
        }
        if (bases.isEmpty()) {
            SegmentWriter.create(disk, directory, SegmentHeader.FIRST);
            bases = List.of(SegmentHeader.FIRST.base());
        }
        long firstBase = head.map(HeadSlot::firstBase).orElse(bases.getFirst());
        for (long base : bases) {
            Path path = directory.resolve(Segment.name(base));
            if (base < firstBase && bases.contains(firstBase)) {
                dropped.add(path);
            } else {
                segments.add(Segment.open(disk, path, base));
            }
        }
    }

    private List<Long> bases() throws IOException {
        return disk.list(directory).stream().flatMap(name -> Segment.base(name).stream()).toList();
    }

    private void checkSealed(Optional<HeadSlot> head) throws IOException {
        Segment first = segments.getFirst();
        if (head.isPresent() && head.get().firstBase() != first.base()) {
            throw new CorruptLogException(
                    directory.resolve(Segment.name(head.get().firstBase())).toString(),
                    0,
                    "the first segment",
                    "none; the first one there is " + first.path().getFileName());
        }
        for (int i = 1; i < segments.size(); i++) {
            Segment sealed = segments.get(i - 1);
            long end = segments.get(i).base();
            long size = sealed.file().size();
            if (sealed.base() + size != end) {
                throw new CorruptLogException(
                        sealed.path().toString(),
                        Math.min(size, end - sealed.base()),
                        "%d bytes, up to the segment %s"
                                .formatted(end - sealed.base(), Segment.name(end)),
                        size + " bytes");
            }
        }
    }

    /// What is kept belongs to the first segment; that of another one is of a cut that came to nothing,
    /// or of one before.
    private void openKept() throws IOException {
        SegmentHeader first = segments.getFirst().header();
        if (first.base() > 0) {
            kept = KeptFile.open(disk, directory, first);
        }
        for (String name : disk.list(directory)) {
            if (KeptFile.base(name).map(base -> base != first.base()).orElse(false)) {
                dropped.add(directory.resolve(name));
            }
        }
    }

    private void warnAbout(HeadFile.Found head, Tail tail) {
        if (head.newest().isEmpty() && tail.records() > 0) {
            warnings.add(
                    ("the head file is missing: the log is taken as it is, addresses %d to %d,"
                                    + " %d records; compare with the last known end")
                            .formatted(
                                    segments.getFirst().header().firstFrame(),
                                    tail.end(),
                                    tail.records()));
        }
        if (head.newest().isPresent() && head.soundSlots() < 2) {
            warnings.add("one of the two slots of the head file was broken; the other was used");
        }
    }

    private Opened settle(Optional<HeadSlot> before, LastSegment last) throws IOException {
        Segment segment = last.segment();
        DiskFile writing = disk.openForWriting(segment.path());
        boolean done = false;
        try {
            Optional<Recovery.TornTail> torn = bringInOrder(last, writing);
            HeadFile head = startHead(before, last.tail());
            Recovery recovery =
                    new Recovery(
                            last.tail().end(),
                            last.tail().records(),
                            last.framesBeyondHead(),
                            torn,
                            warnings);
            done = true;
            return new Opened(List.copyOf(segments), kept, writing, head, last.tail(), recovery);
        } finally {
            if (!done) {
                writing.close();
            }
        }
    }

    private Optional<Recovery.TornTail> bringInOrder(LastSegment last, DiskFile writing)
            throws IOException {
        Optional<Recovery.TornTail> torn = Optional.empty();
        if (last.tornReason().isPresent()) {
            torn = Optional.of(cutTornTail(last, last.tornReason().get(), writing));
        }
        if (last.acknowledgedEnd() < last.tail().end()) {
            rewrite(last, writing);
        }
        // An earlier opening may have cut a torn tail and died before that was durable.
        writing.sync();
        return torn;
    }

    private HeadFile startHead(Optional<HeadSlot> before, Tail tail) throws IOException {
        HeadFile head = HeadFile.start(disk, directory, before, segments.getFirst().base(), tail);
        try {
            // Only now is it durable that they are dropped.
            for (Path path : dropped) {
                disk.delete(path);
            }
            return head;
        } catch (IOException e) {
            head.close();
            throw e;
        }
    }

    private Recovery.TornTail cutTornTail(LastSegment last, String reason, DiskFile writing)
            throws IOException {
        long address = last.tail().end();
        long offset = address - last.segment().base();
        byte[] bytes = new byte[(int) (writing.size() - offset)];
        writing.readFully(bytes, 0, bytes.length, offset);
        Path aside = directory.resolve("%s%020d".formatted(TORN_PREFIX, address));
        try (DiskFile file = disk.openForWriting(aside)) {
            file.truncate(0);
            file.writeFully(ByteBuffer.wrap(bytes), 0);
            file.sync();
        }
        disk.syncDirectory(directory);
        writing.truncate(offset);
        removeOldTornTails();
        return new Recovery.TornTail(address, bytes.length, aside, reason);
    }

    private void removeOldTornTails() throws IOException {
        List<String> names =
                disk.list(directory).stream().filter(name -> name.startsWith(TORN_PREFIX)).toList();
        for (String name : names.subList(0, Math.max(0, names.size() - TORN_KEPT))) {
            disk.delete(directory.resolve(name));
        }
    }

    /// Writes the bytes beyond the head once more, as they are, to be synced. If a sync of them had failed, the
    /// system may hold them for clean and a mere sync would do nothing.
    private static void rewrite(LastSegment last, DiskFile writing) throws IOException {
        long base = last.segment().base();
        long from = Math.max(last.acknowledgedEnd(), base);
        byte[] piece = FrameCursor.newBuffer(last.tail().end() - from);
        while (from < last.tail().end()) {
            int count = (int) Math.min(piece.length, last.tail().end() - from);
            writing.readFully(piece, 0, count, from - base);
            writing.writeFully(ByteBuffer.wrap(piece, 0, count), from - base);
            from += count;
        }
    }
}
