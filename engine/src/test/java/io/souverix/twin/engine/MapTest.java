package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.graph.layout.Area;
import io.souverix.twin.core.graph.layout.Area.Level;
import io.souverix.twin.core.graph.layout.Home;
import io.souverix.twin.core.graph.layout.Lattice;
import io.souverix.twin.core.graph.layout.LayoutBytes;
import io.souverix.twin.core.graph.layout.NodeBits;
import io.souverix.twin.core.graph.layout.Rect;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The map: who has a slot keeps it, whatever comes, goes or is restarted. `-Dseed=N`.
final class MapTest {
    private static final Instant NOW = Facts.START.plusSeconds(100_000);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

    private static long seed(String test) {
        long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.println("MapTest " + test + " seed " + seed);
        return seed;
    }

    private static Home home(Random random, int number) {
        int zone = random.nextInt(1 + random.nextInt(9));
        return new Home(
                "n" + number,
                random.nextInt(20) == 0 ? null : "r" + zone % 3,
                random.nextInt(20) == 0 ? null : "z" + zone,
                "c" + random.nextInt(3));
    }

    @Test
    void slots_never_move_and_areas_nest_without_overlapping() {
        Random random = new Random(seed("slots"));
        for (int round = 0; round < 20; round++) {
            List<Home> homes = new ArrayList<>();
            int first = random.nextInt(400);
            for (int i = 0; i < first; i++) {
                homes.add(home(random, i));
            }
            Lattice lattice = new Lattice(homes);
            Map<Home, String> slots = new HashMap<>();
            requireSound(lattice, slots);
            for (int i = 0; i < 600; i++) {
                var _ = lattice.add(home(random, first + i));
                if (i % 50 == 0) {
                    requireSound(lattice, slots);
                }
            }
            requireSound(lattice, slots);
        }
    }

