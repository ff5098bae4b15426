package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON as plain values: `Map<String, Object>` (in the order given), `List<Object>`, `String`, `BigDecimal`, `Boolean`
/// and null. Two texts say the same exactly when their [#canonical(Object)] texts are equal.
public final class PlainJson {
    private static final int LONGEST_PLAIN_NUMBER = 21;

    private PlainJson() {}

    /// The value of a whole JSON text; throws [IllegalArgumentException] where RFC 8259 is broken, a member stands
    /// twice, or a surrogate stands alone.
    public static @Nullable Object read(String text) {
        return new PlainReader(text).whole();
    }

    /// As [#read(String)], for a text that must be an object.
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> readObject(String text) {
        if (read(text) instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw new IllegalArgumentException("expected an object, found: " + text);
    }

    /// The text of a value, members in the order they stand.
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, false);
        return out.toString();
    }

    /// The one text of a value: no white space, members sorted by UTF-16 code unit, numbers normalised.
    public static String canonical(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, true);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out, boolean sorted) {
        switch (value) {
            case null -> out.append("null");
            case Boolean truth -> out.append(truth);
            case BigDecimal number -> out.append(number(number));
            case String text -> writeText(text, out);
            case List<?> list -> writeList(list, out, sorted);
            case Map<?, ?> object -> writeObject(object, out, sorted);
            default ->
                    throw new IllegalArgumentException("no plain JSON value: " + value.getClass());
        }
    }

    private static void writeList(List<?> list, StringBuilder out, boolean sorted) {
        out.append('[');
        for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
            write(each.next(), out, sorted);
            out.append(each.hasNext() ? "," : "");
        }
        out.append(']');
    }

    private static void writeObject(Map<?, ?> object, StringBuilder out, boolean sorted) {
        Map<String, @Nullable Object> members = sorted ? new TreeMap<>() : new LinkedHashMap<>();
        object.forEach((name, member) -> members.put((String) name, member));
        out.append('{');
        String comma = "";
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            out.append(comma);
            writeText(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out, sorted);
            comma = ",";
        }
        out.append('}');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// The one text of a number. With n x 10^e, n not ending in 0: plain while it has at most 21 digits (before the
    /// point) or places (after it), else `<n>e<e>`; zero is `0`.
    public static String number(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = -stripped.scale();
        int digits = stripped.precision();
        boolean integer = exponent >= 0 && (long) digits + exponent <= LONGEST_PLAIN_NUMBER;
        boolean decimal = exponent < 0 && exponent >= -LONGEST_PLAIN_NUMBER;
        return integer || decimal
                ? stripped.toPlainString()
                : stripped.unscaledValue() + "e" + exponent;
    }

    /// Where two values differ, place by place, with what was expected and what was found there.
    public static List<String> differences(@Nullable Object expected, @Nullable Object found) {
        List<String> differences = new ArrayList<>();
        differences("", expected, found, differences);
        return differences;
    }

    private static void differences(
            String path, @Nullable Object expected, @Nullable Object found, List<String> out) {
        if (canonical(expected).equals(canonical(found))) {
            return;
        }
        if (expected instanceof Map<?, ?> a && found instanceof Map<?, ?> b) {
            for (Object key : a.keySet()) {
                if (b.containsKey(key)) {
                    differences(path + "/" + key, a.get(key), b.get(key), out);
                } else {
                    out.add(path + "/" + key + ": nothing found");
                }
            }
            for (Object key : b.keySet()) {
                if (!a.containsKey(key)) {
                    out.add(path + "/" + key + ": not expected");
                }
            }
        } else if (expected instanceof List<?> a
                && found instanceof List<?> b
                && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                differences(path + "/" + i, a.get(i), b.get(i), out);
            }
        } else {
            out.add(path + ": expected " + write(expected) + ", found " + write(found));
        }
    }
}
