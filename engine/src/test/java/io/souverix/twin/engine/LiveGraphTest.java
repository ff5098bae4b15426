package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.graph.Direction;
import io.souverix.twin.core.graph.FleetGraph;
import io.souverix.twin.core.graph.Follow;
import io.souverix.twin.core.graph.Walks;
import io.souverix.twin.engine.graph.GraphQueries.Asked;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The graph of the present beside writers: what was acknowledged is in it at once, and it is always
/// of one state. `-Dseed=N`.
final class LiveGraphTest {
    private static final int NODES = 40;
    private static final int BATCHES = 60;
    private static final Follow OUT = new Follow(List.of(), Direction.OUT, false);
    private static final Follow IN = new Follow(List.of(), Direction.IN, false);

    private static Set<String> next(Asked asked, String id, Follow follow) {
        FleetGraph graph = asked.graph();
        Walks.Reached reached = asked.walks().around(graph, graph.find(id), 1, follow);
        return IntStream.of(reached.numbers())
                .skip(1)
                .mapToObj(graph::id)
                .collect(Collectors.toSet());
    }

    @Test
    void a_ring_that_turns_while_it_is_read_is_whole_at_every_moment()
            throws InterruptedException, ExecutionException {
        long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.println("LiveGraphTest seed " + seed);
        AtomicBoolean done = new AtomicBoolean();
        try (TwinEngine engine = TwinEngine.inMemory(EngineOptions.defaults().withShards(3));
                ExecutorService readers = Executors.newFixedThreadPool(3)) {
            var _ = Lines.append(engine, turn(0, 1));
            List<Future<Long>> reading = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Random random = new Random(seed + i);
                reading.add(readers.submit(() -> readUntil(engine, done, random)));
            }
            for (int batch = 1; batch < BATCHES; batch++) {
                int step = 1 + batch % (NODES - 1);
                var _ = Lines.append(engine, turn(batch, step));
                String node = "n" + batch % NODES;
                String expected = "n" + (batch % NODES + step) % NODES;
                Set<String> found =
                        engine.graph().ask(AsOf.PRESENT, asked -> next(asked, node, OUT));
                assertThat(found).as("what was acknowledged").containsExactly(expected);
            }
            done.set(true);
            for (Future<Long> each : reading) {
                assertThat(each.get()).isPositive();
            }
        }
    }

    /// Every node lets go of its neighbour and takes the one so many steps on.
    private static List<String> turn(int batch, int step) {
        List<String> lines = new ArrayList<>();
        int before = batch == 0 ? 0 : 1 + (batch - 1) % (NODES - 1);
        for (int node = 0; node < NODES; node++) {
            String id = "n" + node;
            lines.add(link(id, "a" + batch, batch * 2L + 1, "relationship_added", node + step));
            if (batch > 0 && before != step) {
                lines.add(link(id, "r" + batch, batch * 2L, "relationship_removed", node + before));
            }
        }
        return lines;
    }

    private static String link(String node, String id, long second, String type, int to) {
        return Facts.node(
                node, id, second, type, "{'to':'n%d','type':'ring'}".formatted(to % NODES));
    }

    /// Every edge that is seen from one end is seen from the other, in one question.
    private static long readUntil(TwinEngine engine, AtomicBoolean done, Random random) {
        long read = 0;
        do {
            String node = "n" + random.nextInt(NODES);
            boolean whole =
                    engine.graph()
                            .ask(
                                    AsOf.PRESENT,
                                    asked ->
                                            next(asked, node, OUT).stream()
                                                            .allMatch(end ->
                                                                    next(asked, end, IN)
                                                                            .contains(node))
                                                    && !next(asked, node, OUT).isEmpty());
            assertThat(whole).isTrue();
            read++;
        } while (!done.get());
        return read;
    }
}
