package io.souverix.twin.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final DateTimeFormatter SIX_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final long FIRST = micros("0001-01-01T00:00:00Z");
    private static final long LAST = micros("9999-12-31T23:59:59.999999Z");

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);

    TimesTest() {
        System.out.println("TimesTest seed " + seed);
    }

    private static long micros(String text) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
    }

    @Test
    void an_instant_is_written_as_the_calendar_says_and_read_back() {
        for (int i = 0; i < 50_000; i++) {
            long micros = random.nextLong(FIRST, LAST + 1);
            if (random.nextBoolean()) {
                micros -= Math.floorMod(micros, Times.MICROS_PER_SECOND);
            }
            Instant instant = Times.instant(micros);
            assertThat(Times.canonical(micros))
                    .as("seed " + seed)
                    .isEqualTo(SIX_DIGITS.format(instant));
            assertThat(Times.parse(Times.canonical(micros))).as("seed " + seed).hasValue(micros);
            assertThat(Times.parse(Times.text(micros)))
                    .as("seed " + seed + ": " + Times.text(micros))
                    .hasValue(micros);
        }
    }

    @Test
    void the_first_and_the_last_instant_are_read_and_written() {
        assertThat(Times.text(FIRST)).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(Times.text(LAST)).isEqualTo("9999-12-31T23:59:59.999999Z");
        assertThat(Times.text(-1)).isEqualTo("1969-12-31T23:59:59.999999Z");
        assertThat(Times.text(0)).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(Times.parse("0001-01-01T00:00:00Z")).hasValue(FIRST);
        assertThat(Times.parse("9999-12-31T23:59:59.999999Z")).hasValue(LAST);
    }

    @Test
    void an_offset_and_digits_that_are_too_fine_are_understood() {
        assertThat(Times.parse("2026-02-27T04:45:00.1234567+01:00"))
                .hasValue(micros("2026-02-27T03:45:00.123456Z"));
        assertThat(Times.parse("2026-02-27T03:45:00.123456789Z"))
                .hasValue(micros("2026-02-27T03:45:00.123456Z"));
        assertThat(Times.parse("2026-02-27t03:45:00.5z"))
                .hasValue(micros("2026-02-27T03:45:00.5Z"));
    }

    @Test
    void every_day_of_the_calendar_is_read_and_no_other() {
        for (int year : new int[] {1, 1900, 2000, 2023, 2024, 9999}) {
            for (int month = 1; month <= 12; month++) {
                for (int day = 1; day <= 31; day++) {
                    String text = "%04d-%02d-%02dT12:00:00Z".formatted(year, month, day);
                    assertThat(Times.parse(text).isPresent()).as(text).isEqualTo(isDate(text));
                }
            }
        }
    }

    private static boolean isDate(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (java.time.DateTimeException _) {
            return false;
        }
    }

    @Test
    void what_is_no_time_is_not_read() {
        for (String text :
                new String[] {
                    "",
                    "2026-02-27",
                    "2026-02-27T03:45:00",
                    "2026-02-27T03:45:00,5Z",
                    "2026-02-27T24:00:00Z",
                    "2026-02-27T03:60:00Z",
                    "2026-13-27T03:45:00Z",
                    "0000-02-27T03:45:00Z",
                    "2026-02-27T03:45:0éZ",
                    "２０２６-02-27T03:45:00Z",
                    "2026-02-27T03:45:00.12x456Z",
                    "2026-02-27T03:45:00.123456xZ",
                    "2026/02/27T03:45:00Z"
                }) {
            assertThat(Times.parse(text)).as(text).isEmpty();
        }
    }
}
