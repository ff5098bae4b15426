package io.souverix.twin.engine.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The derived store alone: what is read back, and how damage is found. `-Dseed=N`.
final class DerivedStoreTest {
    private static final int HEADS = 4_000;

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    @TempDir Path directory;

    private void fill(Random random) {
        try (DerivedStore store = DerivedStore.open(directory);
                DerivedStore.Batch batch = new DerivedStore.Batch()) {
            for (int i = 0; i < HEADS; i++) {
                byte[] head = new byte[100];
                random.nextBytes(head);
                batch.head("node-" + i, head);
                batch.node("node-" + i, head);
            }
            store.flush(batch);
        }
    }

    @Test
    void heads_come_in_the_order_of_their_ids_and_only_those_that_are_wanted() {
        fill(new Random(seed));
        try (DerivedStore store = DerivedStore.open(directory)) {
            List<String> ids = new ArrayList<>();
            store.heads(
                    hash -> (hash & 1) == 0,
                    (id, head) -> {
                        assertThat(id.hashCode() & 1).isZero();
                        assertThat(head).isEqualTo(store.node(id));
                        ids.add(id);
                    });
            assertThat(ids).isSorted();
            assertThat(ids).hasSizeBetween(1, HEADS - 1);
        }
    }

    @Test
    void damage_that_a_read_finds_is_remembered_at_the_next_opening() throws IOException {
        System.out.println("DerivedStoreTest seed " + seed);
        Random random = new Random(seed);
        fill(random);
        Path table = table();
        byte[] bytes = Files.readAllBytes(table);
        // Within the heads, which come before the states and are as long as they are.
        bytes[bytes.length / 10 + random.nextInt(bytes.length / 4)] ^=
                (byte) (1 << random.nextInt(8));
        Files.write(table, bytes);
        try (DerivedStore store = DerivedStore.open(directory)) {
            assertThatThrownBy(() -> store.heads(_ -> true, (_, _) -> {}))
                    .as("seed " + seed)
                    .isInstanceOf(DerivedException.class);
        }
        assertThatThrownBy(() -> DerivedStore.open(directory))
                .isInstanceOf(DerivedException.class)
                .hasMessageContaining("damage was found");
    }

    private Path table() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst")).findFirst().orElseThrow();
        }
    }
}
