package io.souverix.twin.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How events reach the service: late, out of order, more than once, and on time.
final class DeliveryTest {
    private static final Scenario DAY = Scenario.of(400, 11);
    private static final List<Told> TOLD = Told.all(DAY);

    @Test
    void deliveries_never_go_back_and_stay_inside_the_scenario() {
        Instant end = DAY.start().plus(DAY.span());
        Instant before = DAY.start();
        for (Told told : TOLD) {
            assertThat(told.deliveredAt()).isBetween(before, end);
            before = told.deliveredAt();
        }
        assertThat(before).isAfter(end.minus(Duration.ofMinutes(5)));
    }

    @Test
    void no_event_is_a_minute_ahead_of_its_delivery_and_some_clocks_are_ahead() {
        assertThat(TOLD)
                .allMatch(told -> told.timestamp().isBefore(told.deliveredAt().plusSeconds(60)))
                .anyMatch(told -> told.timestamp().isAfter(told.deliveredAt().plusSeconds(10)));
    }

    @Test
    void a_backlog_comes_late_and_out_of_order() {
        Map<String, Instant> newest = new HashMap<>();
        int late = 0;
        int backwards = 0;
        for (Told told : TOLD) {
            if (!told.id().startsWith("bkl-")) {
                continue;
            }
            if (Duration.between(told.timestamp(), told.deliveredAt()).toMinutes() > 15) {
                late++;
            }
            String replay = told.subject() + told.id().substring(0, told.id().lastIndexOf('-'));
            Instant before = newest.getOrDefault(replay, Instant.MIN);
            if (told.timestamp().isBefore(before)) {
                backwards++;
            } else {
                newest.put(replay, told.timestamp());
            }
        }
        assertThat(late).isGreaterThan(200);
        assertThat(backwards).isGreaterThan(50);
    }

    @Test
    void some_events_are_delivered_twice_with_equal_content() {
        Map<String, Set<Object>> contents = new HashMap<>();
        Set<String> lines = new HashSet<>();
        int duplicates = 0;
        int respelled = 0;
        for (Told told : TOLD) {
            String key = told.subject() + " " + told.id() + " " + told.timestamp();
            boolean newLine = lines.add(told.event().toString());
            if (!contents.computeIfAbsent(key, _ -> new HashSet<>()).add(told.envelope())) {
                duplicates++;
                respelled += newLine ? 1 : 0;
            }
        }
        assertThat(duplicates).isGreaterThan(100);
        assertThat(respelled).isPositive();
        assertThat(contents.values()).anyMatch(under -> under.size() > 1);
    }

    @Test
    void most_events_of_a_day_arrive_within_a_second() {
        Instant lifeBegins = DAY.start().plus(Duration.ofHours(1));
        long later = TOLD.stream().filter(told -> told.deliveredAt().isAfter(lifeBegins)).count();
        long prompt =
                TOLD.stream()
                        .filter(told -> told.deliveredAt().isAfter(lifeBegins))
                        .filter(told -> told.timestamp().plusSeconds(1).isAfter(told.deliveredAt()))
                        .count();
        assertThat(prompt * 10).isGreaterThan(later * 7);
    }
}
