package io.souverix.twin.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountedLongsTest {
    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);

    CountedLongsTest() {
        System.out.println("CountedLongsTest seed " + seed);
    }

    @Test
    void several_sets_tell_what_a_sorted_list_of_all_their_numbers_tells() {
        for (long spread : new long[] {3, 200, 50_000, Long.MAX_VALUE}) {
            List<CountedLongs> sets = List.of(new CountedLongs(), new CountedLongs());
            List<List<Long>> plain = List.of(new ArrayList<>(), new ArrayList<>());
            for (int step = 0; step < 6_000; step++) {
                int set = random.nextInt(2);
                // It grows first and shrinks then, over many runs' worth of numbers.
                boolean adds = random.nextInt(6_000) > step / 2 + 1_000;
                if (adds || plain.get(set).isEmpty()) {
                    long number = random.nextLong(-spread, spread);
                    sets.get(set).add(number, 1);
                    plain.get(set).add(number);
                } else {
                    List<Long> numbers = plain.get(set);
                    int gone = random.nextInt(numbers.size());
                    long number = numbers.set(gone, numbers.getLast());
                    numbers.removeLast();
                    sets.get(set).add(number, -1);
                }
                if (step % 97 == 0) {
                    requireSame(sets, plain);
                }
            }
            for (int set = 0; set < 2; set++) {
                for (long number : plain.get(set)) {
                    sets.get(set).add(number, -1);
                }
                plain.get(set).clear();
            }
            requireSame(sets, plain);
        }
    }

    private void requireSame(List<CountedLongs> sets, List<List<Long>> plain) {
        long[] all =
                plain.stream().flatMap(List::stream).mapToLong(Long::longValue).sorted().toArray();
        String shown = "seed " + seed;
        long count = sets.get(0).count() + sets.get(1).count();
        assertThat(count).as(shown).isEqualTo(all.length);
        if (all.length == 0) {
            return;
        }
        assertThat(CountedLongs.smallest(sets)).as(shown).isEqualTo(all[0]);
        assertThat(CountedLongs.largest(sets)).as(shown).isEqualTo(all[all.length - 1]);
        int rank = random.nextInt(all.length);
        assertThat(CountedLongs.select(sets, rank)).as(shown).isEqualTo(all[rank]);
        long bound = all[random.nextInt(all.length)];
        long excess = Arrays.stream(all).filter(number -> number > bound).map(n -> n - bound).sum();
        assertThat(sets.get(0).excessAbove(bound) + sets.get(1).excessAbove(bound))
                .as(shown)
                .isEqualTo(excess);
    }

    @Test
    void a_number_that_is_not_there_cannot_be_removed() {
        CountedLongs set = new CountedLongs();
        assertThatThrownBy(() -> set.add(7, -1)).hasMessage("found no 7 to remove");
        set.add(7, 1);
        set.add(9, 1);
        assertThatThrownBy(() -> set.add(8, -1)).hasMessage("found no 8 to remove");
        assertThatThrownBy(() -> set.add(1, -1)).hasMessage("found no 1 to remove");
    }

    @Test
    void a_rank_beyond_all_numbers_is_refused() {
        CountedLongs set = new CountedLongs();
        set.add(5, 1);
        assertThat(CountedLongs.select(List.of(set), 0)).isEqualTo(5);
        assertThatThrownBy(() -> CountedLongs.select(List.of(set), 1))
                .hasMessage("found rank 1 of 1 numbers");
    }
}
