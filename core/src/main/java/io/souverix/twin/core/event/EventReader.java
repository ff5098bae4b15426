package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Rejection.Code;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPointer;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.core.json.JsonWriter;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads events in the native envelope and as structured CloudEvents, and says why one is refused.
/// Thread-safe.
public final class EventReader {
    /// How many characters an event's id may have.
    public static final int MAX_ID_LENGTH = 128;

    /// How many characters a source may have.
    public static final int MAX_SOURCE_LENGTH = 256;

    private static final Set<String> ENVELOPE =
            Set.of(
                    "id",
                    "timestamp",
                    "node_id",
                    "domain_id",
                    "component",
                    "event_type",
                    "payload",
                    "source",
                    "sequence",
                    "epoch");

    private final JsonReader json = new JsonReader();
    private final QuickEnvelope quick = new QuickEnvelope(new PayloadTexts());

    /// What came of reading one event.
    public sealed interface Result {
        record Accepted(Event event) implements Result {}

        record Refused(Rejection rejection) implements Result {}
    }

    /// Reads one event in the native envelope from its UTF-8 JSON.
    public Result readNative(byte[] bytes, int offset, int length) {
        Result usual = readUsual(bytes, offset, length);
        if (usual != null) {
            return usual;
        }
        try {
            return readNative(json.read(bytes, offset, length));
        } catch (JsonFault fault) {
            return malformed(fault.getMessage());
        }
    }

    /// Reads one event in the native envelope where it is written as nearly all are; null where it
    /// takes more care to say what it is.
    public @Nullable Result readUsual(byte[] bytes, int offset, int length) {
        Event usual = quick.read(bytes, offset, length);
        return usual == null ? null : new Result.Accepted(usual);
    }

    /// A refusal of text that is no JSON.
    public static Result malformed(@Nullable String detail) {
        return new Result.Refused(
                new Rejection(
                        Code.MALFORMED_JSON, null, null, detail == null ? "no JSON" : detail));
    }

    /// Reads one event in the native envelope.
    public Result readNative(Json value) {
        if (!(value instanceof JsonObject envelope)) {
            return refused(
                    value, new Rejection(Code.INVALID_ENVELOPE, null, "", notAnObject(value)));
        }
        try {
            for (int i = 0; i < envelope.size(); i++) {
                if (!ENVELOPE.contains(envelope.name(i))) {
                    throw unknownMember(envelope.name(i));
                }
            }
            return new Result.Accepted(
                    event(
                            envelope,
                            new Names("id", "timestamp", "event_type", "payload", ""),
                            subject(envelope)));
        } catch (RefusedException e) {
            return refused(envelope, e.rejection());
        }
    }

    private static RefusedException unknownMember(String name) {
        return envelopeFault(
                name,
                "found the unknown member "
                        + Fields.shown(Json.of(name))
                        + ", expected only id timestamp node_id domain_id component event_type"
                        + " payload source sequence epoch");
    }

    /// Reads one event as a structured CloudEvent (JSON format, version 1.0).
    public Result readCloudEvent(Json value) {
        if (!(value instanceof JsonObject envelope)) {
            return refused(
                    value, new Rejection(Code.INVALID_ENVELOPE, null, "", notAnObject(value)));
        }
        try {
            return new Result.Accepted(CloudEvents.event(envelope));
        } catch (RefusedException e) {
            return refused(envelope, e.rejection());
        }
    }

    private static String notAnObject(Json value) {
        return "found " + value.kind() + ", expected an event, which is an object";
    }

    private static Result refused(Json envelope, Rejection rejection) {
        @Nullable String id = null;
        if (envelope instanceof JsonObject object
                && object.member("id") instanceof JsonString(String text)
                && isEventId(text)) {
            id = text;
        }
        return new Result.Refused(
                new Rejection(rejection.code(), id, rejection.pointer(), rejection.detail()));
    }

    /// How the members of an envelope are called, and what stands before the type's name.
    record Names(String id, String time, String type, String payload, String typePrefix) {}

    private static Subject subject(JsonObject envelope) {
        Subject found = null;
        for (Subject.Kind kind : Subject.Kind.values()) {
            String member = kind.member();
            Json value = present(envelope, member);
            if (value == null) {
                continue;
            }
            if (found != null) {
                throw envelopeFault(
                        member,
                        "found "
                                + found.kind().member()
                                + " and "
                                + member
                                + ", expected exactly one of node_id domain_id component");
            }
            found = new Subject(kind, subjectId(member, value));
        }
        if (found == null) {
            throw envelopeFault(
                    "node_id", "found nothing, expected one of node_id domain_id component");
        }
        return found;
    }

