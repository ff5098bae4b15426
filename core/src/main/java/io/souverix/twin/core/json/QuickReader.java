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
import org.jspecify.annotations.Nullable;

/// Reads JSON the way nearly all of it is written, quickly, and leaves the rest to [JsonReader]: it
/// never refuses. Short texts, and objects and lists near the outermost value, are known by their
/// bytes when they come again ([KeptTexts], [KeptValues]). Thread-safe.
final class QuickReader {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long QUOTES = '"' * LOW_BITS;
    private static final long BACKSLASHES = '\\' * LOW_BITS;
    private static final long SPACES = ' ' * LOW_BITS;

    /// Deeper than this is left to others: they know how deep is too deep.
    private static final int MAX_DEPTH = 60;

    /// A number of more characters is not read here.
    private static final int MAX_NUMBER_LENGTH = 18;

    /// Objects and lists shorter than this are quicker read than looked up.
    private static final int MIN_KEPT_VALUE = 48;

    /// How deep below the outermost value objects and lists are looked up.
    private static final int KEPT_DEPTH = 2;

    private final KeptTexts names = new KeptTexts(true);
    private final KeptTexts texts = new KeptTexts(false);
    private final KeptValues values = new KeptValues();

    /// The one value that these bytes are, or null where it takes more care to say.
    @Nullable Json read(byte[] bytes, int offset, int length) {
        try {
            Cursor cursor = new Cursor(bytes, offset, offset + length);
            Json value = cursor.value();
            return cursor.isAtEnd() ? value : null;
        } catch (Unusual _) {
            return null;
        }
    }

    /// Met something that takes more care.
    private static final class Unusual extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusual() {
            super(null, null, false, false);
        }
    }

    private final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int at;
        private int depth;

        /// Members of the objects that are being read, the outermost first.
        private String[] openNames = new String[8];

        private Json[] openValues = new Json[8];
        private int open;

        Cursor(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean isAtEnd() {
            while (at < end && isSpace(bytes[at])) {
                at++;
            }
            return at == end;
        }

        /// The next byte that is no white space.
        private byte token() {
            while (at < end) {
                byte next = bytes[at];
                if (next > ' ' || !isSpace(next)) {
                    return next;
                }
                at++;
            }
            throw new Unusual();
        }

        private void expect(char c) {
            if (token() != c) {
                throw new Unusual();
            }
            at++;
        }

        Json value() {
            return switch (token()) {
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
                throw new Unusual();
            }
            for (int i = 0; i < text.length(); i++) {
                if (bytes[at++] != text.charAt(i)) {
                    throw new Unusual();
                }
            }
            return literal;
        }

        /// An object or a list that may be known.
        private Json member() {
            int from = at;
            int length = Extent.ofNested(bytes, from, end) - from;
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

        private Json nested() {
            if (depth == MAX_DEPTH) {
                throw new Unusual();
            }
            depth++;
            Json value = bytes[at] == '{' ? object() : array();
            depth--;
            return value;
        }

        private Json object() {
            at++;
            if (token() == '}') {
                at++;
                return JsonObject.EMPTY;
            }
            int first = open;
            boolean sorted = true;
            while (true) {
                token();
                String name = string(names).value();
                expect(':');
                Json value = value();
                if (open == openNames.length) {
                    openNames = Arrays.copyOf(openNames, open * 2);
                    openValues = Arrays.copyOf(openValues, open * 2);
                }
                sorted &= open == first || openNames[open - 1].compareTo(name) < 0;
                openNames[open] = name;
                openValues[open++] = value;
                if (token() == '}') {
                    at++;
                    return closed(first, sorted);
                }
                expect(',');
            }
        }

        private JsonObject closed(int first, boolean sorted) {
            String[] ownNames = Arrays.copyOfRange(openNames, first, open);
            Json[] ownValues = Arrays.copyOfRange(openValues, first, open);
            open = first;
            if (!sorted && !Members.sort(ownNames, ownValues)) {
                throw new Unusual();
            }
            return JsonObject.ofSorted(ownNames, ownValues);
        }

        private Json array() {
            at++;
            List<Json> elements = new ArrayList<>();
            if (token() == ']') {
                at++;
                return new Json.JsonArray(elements);
            }
            while (true) {
                elements.add(value());
                if (token() == ']') {
                    at++;
                    return new Json.JsonArray(elements);
                }
                expect(',');
            }
        }

        /// A whole number, or one with digits after the point.
        private Json number() {
            int from = at;
            boolean negative = bytes[at] == '-';
            if (negative) {
                at++;
            }
            int firstDigit = at;
            long digits = digits(0);
            int whole = at - firstDigit;
            int fraction = 0;
            if (at < end && bytes[at] == '.') {
                at++;
                digits = digits(digits);
                fraction = at - firstDigit - whole - 1;
                if (fraction == 0) {
                    throw new Unusual();
                }
            }
            boolean leadingZero = whole > 1 && bytes[firstDigit] == '0';
            boolean more = at < end && (bytes[at] == 'e' || bytes[at] == 'E');
            if (whole == 0 || leadingZero || more || at - from > MAX_NUMBER_LENGTH) {
                throw new Unusual();
            }
            long unscaled = negative ? -digits : digits;
            return fraction == 0
                    ? JsonNumber.of(unscaled)
                    : JsonNumber.of(BigDecimal.valueOf(unscaled, fraction));
        }

        /// Wraps around where there are too many: nobody reads on then.
        private long digits(long before) {
            long value = before;
            while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
                value = value * 10 + bytes[at++] - '0';
            }
            return value;
        }

        /// Eight bytes at a time, up to the quote that ends it.
        private JsonString string(KeptTexts texts) {
            if (bytes[at++] != '"') {
                throw new Unusual();
            }
            int from = at;
            int last = end - Long.BYTES;
            long hash = 0;
            while (at <= last) {
                long eight = (long) LONG.get(bytes, at);
                long stop =
                        Extent.equalBytes(eight, QUOTES) | Extent.equalBytes(eight, BACKSLASHES);
                stop |= ((eight - SPACES) & ~eight | eight) & HIGH_BITS;
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
            for (int shift = 0; at < end && bytes[at] != '"'; shift += Byte.SIZE) {
                if (bytes[at] < ' ' || bytes[at] == '\\') {
                    return unescaped(from);
                }
                rest |= (long) bytes[at++] << shift;
            }
            if (at == end) {
                throw new Unusual();
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
            int quote = Extent.ofString(bytes, from, end);
            if (quote >= end) {
                throw new Unusual();
            }
            String raw = new String(bytes, from, quote - from, StandardCharsets.UTF_8);
            at = quote + 1;
            return new JsonString(checked(raw));
        }
    }

    /// Without its escapes. What is no UTF-8 came out as U+FFFD.
    private static String checked(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ' || c == '\uFFFD') {
                throw new Unusual();
            }
            text.append(c == '\\' ? meant(raw.charAt(++i)) : c);
        }
        return text.toString();
    }

    private static char meant(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case '"', '\\', '/' -> escape;
            default -> throw new Unusual();
        };
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
