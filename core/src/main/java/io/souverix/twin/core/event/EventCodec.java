package io.souverix.twin.core.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An accepted event as bytes, the way the log keeps it (little-endian):
///
/// | offset | size | what |
/// |---|---|---|
/// | 0 | 16 | hash, high then low |
/// | 16 | 8 | timestamp, microseconds |
/// | 24 | 8 | sequence |
/// | 32 | 8 | epoch |
/// | 40 | 1 | code of the type ([EventType#code()]) |
/// | 41 | 1 | kind of subject (0 node, 1 domain, 2 component) |
/// | 42 | 1 | length of the id, i |
/// | 43 | 1 | length of the subject's id, s |
/// | 44 | 2 | length of the source in UTF-8, o; 0xffff for none |
/// | 46 | 1 | length of the type's name, t; 0 unless the code is 0 |
/// | 47 | i, s, o, t | id, subject, source, name |
/// | … | rest | payload, canonical JSON |
///
/// Decoding trusts what it reads: acceptance was decided once. Thread-safe.
public final class EventCodec {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER = 47;
    private static final int NO_SOURCE = 0xffff;

    /// How many sources are kept to be shared; a power of two. A newer one takes the place of another.
    private static final int MAX_SOURCES = 512;

    private final PayloadTexts payloads = new PayloadTexts();
    private volatile Subject last = Subject.node("none");
    private final @Nullable Source[] sources = new Source[MAX_SOURCES];

    /// A source with its UTF-8.
    @SuppressWarnings("ArrayRecordComponent") // never compared by it
    private record Source(String text, byte[] utf8) {}

    /// How many bytes [#encode] writes.
    public static int encodedLength(Event event) {
        return HEADER
                + event.id().length()
                + event.subject().id().length()
                + (event.source() == null ? 0 : utf8Length(event.source()))
                + extensionName(event).length()
                + event.payloadJson().length;
    }