    static String subjectId(String member, Json value) {
        if (value instanceof JsonString(String text) && Subject.isId(text)) {
            return text;
        }
        throw envelopeFault(
                member,
                "found "
                        + Fields.shown(value)
                        + ", expected 1 to 128 letters, digits and . _ : - starting with a letter"
                        + " or digit");
    }

    /// Reads everything but the subject, which is given.
    static Event event(JsonObject envelope, Names names, Subject subject) {
        String id = eventId(names.id(), envelope.member(names.id()));
        long timestamp = timestamp(names.time(), envelope.member(names.time()));
        String typeName = typeName(envelope.member(names.type()), names);
        EventType type = type(typeName, names, subject);
        String source = source(present(envelope, "source"));
        long sequence = integer(envelope, "sequence");
        long epoch = integer(envelope, "epoch");
        Fields fields =
                new Fields(payload(envelope, names, type), "/" + names.payload(), timestamp);
        Payload payload = PayloadReader.read(type, fields);
        return Event.of(
                id,
                timestamp,
                subject,
                typeName,
                source,
                sequence,
                epoch,
                payload,
                JsonWriter.bytes(fields.cleaned()));
    }

    static @Nullable Json present(JsonObject envelope, String member) {
        Json value = envelope.member(member);
        return value == null || value.equals(JsonLiteral.NULL) ? null : value;
    }

    static boolean isEventId(String text) {
        if (text.isEmpty() || text.length() > MAX_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String eventId(String member, @Nullable Json value) {
        if (value instanceof JsonString(String text) && isEventId(text)) {
            return text;
        }
        throw envelopeFault(
                member,
                "found "
                        + shown(value)
                        + ", expected 1 to 128 printable ASCII characters without spaces");
    }

    private static long timestamp(String member, @Nullable Json value) {
        if (value instanceof JsonString(String text)) {
            OptionalLong micros = Times.parse(text);
            if (micros.isPresent()) {
                return micros.getAsLong();
            }
        }
        throw envelopeFault(
                member,
                "found "
                        + shown(value)
                        + ", expected an RFC 3339 time with an offset, such as"
                        + " 2026-02-27T03:45:00Z");
    }

    private static String typeName(@Nullable Json value, Names names) {
        if (value instanceof JsonString(String text) && text.startsWith(names.typePrefix())) {
            return text.substring(names.typePrefix().length());
        }
        throw envelopeFault(
                names.type(),
                "found "
                        + shown(value)
                        + ", expected the name of an event type"
                        + (names.typePrefix().isEmpty() ? "" : " after " + names.typePrefix()));
    }

    private static EventType type(String typeName, Names names, Subject subject) {
        EventType type = EventType.named(typeName);
        if (type == null) {
            throw new RefusedException(
                    Code.UNKNOWN_EVENT_TYPE,
                    "/" + names.type(),
                    "found "
                            + Fields.shown(Json.of(typeName))
                            + ", expected a type of the catalogue or a name that starts with x_");
        }
        Subject.Kind expected = type.subject();
        if (expected != null && expected != subject.kind()) {
            throw envelopeFault(
                    names.typePrefix().isEmpty() ? subject.kind().member() : "subject",
                    "found a "
                            + subject.kind().member()
                            + ", expected a "
                            + expected.member()
                            + " for "
                            + typeName);
        }
        return type;
    }

    private static @Nullable String source(@Nullable Json value) {
        if (value == null) {
            return null;
        }
        if (value instanceof JsonString(String text)
                && !text.isEmpty()
                && text.length() <= MAX_SOURCE_LENGTH) {
            return text;
        }
        throw envelopeFault(
                "source", "found " + shown(value) + ", expected a string of 1 to 256 characters");
    }

    private static long integer(JsonObject envelope, String member) {
        Json value = present(envelope, member);
        if (value == null) {
            return 0;
        }
        if (value instanceof JsonNumber number && number.isLong()) {
            long integer = number.longValue();
            if (integer >= 0 && integer <= Fields.MAX_INTEGER) {
                return integer;
            }
        }
        throw envelopeFault(
                member, "found " + shown(value) + ", expected an integer from 0 to 2^53");
    }

    private static JsonObject payload(JsonObject envelope, Names names, EventType type) {
        Json value = envelope.member(names.payload());
        if (value instanceof JsonObject object) {
            return object;
        }
        throw envelopeFault(
                names.payload(),
                "found "
                        + shown(value)
                        + ", expected an object ({} where "
                        + type.word()
                        + " needs nothing)");
    }

    private static String shown(@Nullable Json value) {
        return value == null ? "nothing" : Fields.shown(value);
    }

    static RefusedException envelopeFault(String member, String detail) {
        return new RefusedException(
                Code.INVALID_ENVELOPE, "/" + JsonPointer.escaped(member), detail);
    }
}
