package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventCodec;
import io.souverix.twin.engine.log.EventLog;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

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

    /// Reads the event at an address. No checksum of the log covers a single record, but the event
    /// bears the hash of its content.
    ///
    /// @throws io.souverix.twin.engine.log.CorruptLogException where it is not what was written
    public StoredEvent read(long address) {
        byte[] bytes = log.read(address);
        Event event = whole(bytes);
        if (event == null) {
            throw log.damaged(address, "an event with the hash of its content", "another");
        }
        return new StoredEvent(event, address, recordedAt(bytes, 0));
    }

    /// Null where the bytes are not those of the event they say they are.
    private @Nullable Event whole(byte[] bytes) {
        try {
            Event event = decode(bytes, 0, bytes.length);
            return event.isWhole() ? event : null;
        } catch (RuntimeException _) {
            // Decoding trusts what it reads; what it trips over was never written.
            return null;
        }
    }

    /// Decodes a whole record for one who folds it: its payload as JSON may be empty.
    public Event decodeToFold(byte[] bytes, int offset, int length) {
        return codec.decodeToFold(bytes, offset + PREFIX, length - PREFIX);
    }

    /// Decodes a whole record.
    public Event decode(byte[] bytes, int offset, int length) {
        return codec.decode(bytes, offset + PREFIX, length - PREFIX);
    }
}
