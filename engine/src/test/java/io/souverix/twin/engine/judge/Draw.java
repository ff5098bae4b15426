package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Seeded draws from small pools, so that collisions, repeats and ties are frequent.
final class Draw {
    static final Instant START = Instant.parse("2026-02-24T00:00:00Z");
    private static final int DAYS = 3;
    private static final int POOLED_INSTANTS = 25;
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT);

    private final RandomGenerator random;
    private final List<Instant> instants = new ArrayList<>();

    Draw(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < POOLED_INSTANTS; i++) {
            instants.add(anyInstant());
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[below(choices.length)];
    }

    <T> T from(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /// Null in so many of a hundred cases.
    <T> @Nullable T maybe(int chance, T value) {
        return percent(chance) ? value : null;
    }

    <T extends @Nullable Object> List<T> shuffled(List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int other = below(i + 1);
            T moved = shuffled.get(i);
            shuffled.set(i, shuffled.get(other));
            shuffled.set(other, moved);
        }
        return shuffled;
    }

    BigDecimal number(int least, int most) {
        return BigDecimal.valueOf(between(least, most));
    }

    /// Mostly one of a few instants, so that events fall together; else any.
    Instant instant() {
        return percent(60) ? from(instants) : anyInstant();
    }

    private Instant anyInstant() {
        Instant second = START.plusSeconds(below(DAYS * 86_400));
        return second.plusNanos(of(0, 0, 0, 0, 250_000_000, 1_000, 123_456_000, 999_999_000));
    }

    /// An instant near another, so often at a bound of the rules.
    Instant near(Instant instant) {
        return instant.plus(
                of(
                        Duration.ZERO,
                        Duration.ofNanos(1000),
                        Duration.ofNanos(-1000),
                        Duration.ofSeconds(-59),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30),
                        Duration.ofHours(1),
                        Duration.ofHours(1).plusNanos(1000),
                        Duration.ofHours(2),
                        Duration.ofMinutes(100),
                        Duration.ofHours(3),
                        Duration.ofHours(3).plusNanos(1000),
                        Duration.ofHours(6),
                        Duration.ofDays(1)));
    }

    /// A spelling of an instant: an offset, and digits that say nothing.
    String spelled(Instant instant) {
        if (percent(70)) {
            return Times.show(instant);
        }
        ZoneOffset offset =
                of(ZoneOffset.UTC, ZoneOffset.ofHours(2), ZoneOffset.ofHoursMinutes(-5, -30));
        String digits = NANOS.format(instant.atOffset(offset));
        String cut =
                of(
                        digits,
                        digits.substring(0, digits.length() - 3) + "789",
                        digits.replaceAll("\\.?0+$", ""));
        return cut + (offset.equals(ZoneOffset.UTC) ? of("Z", "+00:00") : offset.getId());
    }

    String instantText() {
        return spelled(instant());
    }

    Object duration() {
        return of(
                "15m",
                "1h",
                "1h30m",
                "90s",
                "2d",
                "1d2h3m4s",
                "0m",
                BigDecimal.valueOf(900),
                new BigDecimal("90.0"));
    }
}
