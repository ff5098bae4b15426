package io.souverix.twin.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IdOrderTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    @Test
    void however_nodes_are_added_they_stand_in_the_order_of_their_ids() {
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            String seed = "seed " + SEED + ", round " + round;
            Roster roster = new Roster();
            Residence residence = new Residence(null, Long.MAX_VALUE);
            TreeMap<String, Node> expected = new TreeMap<>();
            IdOrder order = IdOrder.of(roster);
            for (int part = random.nextInt(5); part >= 0; part--) {
                for (int added = random.nextInt(20); added > 0; added--) {
                    Node node = new Node("n" + random.nextInt(1_000), residence);
                    if (expected.putIfAbsent(node.id, node) == null) {
                        roster.add(node);
                    }
                }
                order = order.upToDate();
                List<Node> all = new ArrayList<>();
                order.forEach(all::add);
                assertThat(all).as(seed).containsExactlyElementsOf(expected.values());
                String from = random.nextInt(4) == 0 ? null : "n" + random.nextInt(1_000);
                int most = random.nextInt(30);
                List<Node> next =
                        (from == null ? expected : expected.tailMap(from, false))
                                .values().stream().limit(most).toList();
                assertThat(order.next(from, most)).as(seed).containsExactlyElementsOf(next);
                assertThat(order.idsAfter(from, most))
                        .as(seed)
                        .containsExactlyElementsOf(next.stream().map(node -> node.id).toList());
                IdOrder now = order;
                assertThat(IntStream.range(0, now.size()))
                        .as(seed)
                        .allMatch(place -> now.node(now.rank(place)).place == place);
            }
        }
    }
}
