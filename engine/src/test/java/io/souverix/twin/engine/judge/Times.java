package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Instants and durations as they are given and shown.
final class Times {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final Pattern ZEROS = Pattern.compile("\\.?0+$");
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    private Times() {}

    /// The instant of an RFC 3339 text, digits finer than a microsecond cut.
    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    /// As [#instant(String)]; null stays null.
    static @Nullable Instant instantOrNull(@Nullable String text) {
        return text == null ? null : instant(text);
    }

    /// UTC with as many fraction digits as needed.
    static String show(Instant instant) {
        return ZEROS.matcher(MICROS.format(instant)).replaceFirst("") + "Z";
    }

    /// UTC with always six fraction digits.
    static String canonical(Instant instant) {
        return MICROS.format(instant) + "Z";
    }

    /// The duration of `[Nd][Nh][Nm][Ns]` or of a number of seconds; null for anything else.
    static @Nullable Duration duration(@Nullable Object given) {
        if (given instanceof BigDecimal seconds) {
            return Duration.of(seconds.movePointRight(6).longValue(), ChronoUnit.MICROS);
        }
        if (!(given instanceof String text) || text.isEmpty()) {
            return null;
        }
        Matcher parts = DURATION.matcher(text);
        return parts.matches()
                ? Duration.ofDays(part(parts, 1))
                        .plusHours(part(parts, 2))
                        .plusMinutes(part(parts, 3))
                        .plusSeconds(part(parts, 4))
                : null;
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /// The instant meant by an RFC 3339 text, or by a duration counted from an instant; null where nothing is given.
    static @Nullable Instant instantOrAfter(Instant from, @Nullable Object given) {
        if (given == null) {
            return null;
        }
        Duration duration = duration(given);
        return duration == null ? instant((String) given) : from.plus(duration);
    }

    /// `[Nd][Nh][Nm]`, whole minutes rounded down, zero `0m`; null stays null.
    static @Nullable String show(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        String days = part(duration.toDays(), "d");
        String hours = part(duration.toHoursPart(), "h");
        String minutes = part(duration.toMinutesPart(), "m");
        String shown = days + hours + minutes;
        return shown.isEmpty() ? "0m" : shown;
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

    /// Whole seconds, rounded down; null stays null.
    static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    /// max(0, now - then); null without then.
    static @Nullable Duration elapsed(@Nullable Instant then, Instant now) {
        if (then == null) {
            return null;
        }
        return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
    }
}
