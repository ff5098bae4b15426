package io.souverix.twin.core.event;

import io.souverix.twin.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Instants as microseconds since 1970-01-01T00:00:00Z, and durations, as the contract spells them.
public final class Times {
    /// Stands for "no instant" where a `long` of microseconds is kept.
    public static final long NONE = Long.MIN_VALUE;

    public static final long MICROS_PER_SECOND = 1_000_000L;

    /// The longest duration that is taken: 100 years.
    private static final long MAX_DURATION_SECONDS = 100L * 366 * 86_400;

    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

    private Times() {}

    /// Parses RFC 3339 with an offset, years 1 to 9999; digits finer than a microsecond are cut.
    /// Empty where the text is something else.
    public static OptionalLong parse(String text) {
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        long quick = quick(latin, 0, latin.length);
        if (quick != NONE) {
            return OptionalLong.of(quick);
        }
        int length = text.length();
        if (length < 20 || length > 40 || "Tt ".indexOf(text.charAt(10)) < 0) {
            return OptionalLong.empty();
        }
        try {
            String upper =
                    text.substring(0, 10)
                            + 'T'
                            + text.substring(11).toUpperCase(java.util.Locale.ROOT);
            OffsetDateTime time =
                    OffsetDateTime.parse(upper, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            if (time.getYear() < 1 || time.getYear() > 9999 || upper.length() < 20) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(micros(time.toInstant()));
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    /// The common spelling `2026-02-27T03:45:00[.f]Z`, or [#NONE].
    static long quick(byte[] text, int from, int length) {
        if (length < 20
                || length > 30
                || text[from + length - 1] != 'Z'
                || text[from + 10] != 'T') {
            return NONE;
        }
        int year = digits(text, from, 4);
        int month = digits(text, from + 5, 2);
        int day = digits(text, from + 8, 2);
        int hour = digits(text, from + 11, 2);
        int minute = digits(text, from + 14, 2);
        int second = digits(text, from + 17, 2);
        boolean shaped =
                text[from + 4] == '-'
                        && text[from + 7] == '-'
                        && text[from + 13] == ':'
                        && text[from + 16] == ':';
        if (!shaped || year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
            return NONE;
        }
        if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return NONE;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return NONE;
        }
        long fraction = length == 20 ? 0 : fraction(text, from + 19, from + length - 1);
        if (fraction < 0) {
            return NONE;
        }
        long seconds = epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
        return seconds * MICROS_PER_SECOND + fraction;
    }

    /// The microseconds of `.f`, or -1.
    private static long fraction(byte[] text, int from, int end) {
        if (text[from] != '.' || end == from + 1) {
            return -1;
        }
        long fraction = 0;
        for (int i = 1; i <= 6; i++) {
            int digit = from + i < end ? text[from + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            fraction = fraction * 10 + digit;
        }
        for (int at = from + 7; at < end; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return -1;
            }
        }
        return fraction;
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    private static long epochDay(int year, int month, int day) {
        long shifted = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097
                + yearOfEra * 365
                + yearOfEra / 4
                - yearOfEra / 100
                + dayOfYear
                - 719_468;
    }

    private static int digits(byte[] text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// `2026-02-27T03:45:00.000000Z`: always six digits.
    public static String canonical(long micros) {
        return text(micros, 6);
    }

    /// Writes the same.
    static void writeCanonical(JsonWriter out, long micros) {
        byte[] text = latin(micros, 6);
        out.raw(text, 0, text.length);
    }

    /// RFC 3339 UTC with as many fraction digits as needed.
    public static String text(long micros) {
        long fraction = Math.floorMod(micros, MICROS_PER_SECOND);
        int digits = fraction == 0 ? 0 : 6;
        while (digits > 0 && fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        return text(micros, digits);
    }

    private static String text(long micros, int fractionDigits) {
        return new String(latin(micros, fractionDigits), StandardCharsets.US_ASCII);
    }

    private static byte[] latin(long micros, int fractionDigits) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
        int ofDay = (int) Math.floorMod(seconds, 86_400L);
        byte[] out = new byte[fractionDigits == 0 ? 20 : 21 + fractionDigits];
        putDate(out, Math.floorDiv(seconds, 86_400L));
        out[10] = 'T';
        put(out, 11, ofDay / 3600, 2);
        out[13] = ':';
        put(out, 14, ofDay / 60 % 60, 2);
        out[16] = ':';
        put(out, 17, ofDay % 60, 2);
        if (fractionDigits > 0) {
            out[19] = '.';
            for (int i = fractionDigits; i < 6; i++) {
                fraction /= 10;
            }
            put(out, 20, fraction, fractionDigits);
        }
        out[out.length - 1] = 'Z';
        return out;
    }

    /// `2026-02-27` from days since 1970-01-01; the inverse of [#epochDay].
    private static void putDate(byte[] out, long epochDay) {
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * dayOfYear + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        put(out, 0, (int) (era * 400) + yearOfEra + (month <= 2 ? 1 : 0), 4);
        out[4] = '-';
        put(out, 5, month, 2);
        out[7] = '-';
        put(out, 8, dayOfYear - (153 * fromMarch + 2) / 5 + 1, 2);
    }

    private static void put(byte[] out, int at, int number, int digits) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /// Whole seconds of a duration spelled `[Nd][Nh][Nm][Ns]`, or empty.
    public static OptionalLong durationSeconds(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return OptionalLong.empty();
        }
        long seconds =
                part(matcher, 1) * 86_400
                        + part(matcher, 2) * 3600
                        + part(matcher, 3) * 60
                        + part(matcher, 4);
        return seconds <= MAX_DURATION_SECONDS ? OptionalLong.of(seconds) : OptionalLong.empty();
    }

    /// True where a number of seconds is within what is taken as a duration.
    static boolean isDuration(long seconds) {
        return seconds >= 0 && seconds <= MAX_DURATION_SECONDS;
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /// `[Nd][Nh][Nm]`, whole minutes rounded down; zero is `0m`.
    public static String durationText(long seconds) {
        long minutes = seconds / 60;
        long days = minutes / 1440;
        long hours = minutes / 60 % 24;
        long rest = minutes % 60;
        StringBuilder text = new StringBuilder();
        if (days > 0) {
            text.append(days).append('d');
        }
        if (hours > 0) {
            text.append(hours).append('h');
        }
        if (rest > 0 || text.isEmpty()) {
            text.append(rest).append('m');
        }
        return text.toString();
    }

    /// Whole seconds from one instant to a later one, never below 0.
    public static long elapsedSeconds(long fromMicros, long nowMicros) {
        return Math.max(0, Math.floorDiv(nowMicros - fromMicros, MICROS_PER_SECOND));
    }
}