    private static int utf8Length(String text) {
        return isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String extensionName(Event event) {
        return event.payload() instanceof Payload.Extension ? event.typeName() : "";
    }

    /// Writes the event and returns the offset after it.
    public static int encode(Event event, byte[] out, int offset) {
        String name = extensionName(event);
        EventType type = name.isEmpty() ? EventType.named(event.typeName()) : EventType.EXTENSION;
        if (type == null) {
            throw new IllegalStateException("no such type: " + event.typeName());
        }
        LONG.set(out, offset, event.hash().high());
        LONG.set(out, offset + 8, event.hash().low());
        LONG.set(out, offset + 16, event.timestampMicros());
        LONG.set(out, offset + 24, event.sequence());
        LONG.set(out, offset + 32, event.epoch());
        out[offset + 40] = (byte) type.code();
        out[offset + 41] = (byte) event.subject().kind().code();
        out[offset + 42] = (byte) event.id().length();
        out[offset + 43] = (byte) event.subject().id().length();
        int sourceLength = event.source() == null ? NO_SOURCE : utf8Length(event.source());
        out[offset + 44] = (byte) sourceLength;
        out[offset + 45] = (byte) (sourceLength >> 8);
        out[offset + 46] = (byte) name.length();
        int at = ascii(event.id(), out, offset + HEADER);
        at = ascii(event.subject().id(), out, at);
        if (event.source() != null) {
            at = utf8(event.source(), sourceLength, out, at);
        }
        at = ascii(name, out, at);
        byte[] payload = event.payloadJson();
        System.arraycopy(payload, 0, out, at, payload.length);
        return at + payload.length;
    }

    private static int utf8(String text, int length, byte[] out, int at) {
        if (length == text.length()) {
            return ascii(text, out, at);
        }
        System.arraycopy(text.getBytes(StandardCharsets.UTF_8), 0, out, at, length);
        return at + length;
    }

    @SuppressWarnings("deprecation") // copies ASCII without an encoder
    private static int ascii(String text, byte[] out, int at) {
        text.getBytes(0, text.length(), out, at);
        return at + text.length();
    }

    /// Reads an event back.
    public Event decode(byte[] bytes, int offset, int length) {
        return decode(bytes, offset, length, true);
    }

    /// Reads an event back for one who folds it and lets it go: its payload as JSON may be empty.
    public Event decodeToFold(byte[] bytes, int offset, int length) {
        return decode(bytes, offset, length, false);
    }

    private Event decode(byte[] bytes, int offset, int length, boolean withText) {
        int idLength = bytes[offset + 42] & 0xff;
        int subjectLength = bytes[offset + 43] & 0xff;
        int sourceLength = (bytes[offset + 44] & 0xff) | (bytes[offset + 45] & 0xff) << 8;
        int nameLength = bytes[offset + 46] & 0xff;
        EventType type = EventType.ofCode(bytes[offset + 40]);
        int at = offset + HEADER;
        String id = latin(bytes, at, idLength);
        at += idLength;
        Subject subject = subject(kind(bytes[offset + 41]), bytes, at, subjectLength);
        at += subjectLength;
        @Nullable String source = null;
        if (sourceLength != NO_SOURCE) {
            source = source(bytes, at, sourceLength);
            at += sourceLength;
        }
        String name = type == EventType.EXTENSION ? latin(bytes, at, nameLength) : type.word();
        at += nameLength;
        long timestamp = timestamp(bytes, offset);
        PayloadTexts.Read payload =
                payloads.accepted(type, bytes, at, offset + length - at, timestamp, withText);
        return new Event(
                id,
                timestamp,
                subject,
                name,
                source,
                (long) LONG.get(bytes, offset + 24),
                (long) LONG.get(bytes, offset + 32),
                payload.payload(),
                payload.canonical(),
                new EventHash((long) LONG.get(bytes, offset), (long) LONG.get(bytes, offset + 8)));
    }

    /// That of the event read before, where it is the same: histories are read one by one.
    private Subject subject(Subject.Kind kind, byte[] bytes, int at, int length) {
        Subject before = last;
        if (before.kind() == kind && isLatin(before.id(), bytes, at, length)) {
            return before;
        }
        Subject subject = new Subject(kind, latin(bytes, at, length));
        last = subject;
        return subject;
    }

    /// The one that was read before, where it is still kept: there are few of them. A lost race keeps
    /// nothing worse than another copy.
    private String source(byte[] bytes, int at, int length) {
        int hash = length;
        for (int i = at; i < at + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash ^ hash >>> 16) & (MAX_SOURCES - 1);
        Source known = sources[place];
        if (known != null
                && Arrays.equals(known.utf8, 0, known.utf8.length, bytes, at, at + length)) {
            return known.text;
        }
        byte[] utf8 = Arrays.copyOfRange(bytes, at, at + length);
        Source source = new Source(new String(utf8, StandardCharsets.UTF_8), utf8);
        sources[place] = source;
        return source.text;
    }

    private static boolean isLatin(String text, byte[] bytes, int at, int length) {
        if (text.length() != length) {
            return false;
        }
        // From the end: ids differ there.
        for (int i = length - 1; i >= 0; i--) {
            if (text.charAt(i) != bytes[at + i]) {
                return false;
            }
        }
        return true;
    }

    /// The timestamp of an encoded event.
    public static long timestamp(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset + 16);
    }

    /// Whether an encoded event is about a node.
    public static boolean isAboutNode(byte[] bytes, int offset) {
        return bytes[offset + 41] == Subject.Kind.NODE.code();
    }

    /// The hash code of the id of an encoded event's subject, as [String#hashCode()] gives it.
    public static int subjectHashCode(byte[] bytes, int offset) {
        int from = offset + HEADER + (bytes[offset + 42] & 0xff);
        int to = from + (bytes[offset + 43] & 0xff);
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + bytes[at];
        }
        return hash;
    }

    private static Subject.Kind kind(byte code) {
        return switch (code) {
            case 0 -> Subject.Kind.NODE;
            case 1 -> Subject.Kind.DOMAIN;
            case 2 -> Subject.Kind.COMPONENT;
            default -> throw new IllegalStateException("no kind of subject: " + code);
        };
    }

    private static String latin(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
}
