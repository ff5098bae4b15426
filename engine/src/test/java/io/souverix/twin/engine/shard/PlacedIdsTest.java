package io.souverix.twin.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Ids by place and places by id. `-Dseed=N`.
final class PlacedIdsTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    @Test
    void however_they_are_added_each_id_is_found_at_its_place_and_no_other_is() {
        System.out.println("PlacedIdsTest seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 40; round++) {
            String seed = "seed " + SEED + ", round " + round;
            PlacedIds ids = new PlacedIds();
            if (random.nextBoolean()) {
                ids.expect(random.nextInt(3_000));
            }
            List<String> placed = new ArrayList<>();
            Map<String, Integer> places = new HashMap<>();
            for (int left = random.nextInt(3_000); left > 0; left--) {
                String id = id(random);
                assertThat(ids.find(id)).as(seed).isEqualTo(places.getOrDefault(id, -1));
                if (places.putIfAbsent(id, placed.size()) == null) {
                    placed.add(id);
                    assertThat(add(ids, id, random)).as(seed).isEqualTo(placed.size() - 1);
                }
            }
            assertThat(ids.size()).as(seed).isEqualTo(placed.size());
            for (int place = 0; place < placed.size(); place++) {
                String id = placed.get(place);
                assertThat(ids.text(place)).as(seed).isEqualTo(id);
                assertThat(ids.find(id)).as(seed).isEqualTo(place);
                int other = random.nextInt(placed.size());
                assertThat(Integer.signum(ids.compare(place, other)))
                        .as(seed)
                        .isEqualTo(Integer.signum(id.compareTo(placed.get(other))));
            }
        }
    }

    private static int add(PlacedIds ids, String id, Random random) {
        if (random.nextBoolean()) {
            return ids.add(id);
        }
        byte[] text = ("<" + id + ">").getBytes(StandardCharsets.US_ASCII);
        return ids.add(text, 1, text.length - 1);
    }

    /// Few characters, so that some begin alike, and "Aa" and "BB", whose hashes are equal.
    private static String id(Random random) {
        StringBuilder id = new StringBuilder("n-");
        for (int i = random.nextInt(12); i >= 0; i--) {
            id.append(List.of("Aa", "BB", "7", ".").get(random.nextInt(4)));
        }
        return id.toString();
    }
}
