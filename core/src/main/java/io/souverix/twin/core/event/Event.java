package io.souverix.twin.core.event;

import io.souverix.twin.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A fact about the fleet: this happened, there, then. It is its content: two events are the same
/// where their [#hash()]es are.
///
/// @param id identifies the event within its subject; 1 to 128 printable ASCII characters
/// @param timestampMicros the effective time, microseconds since 1970-01-01T00:00:00Z
/// @param typeName the `event_type`
/// @param source the system that says so
/// @param sequence orders events of equal timestamp; 0 where none was given
/// @param epoch the authority term of a desired value; 0 where none was given
/// @param payload what the type says, typed
/// @param payloadJson the whole payload, unknown members too, in canonical JSON (UTF-8)
/// @param hash identity; see [EventHash]
@SuppressWarnings("ArrayRecordComponent") // a record of bytes by design: never compared by them
public record Event(
        String id,
        long timestampMicros,
        Subject subject,
        String typeName,
        @Nullable String source,
        long sequence,
        long epoch,
        Payload payload,
        byte[] payloadJson,
        EventHash hash) {

    /// The order key: timestamp, sequence, id, hash.
    public static final Comparator<Event> ORDER = Event::compareOrder;

    /// Compares by the order key, without boxing: it runs for every late event.
    private static int compareOrder(Event a, Event b) {
        int order = Long.compare(a.timestampMicros, b.timestampMicros);
        if (order == 0) {
            order = Long.compare(a.sequence, b.sequence);
        }
        if (order == 0) {
            order = a.id.compareTo(b.id);
        }
        return order == 0 ? a.hash.compareTo(b.hash) : order;
    }

    /// Makes an event and computes its hash.
    static Event of(
            String id,
            long timestampMicros,
            Subject subject,
            String typeName,
            @Nullable String source,
            long sequence,
            long epoch,
            Payload payload,
            byte[] payloadJson) {
        Event unhashed =
                new Event(
                        id,
                        timestampMicros,
                        subject,
                        typeName,
                        source,
                        sequence,
                        epoch,
                        payload,
                        payloadJson,
                        EventHash.ZERO);
        return new Event(
                id,
                timestampMicros,
                subject,
                typeName,
                source,
                sequence,
                epoch,
                payload,
                payloadJson,
                unhashed.hashOfContent());
    }

    /// How large a scratch writer a thread keeps.
    private static final int MAX_KEPT_BYTES = 64 * 1024;

    private static final int FIRST_BYTES = 2 * 1024;

    private static final ThreadLocal<JsonWriter> SCRATCH =
            ThreadLocal.withInitial(() -> new JsonWriter(FIRST_BYTES));

    /// An empty writer of this thread, until the next call: what is written to be looked at once.
    static JsonWriter scratch() {
        JsonWriter writer = SCRATCH.get();
        if (writer.buffer().length > MAX_KEPT_BYTES) {
            writer = new JsonWriter(FIRST_BYTES);
            SCRATCH.set(writer);
        }
        writer.clear();
        return writer;
    }

    private EventHash hashOfContent() {
        JsonWriter canonical = scratch();
        writeCanonical(canonical);
        return EventHash.of(canonical.buffer(), canonical.length());
    }

    /// Whether the hash is the one of the content: false where either was damaged since.
    public boolean isWhole() {
        return hash.equals(hashOfContent());
    }

    /// Writes the canonical content (docs/events.md): members sorted, defaults written out, the
    /// timestamp with six digits.
    public void writeCanonical(JsonWriter out) {
        String member = subject.kind().member();
        boolean subjectFirst = subject.kind() != Subject.Kind.NODE;
        out.ascii("{");
        if (subjectFirst) {
            out.ascii("\"").ascii(member).ascii("\":\"").ascii(subject.id()).ascii("\",");
        }
        out.ascii("\"epoch\":").number(epoch);
        out.ascii(",\"event_type\":").string(typeName).ascii(",\"id\":").string(id);
        if (!subjectFirst) {
            out.ascii(",\"node_id\":\"").ascii(subject.id()).ascii("\"");
        }
        out.ascii(",\"payload\":").raw(payloadJson, 0, payloadJson.length);
        out.ascii(",\"sequence\":").number(sequence);
        if (source != null) {
            out.ascii(",\"source\":").string(source);
        }
        out.ascii(",\"timestamp\":\"");
        Times.writeCanonical(out, timestampMicros);
        out.ascii("\"}");
    }

    /// The canonical content as text.
    public String canonical() {
        JsonWriter out = new JsonWriter(payloadJson.length + 512);
        writeCanonical(out);
        return new String(out.buffer(), 0, out.length(), StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash.low());
    }
}
