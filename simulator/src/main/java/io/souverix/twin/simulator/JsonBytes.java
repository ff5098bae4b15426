package io.souverix.twin.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/// Writes JSON as UTF-8 into a growing buffer: the primitives, and commas where they belong.
///
/// Made for lines of a few hundred bytes told half a million times a second: no strings are built,
/// names and values are copied character by character, pre-rendered parts as they are.
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long DAY = 86_400_000_000L;
    private static final int MOST_DIGITS = 20;

    private byte[] bytes = new byte[1 << 14];
    private int size;
    private final byte[] date = new byte[11];
    private long dateOf = Long.MIN_VALUE;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    void writeTo(OutputStream target, int from, int to) throws IOException {
        target.write(bytes, from, to - from);
    }

    JsonBytes raw(byte[] part) {
        room(part.length);
        System.arraycopy(part, 0, bytes, size, part.length);
        size += part.length;
        return this;
    }

    JsonBytes raw(char one) {
        room(1);
        bytes[size++] = (byte) one;
        return this;
    }

    /// Text that is known to need no quoting: ASCII, no quotation mark, no backslash.
    JsonBytes ascii(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /// `"name":`, after a comma unless it opens its object.
    JsonBytes name(String name) {
        comma();
        return raw('"').ascii(name).raw('"').raw(':');
    }

    /// A comma, unless an object or array was just opened.
    JsonBytes comma() {
        byte before = bytes[size - 1];
        return before == '{' || before == '[' ? this : raw(',');
    }

    /// A JSON string of any text, escaped as it needs.
    JsonBytes string(String text) {
        raw('"');
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return rest(text, i);
            }
            bytes[size++] = (byte) c;
        }
        return raw('"');
    }

    private JsonBytes rest(String text, int from) {
        for (byte b : text.substring(from).getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                raw('\\').raw((char) b);
            } else if (b == '\n') {
                raw('\\').raw('n');
            } else if (b >= 0 && b < ' ') {
                ascii("\\u00").hexDigits(b, 2);
            } else {
                raw((char) b);
            }
        }
        return raw('"');
    }

    JsonBytes number(long value) {
        room(MOST_DIGITS);
        if (value < 0) {
            raw('-');
        }
        long rest = Math.abs(value);
        int digits = 1;
        for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
            digits++;
        }
        return digits(rest, digits);
    }

    /// A number given in hundredths: 105 is `1.05`.
    JsonBytes hundredths(long value) {
        return number(value / 100).raw('.').digits(value % 100, 2);
    }

    JsonBytes digits(long value, int count) {
        room(count);
        long rest = value;
        for (int i = size + count - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
        return this;
    }

    JsonBytes hexDigits(long value, int count) {
        room(count);
        for (int shift = (count - 1) * 4; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[(int) (value >>> shift & 15)];
        }
        return this;
    }

    /// A quoted RFC 3339 time: as UTC, or with a whole number of hours of offset.
    JsonBytes time(long micros, int offsetHours) {
        long local = micros + offsetHours * 3_600_000_000L;
        long day = Math.floorDiv(local, DAY);
        long inDay = Math.floorMod(local, DAY);
        long seconds = inDay / 1_000_000;
        long fraction = inDay % 1_000_000;
        raw('"').raw(dateOf(day)).digits(seconds / 3600, 2).raw(':');
        digits(seconds / 60 % 60, 2).raw(':').digits(seconds % 60, 2);
        if (fraction % 1000 != 0) {
            raw('.').digits(fraction, 6);
        } else if (fraction != 0) {
            raw('.').digits(fraction / 1000, 3);
        }
        if (offsetHours == 0) {
            return raw('Z').raw('"');
        }
        return raw('+').digits(offsetHours, 2).raw(':').digits(0, 2).raw('"');
    }

    private byte[] dateOf(long day) {
        if (day != dateOf) {
            byte[] text = (LocalDate.ofEpochDay(day) + "T").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, date, 0, date.length);
            dateOf = day;
        }
        return date;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
