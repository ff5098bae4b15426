package io.souverix.twin.service.cli.output;

import java.time.Duration;
import java.util.Locale;

/// Numbers as a person reads them.
public final class Figures {
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Figures() {}

    /// With a comma at every third digit.
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A number with its noun: `1 node`, `2 nodes`.
    public static String counted(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /// The two largest units of a number of seconds: `45s`, `12m 3s`, `3h 5m`, `2d 4h`.
    public static String seconds(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        if (span.toDays() > 0) {
            return span.toDays() + "d" + rest(span.toHoursPart(), "h");
        }
        if (span.toHours() > 0) {
            return span.toHours() + "h" + rest(span.toMinutesPart(), "m");
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + "m" + rest(span.toSecondsPart(), "s");
        }
        return seconds + "s";
    }

    private static String rest(int number, String unit) {
        return number == 0 ? "" : " " + number + unit;
    }

    /// A number of bytes in the unit that leaves at most four digits: `512 B`, `1.5 MiB`.
    public static String bytes(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= 1024 && unit < BYTE_UNITS.length - 1) {
            number /= 1024;
            unit++;
        }
        return String.format(
                Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", number, BYTE_UNITS[unit]);
    }

    /// A number of seconds with one decimal: `0.4 s`.
    public static String elapsed(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    /// How many a second, `-` where no time has passed.
    public static String perSecond(long count, long nanos) {
        return nanos <= 0 ? "-" : grouped(Math.round(count / (nanos / 1e9))) + "/s";
    }
}
