package io.souverix.twin.core.json;

import io.souverix.twin.core.json.Json.JsonString;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads back what [JsonWriter] wrote of values that [JsonReader] had read: no white space, members
/// sorted, escapes of ASCII only. Nothing is checked but the grammar. Folding a log again is mostly
/// this, so what comes again is not read again: short texts, and objects and lists near the outermost
/// value, are known by their bytes ([KeptValues]). Thread-safe.
public final class CanonicalReader {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long QUOTES = '"' * LOW_BITS;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    /// Objects and lists shorter than this are quicker read than looked up.
    private static final int MIN_KEPT_VALUE = 48;

    /// How deep below the outermost value objects and lists are looked up.
    private static final int KEPT_DEPTH = 2;

    private final KeptTexts names = new KeptTexts();
    private final KeptTexts texts = new KeptTexts();
    private final KeptValues values = new KeptValues();

    /// Reads the one value that these bytes are.
    ///
    /// @throws IllegalStateException where they are not what was written
    public Json read(byte[] bytes, int offset, int length) {
        Cursor cursor = new Cursor(bytes, offset, offset + length);
        Json value = cursor.value();
        if (cursor.at != cursor.end) {
            throw cursor.broken("the end");
        }
        return value;
    }

    /// Which bytes of eight are equal to the one that `pattern` repeats: their high bits are set.
    /// Exact up to the first.
    private static long equalBytes(long eight, long pattern) {
        long zeroWhereEqual = eight ^ pattern;
        return (zeroWhereEqual - LOW_BITS) & ~zeroWhereEqual & HIGH_BITS;
    }

    private final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int at;
        private int depth;

        /// Members of the objects that are being read, the outermost first.
        private String[] openNames = new String[24];

        private Json[] openValues = new Json[24];
        private int open;

        Cursor(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        IllegalStateException broken(String expected) {
            return new IllegalStateException(
                    "found no canonical JSON at byte " + at + ", expected " + expected);
        }

        private byte peek() {
            if (at >= end) {
                throw broken("more");
            }
            return bytes[at];
        }

        private void expect(char c) {
            if (peek() != c) {
                throw broken("'" + c + "'");
            }
            at++;
        }

        Json value() {
            return switch (peek()) {
                case '{', '[' -> depth > 0 && depth <= KEPT_DEPTH ? member() : nested();
                case '"' -> string(texts);
                case 't' -> word("true", JsonLiteral.TRUE);
                case 'f' -> word("false", JsonLiteral.FALSE);
                case 'n' -> word("null", JsonLiteral.NULL);
                default -> number();
            };
        }

        private Json word(String text, JsonLiteral literal) {
            if (end - at < text.length()) {
                throw broken(text);
            }
            at += text.length();
            return literal;
        }

        /// An object or a list that may be known.
        private Json member() {
            int from = at;
            int length = endOfNested() - from;
            if (length < MIN_KEPT_VALUE || length > KeptValues.MAX_LENGTH) {
                return nested();
            }
            int hash = KeptValues.hash(bytes, from, length);
            Json known = values.find(hash, bytes, from, length);
            if (known != null) {
                at = from + length;
                return known;
            }
            Json fresh = nested();
            values.keep(hash, bytes, from, length, fresh);
            return fresh;
        }

        /// Where the object or list that begins here ends.
        private int endOfNested() {
            int level = 0;
            for (int i = at; i < end; i++) {
                switch (bytes[i]) {
                    case '"' -> i = endOfString(i + 1);
                    case '{', '[' -> level++;
                    case '}', ']' -> {
                        if (--level == 0) {
                            return i + 1;
                        }
                    }
                    default -> {}
                }
            }
            throw broken("the end of a value");
        }

        /// Where the closing quote of a string is that begins at a place.
        private int endOfString(int from) {
            int i = from;
            int last = Math.min(end, bytes.length) - Long.BYTES;
            while (i <= last) {
                long eight = (long) LONG.get(bytes, i);
                long stop = equalBytes(eight, QUOTES) | equalBytes(eight, BACKSLASHES);
                if (stop != 0) {
                    i += Long.numberOfTrailingZeros(stop) >>> 3;
                    break;
                }
                i += Long.BYTES;
            }
            while (i < end && bytes[i] != '"') {
                i += bytes[i] == '\\' ? 2 : 1;
            }
            return i;
        }

        private Json nested() {
            depth++;
            Json value = bytes[at] == '{' ? object() : array();
            depth--;
            return value;
        }

        private Json object() {
            at++;
            if (peek() == '}') {
                at++;
                return JsonObject.EMPTY;
            }
            int first = open;
            while (true) {
                String name = string(names).value();
                expect(':');
                Json value = value();
                if (open == openNames.length) {
                    openNames = Arrays.copyOf(openNames, open * 2);
                    openValues = Arrays.copyOf(openValues, open * 2);
                }
                openNames[open] = name;
                openValues[open++] = value;
                if (peek() == '}') {
                    at++;
                    JsonObject object =
                            JsonObject.ofSorted(
                                    Arrays.copyOfRange(openNames, first, open),
                                    Arrays.copyOfRange(openValues, first, open));
                    open = first;
                    return object;
                }
                expect(',');
            }
        }

        private Json array() {
            at++;
            List<Json> elements = new ArrayList<>();
            if (peek() == ']') {
                at++;
                return new Json.JsonArray(elements);
            }
            while (true) {
                elements.add(value());
                if (peek() == ']') {
                    at++;
                    return new Json.JsonArray(elements);
                }
                expect(',');
            }
        }

        private Json number() {
            int from = at;
            boolean negative = peek() == '-';
            if (negative) {
                at++;
            }
            long whole = 0;
            while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
                whole = whole * 10 + bytes[at++] - '0';
            }
            boolean more = at < end && (bytes[at] == '.' || bytes[at] == 'e' || bytes[at] == '-');
            if (!more && at - from <= 18 && at > from) {
                return JsonNumber.of(negative ? -whole : whole);
            }
            while (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
                at++;
            }
            String text = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
            return JsonNumber.of(new BigDecimal(text));
        }

