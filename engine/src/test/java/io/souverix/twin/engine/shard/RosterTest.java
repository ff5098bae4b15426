package io.souverix.twin.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.derived.HeadPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes of the store, made when they are asked for. `-Dseed=N`.
final class RosterTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    private static final int NODES = 2_500;

    @TempDir Path directory;

    private final Residence residence = new Residence(null, Long.MAX_VALUE);
    private final Random random = new Random(SEED);
    private final TreeMap<String, Long> events = new TreeMap<>();
    private final Roster roster = new Roster();

    /// A roster of nodes that a store tells of.
    private void restore() {
        System.out.println("RosterTest seed " + SEED);
        try (DerivedStore store = DerivedStore.open(directory);
                DerivedStore.Batch batch = new DerivedStore.Batch()) {
            while (events.size() < NODES) {
                Node node = new Node("n-" + random.nextInt(1_000_000), residence);
                node.events = random.nextLong(1_000);
                events.put(node.id, node.events);
                batch.head(node.id, Heads.write(node, List.of(), new StateWriter(), 0));
            }
            store.write(batch);
            Restored restored = new Restored(Sharing.NONE, residence, random.nextInt(NODES * 2));
            roster.restore(restored, random.nextInt(NODES * 2));
            store.heads(1, _ -> 0, (_, page) -> page == null ? new HeadPage() : take(page));
        }
        roster.served();
    }

    private HeadPage take(HeadPage page) {
        for (int head = 0; head < page.count(); head++) {
            var _ = roster.add(page.bytes(), page.idFrom(head), page.from(head));
            Restored restored = roster.restored();
            assertThat(restored).isNotNull();
            var _ = restored.add(page, head);
        }
        return page;
    }

    private long made() {
        long made = 0;
        for (int place = 0; place < roster.size(); place++) {
            made += roster.made(place) == null ? 0 : 1;
        }
        return made;
    }

    @Test
    void nodes_that_nobody_asked_for_are_found_and_ordered_and_not_made() {
        restore();
        IdOrder order = IdOrder.of(roster).upToDate();
        assertThat(order.idsAfter(null, NODES)).containsExactlyElementsOf(events.keySet());
        for (int rank = 0; rank < order.size(); rank++) {
            assertThat(order.rank(order.place(rank))).isEqualTo(rank);
        }
        assertThat(events.keySet()).allMatch(roster::has);
        assertThat(roster.has("n-none")).isFalse();
        assertThat(roster.facets(0)).isNull();
        assertThat(made()).isZero();
    }

    @Test
    void several_who_ask_at_once_get_the_same_node_and_what_they_were_made_of_is_let_go()
            throws Exception {
        restore();
        List<String> ids = new ArrayList<>(events.keySet());
        List<Callable<List<Node>>> askers = new ArrayList<>();
        for (int asker = 0; asker < 4; asker++) {
            List<String> order = new ArrayList<>(ids);
            Collections.shuffle(order, new Random(SEED + asker % 2));
            askers.add(() -> order.stream().map(roster::named).sorted(byPlace()).toList());
        }
        try (ExecutorService several = Executors.newFixedThreadPool(askers.size())) {
            List<Node> first = null;
            for (Future<List<Node>> asked : several.invokeAll(askers)) {
                List<Node> nodes = asked.get();
                for (Node node : nodes) {
                    assertThat(node.events)
                            .as("seed " + SEED + ", " + node.id)
                            .isEqualTo(events.get(node.id));
                    assertThat(roster.node(node.place)).isSameAs(node);
                }
                assertThat(first == null || isSame(first, nodes)).as("seed " + SEED).isTrue();
                first = nodes;
            }
        }
        assertThat(made()).isEqualTo(NODES);
        assertThat(roster.restored()).isNull();
    }

    private static Comparator<Node> byPlace() {
        return Comparator.comparingInt(node -> node.place);
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the very same
    private static boolean isSame(List<Node> a, List<Node> b) {
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) != b.get(i)) {
                return false;
            }
        }
        return a.size() == b.size();
    }
}
