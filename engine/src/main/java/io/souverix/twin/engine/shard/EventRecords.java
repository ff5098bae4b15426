package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventCodec;
import io.souverix.twin.engine.log.EventLog;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Events as records of the log: when it was recorded (8 bytes, microseconds, little-endian), then
/// the event as [EventCodec] writes it. Thread-safe.
public final class EventRecords {
    /// Bytes before the encoded event.
    public static final int PREFIX = Long.BYTES;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final EventLog log;
    private final EventCodec codec = new EventCodec();

    public EventRecords(EventLog log) {
        this.log = log;
    }

    /// Stamps a record, at its offset, with when it is recorded.
    public static void stamp(byte[] bytes, int offset, long recordedAtMicros) {
        LONG.set(bytes, offset, recordedAtMicros);
    }

    public static long recordedAt(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    /// Reads the event at an address.
    public StoredEvent read(long address) {
        byte[] bytes = log.read(address);
        return new StoredEvent(decode(bytes, 0, bytes.length), address, recordedAt(bytes, 0));
    }

    /// Decodes a whole record.
    public Event decode(byte[] bytes, int offset, int length) {
        return codec.decode(bytes, offset + PREFIX, length - PREFIX);
    }
}
