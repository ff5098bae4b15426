package io.souverix.twin.core.json;

import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes [Json] as UTF-8 without white space. What was read ([JsonReader]) is sorted by name, so
/// writing it gives the canonical form of docs/events.md. Not thread-safe; reusable after [#clear()].
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long SPACES = ' ' * LOW_BITS;
    private static final long QUOTES = '"' * LOW_BITS;
    private static final long BACKSLASHES = '\\' * LOW_BITS;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length;

    public JsonWriter() {
        this(512);
    }

    public JsonWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /// The value as text.
    public static String text(Json value) {
        return new JsonWriter().write(value).toString();
    }

    /// The value as UTF-8 bytes.
    public static byte[] bytes(Json value) {
        return new JsonWriter().write(value).toByteArray();
    }

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /// The buffer written to; valid up to [#length()] and until the next write.
    public byte[] buffer() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    public JsonWriter write(Json value) {
        // Nearly all are texts: asked for first, before the switch, which costs more.
        if (value instanceof JsonString(String text)) {
            return string(text);
        }
        switch (value) {
            case JsonObject object -> object(object);
            case JsonArray array -> array(array);
            case JsonNumber number -> number(number);
            case JsonString(String text) -> string(text);
            case JsonLiteral literal ->
                    ascii(
                            switch (literal) {
                                case NULL -> "null";
                                case TRUE -> "true";
                                case FALSE -> "false";
                            });
        }
        return this;
    }

    private void number(JsonNumber number) {
        if (number.isLong()) {
            number(number.longValue());
        } else {
            ascii(number.text());
        }
    }

    private void array(JsonArray array) {
        put((byte) '[');
        boolean first = true;
        for (Json element : array.elements()) {
            if (!first) {
                put((byte) ',');
            }
            first = false;
            write(element);
        }
        put((byte) ']');
    }

    private void object(JsonObject object) {
        if (object instanceof JsonObject.Kept kept) {
            kept(kept);
        } else {
            members(object);
        }
    }

    private void kept(JsonObject.Kept object) {
        byte[] text = object.text();
        if (text != null) {
            raw(text, 0, text.length);
        } else {
            int from = length;
            members(object);
            object.keep(Arrays.copyOfRange(bytes, from, length));
        }
    }

    private void members(JsonObject object) {
        put((byte) '{');
        for (int i = 0; i < object.size(); i++) {
            name(object.name(i), i == 0);
            write(object.value(i));
        }
        put((byte) '}');
    }

    /// A comma, where it is not the first, a name and a colon. Names come again and again.
    JsonWriter name(String name, boolean first) {
        int place = name.hashCode() & (MAX_KEPT_NAMES - 1);
        Name known = NAMES[place];
        if (known != null && known.text.equals(name)) {
            int from = first ? 1 : 0;
            return raw(known.written, from, known.written.length - from);
        }
        int from = length;
        put((byte) ',');
        string(name);
        put((byte) ':');
        byte[] written = Arrays.copyOfRange(bytes, from, length);
        if (name.length() <= MAX_KEPT_NAME_LENGTH) {
            NAMES[place] = new Name(name, written);
        }
        if (first) {
            length = from;
            raw(written, 1, written.length - 1);
        }
        return this;
    }

    /// How many names are kept as they are written; a power of two.
    private static final int MAX_KEPT_NAMES = 2048;

    private static final int MAX_KEPT_NAME_LENGTH = 64;

    /// A lost race keeps nothing worse than another copy.
    private static final @Nullable Name[] NAMES = new Name[MAX_KEPT_NAMES];

    @SuppressWarnings("ArrayRecordComponent") // never compared by it
    private record Name(String text, byte[] written) {}

    /// Writes text that is ASCII and needs no escape.
    @SuppressWarnings("deprecation") // the one call that copies Latin-1 text without an encoder
    public JsonWriter ascii(String text) {
        int count = text.length();
        reserve(count);
        text.getBytes(0, count, bytes, length);
        length += count;
        return this;
    }

    /// Writes a whole number.
    public JsonWriter number(long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            return ascii(Long.toString(number));
        }
        int rest = (int) number;
        int digits = 1;
        for (long bound = 10; bound <= rest; bound *= 10) {
            digits++;
        }
        reserve(digits);
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /// Copies bytes as they are.
    public JsonWriter raw(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /// Writes a quoted string.
    public JsonWriter string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        put((byte) '"');
        if (needsNoEscape(utf8)) {
            raw(utf8, 0, utf8.length);
        } else {
            for (byte unit : utf8) {
                escaped(unit);
            }
        }
        put((byte) '"');
        return this;
    }

    private static boolean needsNoEscape(byte[] utf8) {
        int at = 0;
        for (; at + Long.BYTES <= utf8.length; at += Long.BYTES) {
            long eight = (long) LONG.get(utf8, at);
            long controls = (eight - SPACES) & ~eight;
            if (((controls | zeroByte(eight ^ QUOTES) | zeroByte(eight ^ BACKSLASHES)) & HIGH_BITS)
                    != 0) {
                return false;
            }
        }
        for (; at < utf8.length; at++) {
            if (isEscaped(utf8[at])) {
                return false;
            }
        }
        return true;
    }

    /// High bits where one of eight bytes is zero; there may be more above the first.
    private static long zeroByte(long eight) {
        return (eight - LOW_BITS) & ~eight;
    }

    private static boolean isEscaped(byte unit) {
        return unit == '"' || unit == '\\' || (unit >= 0 && unit < 0x20);
    }

    private void escaped(byte unit) {
        if (!isEscaped(unit)) {
            put(unit);
            return;
        }
        put((byte) '\\');
        switch (unit) {
            case '"', '\\' -> put(unit);
            case '\b' -> put((byte) 'b');
            case '\t' -> put((byte) 't');
            case '\n' -> put((byte) 'n');
            case '\f' -> put((byte) 'f');
            case '\r' -> put((byte) 'r');
            default -> {
                ascii("u00");
                put(HEX[(unit >> 4) & 0xf]);
                put(HEX[unit & 0xf]);
            }
        }
    }

    private void put(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    private void reserve(int count) {
        int needed = Math.addExact(length, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }
}
