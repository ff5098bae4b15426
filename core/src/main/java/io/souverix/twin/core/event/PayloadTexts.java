package io.souverix.twin.core.event;

import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.core.json.JsonWriter;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads payloads from their text. Most payloads are the same as many others': a text that comes the
/// second time in a row to its place is kept with what was read, and is not read a third time.
/// Bounded: a newer text takes the place of another. Thread-safe: a lost race keeps nothing worse
/// than another copy.
final class PayloadTexts {
    /// How many texts are kept; a power of two.
    static final int MAX_KEPT = 8192;

    /// The longest text that is kept, in bytes.
    static final int MAX_LENGTH = 2048;

    private static final byte[] NO_TEXT = {};

    /// A payload, and its canonical JSON.
    @SuppressWarnings("ArrayRecordComponent") // never compared by them
    record Read(Payload payload, byte[] canonical) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared by them
    private record Kept(EventType type, byte[] text, Read read) {}

    private final JsonReader json = new JsonReader();
    private final @Nullable Kept[] kept = new Kept[MAX_KEPT];

    /// The last hash that came to each place in vain.
    private final int[] seen = new int[MAX_KEPT];

    /// Reads the payload that some bytes are where that takes no care, else null.
    ///
    /// @param timestampMicros what durations in it count from
    /// @throws RefusedException where they are no payload of the type
    @Nullable Read usual(EventType type, byte[] bytes, int from, int length, long timestampMicros) {
        int hash = hash(type, bytes, from, length);
        Read known = known(hash, type, bytes, from, length);
        if (known != null) {
            return known;
        }
        if (!(json.usual(bytes, from, length) instanceof JsonObject object)) {
            return null;
        }
        Fields fields = new Fields(object, "/payload", timestampMicros);
        Payload payload = PayloadReader.read(type, fields);
        JsonWriter canonical = Event.scratch().write(fields.cleaned());
        boolean isCanonical = is(canonical.buffer(), canonical.length(), bytes, from, length);
        Read fresh = new Read(payload, canonical.toByteArray());
        boolean again = seen[hash & (MAX_KEPT - 1)] == hash;
        byte[] text =
                isCanonical
                        ? fresh.canonical()
                        : again ? Arrays.copyOfRange(bytes, from, from + length) : NO_TEXT;
        keep(hash, type, text, fresh, fields);
        return fresh;
    }

    /// Reads the payload that some bytes are, which was accepted before.
    ///
    /// @param withText whether its canonical JSON is wanted; else it may be empty
    Read accepted(
            EventType type,
            byte[] bytes,
            int from,
            int length,
            long timestampMicros,
            boolean withText) {
        int hash = hash(type, bytes, from, length);
        Read known = known(hash, type, bytes, from, length);
        if (known != null) {
            return known;
        }
        try {
            JsonObject object = (JsonObject) json.read(bytes, from, length);
            Fields fields = Fields.accepted(object, timestampMicros);
            Payload payload = PayloadReader.read(type, fields);
            boolean again = seen[hash & (MAX_KEPT - 1)] == hash;
            byte[] text =
                    withText || again ? Arrays.copyOfRange(bytes, from, from + length) : NO_TEXT;
            Read fresh = new Read(payload, text);
            keep(hash, type, text, fresh, fields);
            return fresh;
        } catch (JsonFault e) {
            throw new IllegalStateException("found a payload that is no JSON", e);
        }
    }

    private @Nullable Read known(int hash, EventType type, byte[] bytes, int from, int length) {
        Kept known = kept[hash & (MAX_KEPT - 1)];
        return known != null && known.type == type && is(known.text, bytes, from, length)
                ? known.read
                : null;
    }

    private void keep(int hash, EventType type, byte[] text, Read fresh, Fields fields) {
        int place = hash & (MAX_KEPT - 1);
        if (seen[place] == hash && text.length <= MAX_LENGTH && !fields.isRelative()) {
            kept[place] = new Kept(type, text, fresh);
        }
        seen[place] = hash;
    }

    private static int hash(EventType type, byte[] bytes, int from, int length) {
        CRC32C hash = new CRC32C();
        hash.update(bytes, from, length);
        return (int) hash.getValue() ^ type.code() * 0x9e3779b9;
    }

    private static boolean is(byte[] text, byte[] bytes, int from, int length) {
        return is(text, text.length, bytes, from, length);
    }

    private static boolean is(byte[] text, int textLength, byte[] bytes, int from, int length) {
        return Arrays.equals(text, 0, textLength, bytes, from, from + length);
    }
}
