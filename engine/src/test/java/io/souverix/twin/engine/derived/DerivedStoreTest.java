package io.souverix.twin.engine.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// What is told of each part of the nodes, by id, in the order it came.
    private static List<Map<String, byte[]>> heads(DerivedStore store, int parts) {
        List<Map<String, byte[]>> heads = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            heads.add(new LinkedHashMap<>());
        }
        store.heads(
                parts,
                hash -> Math.floorMod(hash, parts),
                (part, page) -> {
                    if (page == null) {
                        return new HeadPage();
                    }
                    for (int i = 0; i < page.count(); i++) {
                        byte[] head = Arrays.copyOfRange(page.bytes(), page.from(i), page.to(i));
                        String id =
                                new String(
                                        page.bytes(),
                                        page.idFrom(i),
                                        page.from(i) - page.idFrom(i),
                                        StandardCharsets.UTF_8);
                        assertThat(heads.get(part).put(id, head)).isNull();
                    }
                    return page;
                });
        return heads;
    }

    @Test
    void every_head_comes_once_in_the_order_of_the_ids_of_its_part() {
        fill(new Random(seed));
        try (DerivedStore store = DerivedStore.open(directory)) {
            List<Map<String, byte[]>> parts = heads(store, 3);
            int count = 0;
            for (int part = 0; part < parts.size(); part++) {
                List<String> ids = List.copyOf(parts.get(part).keySet());
                assertThat(ids).isSorted();
                for (String id : ids) {
                    assertThat(Math.floorMod(id.hashCode(), 3)).isEqualTo(part);
                    assertThat(parts.get(part).get(id)).isEqualTo(store.node(id));
                }
                count += ids.size();
            }
            assertThat(count).isEqualTo(HEADS);
        }
    }

    @Test
    void a_head_longer_than_a_page_and_an_id_longer_than_others_come_whole() {
        byte[] large = new byte[1_000_000];
        new Random(seed).nextBytes(large);
        String id = "n".repeat(1_000);
        try (DerivedStore store = DerivedStore.open(directory);
                DerivedStore.Batch batch = new DerivedStore.Batch()) {
            batch.head("a", new byte[] {1});
            batch.head("m", large);
            batch.head(id, new byte[] {2});
            batch.head("z", new byte[0]);
            store.write(batch);
            Map<String, byte[]> heads = heads(store, 1).getFirst();
            assertThat(heads.keySet()).containsExactly("a", "m", id, "z");
            assertThat(heads.get("m")).isEqualTo(large);
            assertThat(heads.get(id)).containsExactly(2);
            assertThat(heads.get("z")).isEmpty();
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
            assertThatThrownBy(() -> heads(store, 2))
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