    private static void requireSound(Lattice lattice, Map<Home, String> before) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < lattice.size(); i++) {
            String slot = lattice.x(i) + "," + lattice.y(i);
            assertThat(taken.add(slot)).as("a slot of its own").isTrue();
            String standing = before.putIfAbsent(lattice.home(i), slot);
            assertThat(standing == null || standing.equals(slot)).as("moved").isTrue();
            Home home = lattice.home(i);
            assertThat(lattice.find(home.id(), home.region(), home.zone())).isEqualTo(i);
            assertThat(inside(new Rect(lattice.x(i), lattice.y(i), 1, 1), lattice.cluster(i)))
                    .isTrue();
            assertThat(lattice.x(i)).isLessThan(lattice.width());
            assertThat(lattice.y(i)).isLessThan(lattice.height());
        }
        for (Level level : Level.values()) {
            Set<String> covered = new HashSet<>();
            for (Area area : lattice.areas()) {
                if (area.level() == level) {
                    area.rects().forEach(rect -> requireFree(rect, covered));
                    Area above = area.above();
                    assertThat(
                                    above == null
                                            || area.rects().stream()
                                                    .allMatch(rect -> inside(rect, above)))
                            .isTrue();
                }
            }
        }
    }

    private static void requireFree(Rect rect, Set<String> covered) {
        for (int x = 0; x < rect.width(); x++) {
            for (int y = 0; y < rect.height(); y++) {
                assertThat(covered.add((rect.x() + x) + "," + (rect.y() + y))).isTrue();
            }
        }
    }

    private static boolean inside(Rect rect, Area area) {
        return area.rects().stream()
                .anyMatch(outer ->
                        rect.x() >= outer.x()
                                && rect.y() >= outer.y()
                                && rect.x() + rect.width() <= outer.x() + outer.width()
                                && rect.y() + rect.height() <= outer.y() + outer.height());
    }

    @Test
    void a_packed_map_is_compact_and_leaves_a_quarter_of_its_slots_spare() {
        Random random = new Random(seed("packed"));
        List<Home> homes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            homes.add(new Home("n" + i, "r" + i % 4, "z" + i % 40, "c" + random.nextInt(3)));
        }
        Lattice lattice = new Lattice(homes);
        long slots = 0;
        for (Area area : lattice.areas()) {
            if (area.level() == Level.CLUSTER) {
                assertThat(area.rects()).hasSize(1);
                slots += area.rects().getFirst().area();
            }
        }
        assertThat(slots).isBetween(20_000L * 4 / 3, 20_000L * 3 / 2);
        assertThat(lattice.width() * lattice.height()).isLessThan(20_000 * 2);
        assertThat((double) lattice.width() / lattice.height()).isBetween(0.5, 2.0);
    }

    private TwinEngine open(Path directory) {
        return TwinEngine.open(
                directory,
                EngineOptions.defaults().withShards(2).withClock(now::get),
                TwinEngine.Progress.SILENT);
    }

    private static String registered(String node, String zone, long second) {
        return Facts.node(
                node,
                "reg-" + second,
                second,
                "node_registered",
                "{'component_type':'core','region':'r','zone':'%s'}".formatted(zone));
    }

    /// Where every home stands.
    private static Map<String, String> slots(TwinEngine engine, AsOf at) {
        return engine.graph()
                .map(
                        at,
                        (lattice, stamp) -> {
                            Map<String, String> slots = new TreeMap<>();
                            for (int i = 0; i < lattice.size(); i++) {
                                Home home = lattice.home(i);
                                slots.put(
                                        stamp.revision() + " " + home.id() + " " + home.zone(),
                                        i + " " + lattice.x(i) + " " + lattice.y(i));
                            }
                            return slots;
                        });
    }

    @Test
    void nodes_keep_their_slots_over_additions_moves_removals_and_restarts(
            @TempDir Path directory) {
        Random random = new Random(seed("restarts"));
        TwinEngine engine = open(directory);
        try {
            Map<String, String> before = Map.of();
            for (int step = 0; step < 12; step++) {
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    String node = "n" + random.nextInt(150);
                    long second = step * 100L + i;
                    lines.add(
                            random.nextInt(8) == 0
                                    ? Facts.node(
                                            node,
                                            "d" + second,
                                            second,
                                            "decommissioning_completed",
                                            "{}")
                                    : registered(node, "z" + random.nextInt(4), second));
                }
                var _ = Lines.append(engine, lines);
                if (random.nextInt(3) == 0) {
                    engine.close();
                    engine = open(directory);
                }
                Map<String, String> slots = slots(engine, AsOf.PRESENT);
                assertThat(slots).containsAllEntriesOf(before);
                before = slots;
            }
            engine.close();
            engine = open(directory);
            assertThat(slots(engine, AsOf.PRESENT)).isEqualTo(before);
        } finally {
            engine.close();
        }
    }

    @Test
    void a_new_revision_holds_from_its_instant_on_and_the_past_keeps_its_own(
            @TempDir Path directory) {
        long past = Times.micros(NOW);
        TwinEngine engine = open(directory);
        var _ = Lines.append(engine, List.of(registered("b", "z", 1), registered("c", "z", 2)));
        Map<String, String> first = slots(engine, AsOf.PRESENT);
        var _ = Lines.append(engine, List.of(registered("a", "z", 3)));
        assertThat(slots(engine, AsOf.PRESENT)).containsAllEntriesOf(first).hasSize(3);
        now.set(NOW.plusSeconds(60));
        assertThat(engine.graph().repack()).isEqualTo(2);
        Map<String, String> second = slots(engine, AsOf.PRESENT);
        assertThat(second.keySet()).containsExactly("2 a z", "2 b z", "2 c z");
        assertThat(slots(engine, AsOf.at(past))).containsAllEntriesOf(first).hasSize(3);
        engine.close();
        engine = open(directory);
        assertThat(slots(engine, AsOf.PRESENT)).isEqualTo(second);
        assertThat(slots(engine, AsOf.at(past))).containsAllEntriesOf(first).hasSize(3);
        engine.close();
    }

    @Test
    void a_damaged_map_goes_on_with_what_stands_before_the_damage(@TempDir Path directory)
            throws IOException {
        TwinEngine engine = open(directory);
        var _ = Lines.append(engine, List.of(registered("a", "z", 1)));
        Map<String, String> first = slots(engine, AsOf.PRESENT);
        var _ = Lines.append(engine, List.of(registered("b", "z", 2)));
        Map<String, String> both = slots(engine, AsOf.PRESENT);
        engine.close();
        Path file = directory.resolve("presentation").resolve("map");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        engine = open(directory);
        assertThat(slots(engine, AsOf.PRESENT)).containsAllEntriesOf(first).isEqualTo(both);
        assertThat(file.resolveSibling("map.damaged")).exists();
        engine.close();
        engine = open(directory);
        assertThat(slots(engine, AsOf.PRESENT)).isEqualTo(both);
        engine.close();
    }

    @Test
    void bytes_say_what_the_lattice_and_the_states_say() {
        try (TwinEngine engine =
                TwinEngine.inMemory(EngineOptions.defaults().withShards(2).withClock(now::get))) {
            var _ =
                    Lines.append(
                            engine,
                            List.of(
                                    registered("a", "z1", 1),
                                    registered("bb", "z2", 2),
                                    Facts.state("a", "s1", 10, "live"),
                                    Facts.state("bb", "s2", 10, "live"),
                                    Facts.state("bb", "s3", 20, "autonomous"),
                                    registered("bb", "z3", 30)));
            ByteBuffer layout =
                    ByteBuffer.wrap(engine.graph().map(AsOf.PRESENT, LayoutBytes::layout))
                            .order(ByteOrder.LITTLE_ENDIAN);
            assertThat(ascii(layout, 0, 4)).isEqualTo("TWL1");
            assertThat(layout.getInt(8)).as("revision").isEqualTo(1);
            assertThat(layout.getInt(12)).as("homes").isEqualTo(2);
            assertThat(layout.getLong(24)).as("at").isEqualTo(Times.micros(NOW));
            assertThat(ascii(layout, layout.capacity() - 3, 3)).as("ids").isEqualTo("abb");
            ByteBuffer states =
                    ByteBuffer.wrap(
                                    engine.graph()
                                            .states(
                                                    AsOf.PRESENT,
                                                    (column, _, stamp) ->
                                                            LayoutBytes.states(column, stamp)))
                            .order(ByteOrder.LITTLE_ENDIAN);
            assertThat(ascii(states, 0, 4)).isEqualTo("TWS1");
            assertThat(states.capacity()).isEqualTo(64 + 2 * 2);
            assertThat(states.getShort(64) & 7).as("live").isZero();
            assertThat(states.getShort(66) & 7).as("autonomous").isEqualTo(3);
            assertThat(states.getShort(66) >> 10 & 15).as("a day of debt").isEqualTo(9);
        }
    }

    private static String ascii(ByteBuffer bytes, int at, int length) {
        byte[] text = new byte[length];
        bytes.get(at, text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    @Test
    void a_difference_has_what_changed_and_homes_without_their_node_are_absent() {
        try (TwinEngine engine =
                TwinEngine.inMemory(EngineOptions.defaults().withShards(2).withClock(now::get))) {
            var _ =
                    Lines.append(
                            engine,
                            List.of(
                                    registered("a", "z1", 1),
                                    Facts.state("a", "s1", 2, "live"),
                                    registered("b", "z1", 1),
                                    registered("b", "z2", 50)));
            long base = Times.micros(Facts.START.plusSeconds(10));
            byte[] bytes =
                    engine.graph()
                            .difference(
                                    base,
                                    AsOf.at(Times.micros(Facts.START.plusSeconds(60))),
                                    (before, after, stamp) ->
                                            LayoutBytes.difference(before, after, base, stamp));
            ByteBuffer delta = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(delta.getShort(6)).isEqualTo((short) 1);
            assertThat(delta.getLong(48)).isEqualTo(base);
            int changed = delta.getInt(44);
            assertThat(changed).as("b left one home and came to another").isEqualTo(2);
            Set<Boolean> absent = new HashSet<>();
            for (int i = 0; i < changed; i++) {
                int bits = delta.getShort(64 + changed * 4 + i * 2) & 0xffff;
                absent.add(bits == NodeBits.ABSENT);
            }
            assertThat(absent).containsExactlyInAnyOrder(true, false);
        }
    }
}
