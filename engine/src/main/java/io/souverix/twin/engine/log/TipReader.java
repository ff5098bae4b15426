package io.souverix.twin.engine.log;

import java.io.IOException;
import java.util.Arrays;

/// Reads what a [Tip] shows: single records, frames in order, everything with every check.
final class TipReader {
    /// One read of the file is enough for a record up to this, length field included.
    private static final int FIRST_READ_BYTES = 1024;

    private static final long PROGRESS_BYTES = 16L << 20;

    private final Tip tip;

    TipReader(Tip tip) {
        this.tip = tip;
    }

    Tip tip() {
        return tip;
    }

    void scan(long from, FrameVisitor visitor) throws IOException {
        int index = tip.indexOf(from);
        if (index < 0 || from > tip.tail().end()) {
            throw noSuchAddress(from);
        }
        long address = from;
        byte[] buffer = FrameCursor.newBuffer(tip.tail().end() - from);
        for (int i = index; i < tip.segments().size(); i++) {
            Segment segment = tip.segments().get(i);
            if (address == segment.base()) {
                address = segment.header().firstFrame();
            }
            FrameCursor cursor = new FrameCursor(segment, address, tip.endOf(i), buffer);
            visit(segment, cursor, visitor);
            buffer = cursor.bytes();
            address = tip.endOf(i);
        }
    }

    private static void visit(Segment segment, FrameCursor cursor, FrameVisitor visitor)
            throws IOException {
        long nextRecord = -1;
        while (cursor.next()) {
            FrameHeader header = cursor.header();
            if (nextRecord >= 0 && header.firstRecord() != nextRecord) {
                throw segment.place(header.address())
                        .corrupt(
                                FrameHeader.FIRST_RECORD,
                                "the frame with first record " + nextRecord,
                                header.firstRecord());
            }
            nextRecord = header.firstRecord() + header.count();
            visitor.visit(
                    new Frame(
                            header.address(),
                            header.nextAddress(),
                            header.recordedAtMicros(),
                            header.firstRecord(),
                            header.count(),
                            header.address() + FrameHeader.BYTES,
                            cursor.bytes(),
                            cursor.payloadOffset(),
                            header.length()));
        }
    }

    byte[] read(long address) throws IOException {
        int index = tip.indexOf(address);
        if (index < 0) {
            throw noSuchAddress(address);
        }
        Segment segment = tip.segments().get(index);
        long room = tip.endOf(index) - address - RecordBatch.LENGTH_BYTES;
        if (room < 0 || address < segment.header().firstFrame() + FrameHeader.BYTES) {
            throw noSuchAddress(address);
        }
        int first = (int) Math.min(FIRST_READ_BYTES, room + RecordBatch.LENGTH_BYTES);
        byte[] bytes = new byte[first];
        segment.read(bytes, 0, first, address);
        int size = LittleEndian.getInt(bytes, 0);
        if (size < 0 || size > Math.min(room, EventLog.MAX_RECORD_BYTES)) {
            throw segment.place(address)
                    .corrupt(
                            0,
                            "a record of at most %d bytes"
                                    .formatted(Math.min(room, EventLog.MAX_RECORD_BYTES)),
                            size);
        }
        int needed = RecordBatch.LENGTH_BYTES + size;
        if (needed > first) {
            bytes = Arrays.copyOf(bytes, needed);
            segment.read(bytes, first, needed - first, address + first);
        }
        return Arrays.copyOfRange(bytes, RecordBatch.LENGTH_BYTES, needed);
    }

    LogCheck verify(ProgressListener progress) throws IOException {
        long inAll = tip.tail().end() - tip.first().base();
        long frames = 0;
        Tail tail = tip.first().header().before();
        byte[] buffer = FrameCursor.newBuffer(inAll);
        for (int i = 0; i < tip.segments().size(); i++) {
            Segment segment = tip.segments().get(i);
            requireFollows(segment, tail);
            ChainCheck check = new ChainCheck(segment);
            FrameCursor cursor =
                    new FrameCursor(segment, segment.header().firstFrame(), tip.endOf(i), buffer);
            long reported = segment.base();
            while (check.next(cursor)) {
                if (cursor.address() - reported >= PROGRESS_BYTES) {
                    reported = cursor.address();
                    progress.progressed(reported - tip.first().base(), inAll);
                }
            }
            buffer = cursor.bytes();
            frames += check.frames();
            tail = check.tail();
        }
        requireSame(tip.last(), tail, tip.tail());
        progress.progressed(inAll, inAll);
        return new LogCheck(
                tip.segments().size(),
                frames,
                tail.records() - tip.first().header().recordsBefore(),
                inAll,
                tip.first().header().firstFrame(),
                tail.end(),
                Checksums.hex(tail.hash()));
    }

    private static void requireFollows(Segment segment, Tail tail) throws IOException {
        requireSame(segment, segment.readHeader().before(), tail);
    }

    private static void requireSame(Segment segment, Tail found, Tail expected) {
        if (!found.isBehindSameFrameAs(expected)) {
            throw segment.place(found.end())
                    .corrupt(0, "to be behind " + expected.description(), found.description());
        }
    }

    private LogException noSuchAddress(long address) {
        return new LogException(
                LogException.Reason.NO_SUCH_ADDRESS,
                "no record or frame at address %d, expected one from %d to %d"
                        .formatted(address, tip.first().header().firstFrame(), tip.tail().end()));
    }
}
