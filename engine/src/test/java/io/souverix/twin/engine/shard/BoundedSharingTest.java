package io.souverix.twin.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// JSON that is known by its bytes. `-Dseed=N`.
class BoundedSharingTest {
    /// More than are kept.
    private static final int VALUES = 20_000;

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    @Test
    void values_that_come_again_are_the_same_and_others_are_what_their_bytes_say()
            throws JsonFault {
        System.out.println("BoundedSharingTest seed " + seed);
        Random random = new Random(seed);
        BoundedSharing sharing = new BoundedSharing();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            // Around the shortest and the longest that are known by their bytes.
            int length = random.nextInt(10) == 0 ? 2_000 + random.nextInt(80) : random.nextInt(120);
            texts.add(
                    "{\"n\":" + random.nextInt(VALUES) + ",\"x\":\"" + "x".repeat(length) + "\"}");
        }
        for (int round = 0; round < 2; round++) {
            for (String text : texts) {
                byte[] around = ("  " + text + "  ").getBytes(StandardCharsets.UTF_8);
                Json value = sharing.json(around, 2, around.length - 4);
                assertThat(value).as("seed " + seed).hasToString(text);
                assertThat(sharing.json(around, 2, around.length - 4)).isSameAs(value);
            }
        }
    }
}
