package io.souverix.twin.engine;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.engine.attention.Clocks;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.shard.Cutting.Dropped;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// What a cut of the log notes beside the events that it keeps: the recorded fact of the cut, and what
/// the events that are gone add to the answers.
///
/// | bytes | what |
/// |---|---|
/// | 4 | format, 2 (big-endian, as all here) |
/// | 8 | the floor, microseconds |
/// | 8 | when it was cut, microseconds |
/// | 8 | how many events were dropped of all nodes |
/// | 4 | length of the clocks |
/// | … | the clocks that were seen ahead ([Clocks#write()]) |
/// | … | for each node of which something was dropped: id, how many events, the sum of their hashes, and since format 2 the greatest of their timestamps |
///
/// @param floorMicros no event up to this timestamp is taken, no earlier instant can be asked about;
///     `Long.MIN_VALUE` while the log is whole
/// @param cutMicros when that was decided
@SuppressWarnings("ArrayRecordComponent") // never compared
record Base(long floorMicros, long cutMicros, byte[] clocks, List<Dropped> dropped) {
    /// That of a log that is whole.
    static final Base NONE =
            new Base(Long.MIN_VALUE, Long.MIN_VALUE, new Clocks().write(), List.of());

    private static final int FORMAT = 2;

    /// This too is read.
    private static final int WITHOUT_TIMESTAMPS = 1;

    private static final int HEADER = 2 * Integer.BYTES + 3 * Long.BYTES;

    Base {
        dropped = List.copyOf(dropped);
    }

    /// What a log notes.
    static Base of(EventLog log) {
        return read(log.note());
    }

    static Base read(byte[] note) {
        if (note.length == 0) {
            return NONE;
        }
        ByteBuffer in = ByteBuffer.wrap(note);
        int format = in.getInt();
        if (format != FORMAT && format != WITHOUT_TIMESTAMPS) {
            throw new IllegalStateException(
                    "found a cut log of format %d, expected %d".formatted(format, FORMAT));
        }
        long floor = in.getLong();
        long cut = in.getLong();
        var _ = in.getLong();
        byte[] clocks = new byte[in.getInt()];
        in.get(clocks);
        StateReader rest =
                new StateReader(Arrays.copyOfRange(note, in.position(), note.length), Sharing.NONE);
        List<Dropped> dropped =
                rest.list(r ->
                        new Dropped(
                                r.text(),
                                r.number(),
                                new EventHash(r.fixed(), r.fixed()),
                                format == FORMAT ? r.fixed() : Long.MIN_VALUE));
        return new Base(floor, cut, clocks, dropped);
    }

    byte[] write() {
        StateWriter rest = new StateWriter();
        rest.list(
                dropped,
                (out, one) ->
                        out.text(one.node())
                                .number(one.events())
                                .fixed(one.sum().high())
                                .fixed(one.sum().low())
                                .fixed(one.uptoMicros()));
        byte[] list = rest.toByteArray();
        return ByteBuffer.allocate(HEADER + clocks.length + list.length)
                .putInt(FORMAT)
                .putLong(floorMicros)
                .putLong(cutMicros)
                .putLong(events())
                .putInt(clocks.length)
                .put(clocks)
                .put(list)
                .array();
    }

    /// How many events were dropped.
    long events() {
        return dropped.stream().mapToLong(Dropped::events).sum();
    }
}
