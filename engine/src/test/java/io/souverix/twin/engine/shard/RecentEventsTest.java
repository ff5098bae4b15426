package io.souverix.twin.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is kept of events is what was given, and no more than may be.
final class RecentEventsTest {
    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);
    private final List<Event> events = events();

    RecentEventsTest() {
        System.out.println("RecentEventsTest seed " + seed);
    }

    @Test
    void an_address_finds_its_event_or_nothing() {
        int kept = 5_000;
        RecentEvents recent = new RecentEvents((long) kept * RecentEvents.EVENT_BYTES);
        Map<Long, Event> given = new HashMap<>();
        long address = 0;
        for (int step = 0; step < 60_000; step++) {
            address += 100 + random.nextInt(400);
            Event event = events.get(random.nextInt(events.size()));
            given.put(address, event);
            if (random.nextBoolean()) {
                recent.accepted(address, event);
            } else {
                recent.missed(address, event);
            }
        }
        int found = 0;
        for (Map.Entry<Long, Event> one : given.entrySet()) {
            Event event = recent.find(one.getKey());
            if (event != null) {
                found++;
                assertThat(event).as("seed %d", seed).isSameAs(one.getValue());
            }
        }
        assertThat(found).as("seed %d", seed).isBetween(kept / 2, kept);
    }

    @Test
    void a_long_history_is_found_the_second_time_though_there_are_few_places_at_first() {
        RecentEvents recent = new RecentEvents(Long.MAX_VALUE);
        int length = RecentEvents.FEW * 8;
        int missed = 0;
        for (int round = 0; round < 5; round++) {
            missed = 0;
            recent.begin();
            for (int i = 0; i < length; i++) {
                long address = i * 300L;
                if (recent.find(address) == null) {
                    missed++;
                    recent.missed(address, events.get(i % events.size()));
                }
            }
        }
        assertThat(missed).isLessThan(length / 10);
    }

    @Test
    void what_is_folded_again_stays_and_what_was_makes_room() {
        int room = 20_000;
        RecentEvents recent = new RecentEvents((long) room * RecentEvents.EVENT_BYTES);
        int missed = 0;
        long address = 0;
        // Each history takes most of the room, and grows while it is folded again and again.
        for (int history = 0; history < 6; history++) {
            List<Long> of = new ArrayList<>();
            missed = 0;
            while (of.size() < room * 3 / 4) {
                for (int i = 0; i < room / 20; i++) {
                    address += 100 + random.nextInt(400);
                    of.add(address);
                    recent.accepted(address, events.get(i % events.size()));
                }
                recent.begin();
                for (long one : of) {
                    if (recent.find(one) == null) {
                        missed++;
                        recent.missed(one, events.getFirst());
                    }
                }
            }
        }
        assertThat(missed).as("seed %d", seed).isLessThan(room / 2);
    }

    private static List<Event> events() {
        EventReader reader = new EventReader();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String line =
                    "{\"id\":\"event-%d\",\"timestamp\":\"2026-02-27T00:00:00Z\",\"node_id\":\"a\",\"event_type\":\"provisioning_completed\",\"payload\":{}}"
                            .formatted(i);
            events.add(read(reader, line));
        }
        return events;
    }

    private static Event read(EventReader reader, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (reader.readNative(bytes, 0, bytes.length)
                instanceof EventReader.Result.Accepted(Event event)) {
            return event;
        }
        throw new AssertionError("refused: " + line);
    }
}
