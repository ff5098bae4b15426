package io.souverix.twin.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The index of a node's events, held against a plain list that is sorted.
final class EventIndexTest {
    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);

    EventIndexTest() {
        System.out.println("EventIndexTest seed " + seed);
    }

    /// An entry; events of one timestamp stay in the order they were added.
    private record Entry(long timestampMicros, long address) {}

    @Test
    void entries_are_found_by_time_in_the_order_they_were_added() {
        // One timestamp for all, some for many, and so far apart that they fit no word with a
        // place.
        for (long spread : new long[] {1, 50, 1L << 40, Long.MAX_VALUE}) {
            for (int size : new int[] {0, 1, 63, 64, 65, 1_000, 5_000}) {
                List<Entry> plain = new ArrayList<>();
                EventIndex index = new EventIndex(random.nextInt(3));
                for (int i = 0; i < size; i++) {
                    Entry entry = new Entry(random.nextLong(-spread, spread), i * 100L);
                    plain.add(entry);
                    if (random.nextInt(100) == 0) {
                        index.expect(random.nextInt(200));
                    }
                    index.add(entry.timestampMicros(), i, entry.address(), 1, "event-" + i);
                }
                long from = random.nextLong(-spread, spread);
                assertThat(entries(index.within(from, Long.MAX_VALUE)))
                        .as("seed %d, %d entries within %d", seed, size, spread)
                        .isEqualTo(
                                plain.stream()
                                        .filter(entry -> entry.timestampMicros() >= from)
                                        .sorted(Comparator.comparingLong(Entry::timestampMicros))
                                        .toList());
            }
        }
    }

    private static List<Entry> entries(long[] words) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < words.length; at += EventIndex.WORDS) {
            entries.add(new Entry(words[at], words[at + 2]));
        }
        return entries;
    }
}
