package io.souverix.twin.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/// Sets of places, few and many, beside a plain one. `-Dseed=N`.
final class PlaceSetTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    private static RoaringBitmap bitmap(Set<Integer> places) {
        return RoaringBitmap.bitmapOf(places.stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    void whatever_is_added_and_removed_it_holds_the_same_as_a_plain_set() {
        System.out.println("PlaceSetTest seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            String seed = "seed " + SEED + ", round " + round;
            int most = 1 + random.nextInt(random.nextBoolean() ? PlaceSet.FEW : 200_000);
            PlaceSet set = new PlaceSet();
            TreeSet<Integer> plain = new TreeSet<>();
            PlaceSet other = new PlaceSet();
            TreeSet<Integer> plainOther = new TreeSet<>();
            for (int step = random.nextInt(80); step > 0; step--) {
                int place = random.nextInt(most);
                switch (random.nextInt(8)) {
                    case 0, 1 -> {
                        set.remove(place);
                        plain.remove(place);
                    }
                    case 2, 3 -> {
                        other.add(place);
                        plainOther.add(place);
                    }
                    default -> {
                        set.add(place);
                        plain.add(place);
                    }
                }
                assertThat(set.isEmpty()).as(seed).isEqualTo(plain.isEmpty());
                assertThat(set.bitmap()).as(seed).isEqualTo(bitmap(plain));
            }
            RoaringBitmap both = RoaringBitmap.and(bitmap(plain), bitmap(plainOther));
            assertThat(set.and(bitmap(plainOther))).as(seed).isEqualTo(both);
            RoaringBitmap all = RoaringBitmap.or(bitmap(plain), bitmap(plainOther));
            assertThat(PlaceSet.or(List.of(set, other))).as(seed).isEqualTo(all);
            assertThat(PlaceSet.or(List.of(set))).as(seed).isEqualTo(bitmap(plain));
            assertThat(PlaceSet.or(List.of()).isEmpty()).isTrue();
            assertThat(set.bitmap()).as(seed).isEqualTo(bitmap(plain));
            assertThat(other.bitmap()).as(seed).isEqualTo(bitmap(plainOther));
        }
    }
}