        /// Eight bytes at a time, up to the quote that ends it.
        private JsonString string(KeptTexts texts) {
            expect('"');
            int from = at;
            int last = Math.min(end, bytes.length) - Long.BYTES;
            long hash = 0;
            while (at <= last) {
                long eight = (long) LONG.get(bytes, at);
                long stop = equalBytes(eight, QUOTES) | equalBytes(eight, BACKSLASHES);
                stop |= eight & HIGH_BITS;
                if (stop != 0) {
                    int before = Long.numberOfTrailingZeros(stop) & ~7;
                    long rest = before == 0 ? 0 : eight & (-1L >>> (Long.SIZE - before));
                    at += before >>> 3;
                    return bytes[at] == '"'
                            ? plain(from, KeptTexts.mix(hash, rest), texts)
                            : unescaped(from);
                }
                hash = KeptTexts.mix(hash, eight);
                at += Long.BYTES;
            }
            return bytewise(from, hash, texts);
        }

        /// The end of a string near the end of the bytes.
        private JsonString bytewise(int from, long hash, KeptTexts texts) {
            long rest = 0;
            for (int shift = 0; peek() != '"'; shift += Byte.SIZE) {
                if (bytes[at] < 0 || bytes[at] == '\\') {
                    return unescaped(from);
                }
                rest |= (long) bytes[at++] << shift;
            }
            return plain(from, KeptTexts.mix(hash, rest), texts);
        }

        /// A string of ASCII without escapes; the cursor is at its closing quote.
        private JsonString plain(int from, long hash, KeptTexts texts) {
            int length = at - from;
            at++;
            return length <= KeptTexts.MAX_LENGTH
                    ? texts.text(bytes, from, length, hash)
                    : new JsonString(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        }

        /// A string with escapes or beyond ASCII; the cursor is anywhere in it.
        private JsonString unescaped(int from) {
            int quote = endOfString(from);
            if (quote >= end) {
                throw broken("'\"'");
            }
            String raw = new String(bytes, from, quote - from, StandardCharsets.UTF_8);
            at = quote + 1;
            return new JsonString(raw.indexOf('\\') < 0 ? raw : withoutEscapes(raw));
        }
    }

    private static String withoutEscapes(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = raw.charAt(++i);
            switch (escape) {
                case 'b' -> text.append('\b');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'f' -> text.append('\f');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }
}
