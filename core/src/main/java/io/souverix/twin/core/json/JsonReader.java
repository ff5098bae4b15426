package io.souverix.twin.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads UTF-8 text into [Json], strictly: one value, valid UTF-8, no repeated members, no lone
/// surrogates, within the bounds below. Members of objects come out sorted by name. Thread-safe.
public final class JsonReader {
    /// How deep objects and arrays may nest.
    public static final int MAX_DEPTH = 64;

    /// How many characters a number may have.
    public static final int MAX_NUMBER_LENGTH = 1_000;

    /// The largest absolute value of a number's decimal exponent.
    public static final int MAX_EXPONENT = 1_000;

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long BACKSLASHES = '\\' * LOW_BITS;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// What the parser tells its programmer: nothing to those who sent the text.
    private static final Pattern ADVICE =
            Pattern.compile(
                    ": enable `[^`]*` to allow|, from `[^`]*`|: maybe a .*not enabled.*\\)"
                            + "| \\(start marker at \\[Source: [^\\]]*\\]\\)");

    private static final int MAX_STRING_LENGTH = 64 * 1024 * 1024;

    private final QuickReader quick = new QuickReader();
    private final JsonFactory factory =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .maxStringLength(MAX_STRING_LENGTH)
                                    .build())
                    .build();

    public Json read(byte[] bytes) throws JsonFault {
        return read(bytes, 0, bytes.length);
    }

    /// The one value that these bytes are where that takes no care to say, else null: what is refused
    /// is not, and little else.
    public @Nullable Json usual(byte[] bytes, int offset, int length) {
        return quick.read(bytes, offset, length);
    }

    /// Reads the one value that these bytes are.
    ///
    /// @throws JsonFault where they are not one JSON value, or one that is refused
    public Json read(byte[] bytes, int offset, int length) throws JsonFault {
        Json usual = quick.read(bytes, offset, length);
        return usual == null ? careful(bytes, offset, length) : usual;
    }

    /// Reads the same without [#usual].
    Json careful(byte[] bytes, int offset, int length) throws JsonFault {
        return read(bytes, offset, length, new Deferred(isSuspect(bytes, offset, length)));
    }

    private Json read(byte[] bytes, int offset, int length, Deferred deferred) throws JsonFault {
        try (JsonParser parser =
                factory.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new JsonFault("found nothing, expected a JSON value");
            }
            Json value = tree(parser, token, deferred);
            if (!deferred.detail.isEmpty()) {
                throw new JsonFault(deferred.detail);
            }
            if (parser.nextToken() != null) {
                throw new JsonFault(
                        "found more text after the JSON value, at byte "
                                + parser.currentTokenLocation().getByteOffset());
            }
            return value;
        } catch (JacksonException e) {
            throw fault(e);
        }
    }

    /// The elements of a JSON array, each as its own value or fault (a repeated member is the fault
    /// of its element only).
    ///
    /// @throws JsonFault where the text as a whole is broken or no array
    public List<Element> readArray(byte[] bytes) throws JsonFault {
        boolean suspect = isSuspect(bytes, 0, bytes.length);
        try (JsonParser parser =
                factory.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new JsonFault("found no array, expected a JSON array");
            }
            List<Element> elements = new ArrayList<>();
            for (JsonToken token = parser.nextToken();
                    token != JsonToken.END_ARRAY;
                    token = parser.nextToken()) {
                elements.add(element(parser, token, new Deferred(suspect)));
            }
            if (parser.nextToken() != null) {
                throw new JsonFault("found more text after the JSON array");
            }
            return elements;
        } catch (JacksonException e) {
            throw fault(e);
        }
    }

    /// An element of an array: a value, or why it is refused.
    public sealed interface Element {
        record Read(Json value) implements Element {}

        record Refused(String detail) implements Element {}
    }

    private static Element element(JsonParser parser, JsonToken token, Deferred deferred) {
        Json value = tree(parser, token, deferred);
        return deferred.detail.isEmpty()
                ? new Element.Read(value)
                : new Element.Refused(deferred.detail);
    }

    /// The first thing that makes well-formed text refused; reading goes on to its end.
    private static final class Deferred {
        private final boolean suspect;
        private String detail = "";

        /// @param suspect whether the text may hold lone surrogates
        Deferred(boolean suspect) {
            this.suspect = suspect;
        }

        void refuse(String what) {
            if (detail.isEmpty()) {
                detail = what;
            }
        }
    }

    private static Json tree(JsonParser parser, JsonToken token, Deferred deferred) {
        return switch (token) {
            case START_OBJECT -> object(parser, deferred);
            case START_ARRAY -> array(parser, deferred);
            case VALUE_STRING -> new Json.JsonString(checked(parser.getString(), deferred));
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser, deferred);
            case VALUE_TRUE -> JsonLiteral.TRUE;
            case VALUE_FALSE -> JsonLiteral.FALSE;
            case VALUE_NULL -> JsonLiteral.NULL;
            case END_ARRAY, END_OBJECT, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("unexpected token " + token);
        };
    }

    private static Json integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> JsonNumber.of(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                    JsonNumber.of(new BigDecimal(parser.getBigIntegerValue()));
        };
    }

    private static Json decimal(JsonParser parser, Deferred deferred) {
        BigDecimal number;
        try {
            number = new BigDecimal(parser.getString());
        } catch (NumberFormatException _) {
            number = null;
        }
        if (number == null || Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
            deferred.refuse(
                    "found the number "
                            + shortened(parser.getString())
                            + ", expected a decimal exponent within ±"
                            + MAX_EXPONENT);
            return JsonLiteral.NULL;
        }
        return JsonNumber.of(number);
    }

    private static Json array(JsonParser parser, Deferred deferred) {
        List<Json> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            elements.add(tree(parser, token, deferred));
        }
        return new Json.JsonArray(elements);
    }

    private static Json object(JsonParser parser, Deferred deferred) {
        String[] names = new String[8];
        Json[] values = new Json[8];
        int size = 0;
        boolean sorted = true;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (size == names.length) {
                names = Arrays.copyOf(names, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            sorted &= size == 0 || names[size - 1].compareTo(name) < 0;
            names[size] = checked(name, deferred);
            values[size++] = tree(parser, parser.nextToken(), deferred);
        }
        names = Arrays.copyOf(names, size);
        values = Arrays.copyOf(values, size);
        if (!sorted && !Members.sort(names, values)) {
            String twice = String.valueOf(Members.repeated(names));
            deferred.refuse("found the member \"" + shortened(twice) + "\" twice");
        }
        return JsonObject.ofSorted(names, values);
    }

    private static String checked(String text, Deferred deferred) {
        return deferred.suspect ? withoutLoneSurrogates(text, deferred) : text;
    }

    private static String withoutLoneSurrogates(String text, Deferred deferred) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean pair =
                        Character.isHighSurrogate(unit)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    deferred.refuse(
                            "found the lone surrogate \\u"
                                    + Integer.toHexString(unit)
                                    + ", expected Unicode text");
                    return text;
                }
                i++;
            }
        }
        return text;
    }

    /// Whether lone surrogates are possible: only an escape can make one in valid UTF-8.
    ///
    /// @throws JsonFault where the text is not UTF-8
    private static boolean isSuspect(byte[] bytes, int offset, int length) throws JsonFault {
        int end = offset + length;
        int at = offset;
        boolean ascii = true;
        boolean escapes = false;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long eight = (long) LONG.get(bytes, at);
            ascii &= (eight & HIGH_BITS) == 0;
            escapes |= hasBackslash(eight);
        }
        for (; at < end; at++) {
            ascii &= bytes[at] >= 0;
            escapes |= bytes[at] == '\\';
        }
        if (!ascii) {
            requireUtf8(bytes, offset, length);
        }
        return escapes;
    }

    /// Whether one of eight bytes is a backslash: the byte that becomes zero borrows into its high
    /// bit.
    private static boolean hasBackslash(long eight) {
        long zeroWhereEqual = eight ^ BACKSLASHES;
        return ((zeroWhereEqual - LOW_BITS) & ~zeroWhereEqual & HIGH_BITS) != 0;
    }

    private static void requireUtf8(byte[] bytes, int offset, int length) throws JsonFault {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, offset, length));
        } catch (CharacterCodingException _) {
            throw new JsonFault("found bytes that are not UTF-8, expected UTF-8 text");
        }
    }

    private static JsonFault fault(JacksonException e) {
        String message = e.getOriginalMessage();
        String where = "";
        if (e.getLocation() != null && e.getLocation().getByteOffset() >= 0) {
            where = " (at byte " + e.getLocation().getByteOffset() + ")";
        }
        String plain = message == null ? "no JSON" : ADVICE.matcher(message).replaceAll("");
        return new JsonFault(shortened(plain) + where);
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
