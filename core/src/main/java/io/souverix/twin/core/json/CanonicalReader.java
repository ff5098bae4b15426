package io.souverix.twin.core.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads back what [JsonWriter] wrote of values that [JsonReader] had read: no white space, members
/// sorted, escapes of ASCII only. Nothing is checked but the grammar. Folding a log again is mostly
/// this. Short texts that come again are kept and shared. Thread-safe: a lost race keeps nothing worse
/// than another copy.
public final class CanonicalReader {
    /// How many short texts are kept; a power of two.
    static final int MAX_KEPT = 8192;

    private static final int MAX_KEPT_LENGTH = 48;

    private final String[] kept = new String[MAX_KEPT];

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

    private final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int at;

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
                case '{' -> object();
                case '[' -> array();
                case '"' -> new Json.JsonString(string());
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

        private Json object() {
            at++;
            if (peek() == '}') {
                at++;
                return JsonObject.EMPTY;
            }
            String[] names = new String[8];
            Json[] values = new Json[8];
            int size = 0;
            while (true) {
                if (size == names.length) {
                    names = Arrays.copyOf(names, size * 2);
                    values = Arrays.copyOf(values, size * 2);
                }
                names[size] = string();
                expect(':');
                values[size++] = value();
                if (peek() == '}') {
                    at++;
                    return JsonObject.ofSorted(
                            Arrays.copyOf(names, size), Arrays.copyOf(values, size));
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

        private String string() {
            expect('"');
            int from = at;
            int hash = 0;
            boolean plain = true;
            while (peek() != '"') {
                byte unit = bytes[at++];
                plain &= unit >= 0;
                hash = 31 * hash + unit;
                if (unit == '\\') {
                    plain = false;
                    at++;
                }
            }
            int length = at - from;
            at++;
            if (!plain) {
                return unescaped(from, length);
            }
            return length <= MAX_KEPT_LENGTH
                    ? shared(from, length, hash)
                    : new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }

        private String shared(int from, int length, int hash) {
            int slot = (hash ^ (hash >>> 13)) & (MAX_KEPT - 1);
            String known = kept[slot];
            if (known != null && known.length() == length && is(known, from)) {
                return known;
            }
            String fresh = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
            kept[slot] = fresh;
            return fresh;
        }

        private boolean is(String text, int from) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) != bytes[from + i]) {
                    return false;
                }
            }
            return true;
        }

        private String unescaped(int from, int length) {
            String raw = new String(bytes, from, length, StandardCharsets.UTF_8);
            if (raw.indexOf('\\') < 0) {
                return raw;
            }
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
}
