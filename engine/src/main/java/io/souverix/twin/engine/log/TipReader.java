package io.souverix.twin.engine.log;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Reads what a [Tip] shows: single records, frames in order, everything with every check.
final class TipReader {
    /// One read of the file is enough for a record up to this, length field included.
    private static final int FIRST_READ_BYTES = 512;

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
            return readKept(address);
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

    private byte[] readKept(long address) throws IOException {
        KeptFile kept = tip.kept();
        Optional<byte[]> found = kept == null ? Optional.empty() : kept.read(address);
        return found.orElseThrow(() -> noSuchAddress(address));
    }

    void scanKept(FrameVisitor visitor) throws IOException {
        KeptFile kept = tip.kept();
        if (kept != null) {
            kept.each((address, bytes, from, size) ->
                    visitor.visit(frame(address, bytes, from, size)));
        }
    }

    /// Copies records, of which all stand before a segment.
    ///
    /// @param addresses ascending
    void copy(long[] addresses, long before, KeptWriter out) throws IOException {
        Picking picking = new Picking(addresses, out);
        KeptFile kept = tip.kept();
        if (kept != null) {
            kept.each((address, bytes, from, size) ->
                    picking.offer(address, bytes, from + RecordBatch.LENGTH_BYTES, size));
        }
        byte[] buffer = new byte[0];
        for (int i = 0; i < tip.segments().size() && tip.segments().get(i).base() < before; i++) {
            Segment segment = tip.segments().get(i);
            if (picking.next() < tip.endOf(i)) {
                FrameCursor cursor =
                        new FrameCursor(
                                segment,
                                segment.header().firstFrame(),
                                tip.endOf(i),
                                buffer.length == 0
                                        ? FrameCursor.newBuffer(Long.MAX_VALUE)
                                        : buffer);
                while (cursor.next()) {
                    picking.offer(cursor);
                }
                buffer = cursor.bytes();
            }
        }
        if (picking.next() < Long.MAX_VALUE) {
            throw noSuchAddress(picking.next());
        }
    }

    /// Takes the records that are wanted out of all that pass by.
    private static final class Picking {
        private final long[] wanted;
        private final KeptWriter out;
        private int at;

        Picking(long[] wanted, KeptWriter out) {
            this.wanted = wanted;
            this.out = out;
        }

        long next() {
            return at < wanted.length ? wanted[at] : Long.MAX_VALUE;
        }

        void offer(long address, byte[] bytes, int from, int size) throws IOException {
            if (address == next()) {
                out.add(address, bytes, from, size);
                at++;
            }
        }

        void offer(FrameCursor cursor) throws IOException {
            FrameHeader header = cursor.header();
            if (next() >= header.nextAddress()) {
                return;
            }
            long base = header.address() + FrameHeader.BYTES;
            int payload = cursor.payloadOffset();
            for (int offset = 0; offset < header.length(); ) {
                int size = LittleEndian.getInt(cursor.bytes(), payload + offset);
                int from = payload + offset + RecordBatch.LENGTH_BYTES;
                offer(base + offset, cursor.bytes(), from, size);
                offset += RecordBatch.LENGTH_BYTES + size;
            }
        }
    }

    /// A kept record as a frame of its own.
    static Frame frame(long address, byte[] bytes, int from, int size) {
        int length = RecordBatch.LENGTH_BYTES + size;
        return new Frame(address, address + length, 0, -1, 1, address, bytes, from, length);
    }

    byte[] note() throws IOException {
        KeptFile kept = tip.kept();
        return kept == null ? new byte[0] : kept.note();
    }

    LogCheck verify(ProgressListener progress) throws IOException {
        long inAll = tip.tail().end() - tip.first().base();
        KeptFile kept = tip.kept();
        if (kept != null) {
            kept.verify();
        }
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
                tail.records()
                        - tip.first().header().recordsBefore()
                        + (kept == null ? 0 : kept.records()),
                tip.bytes(),
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
