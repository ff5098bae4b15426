package io.souverix.twin.engine;

import static io.souverix.twin.engine.TwinEngine.Progress.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.AttentionQueries.Filter;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.log.SimulatedDisk;
import io.souverix.twin.engine.log.SimulatedLog;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Cutting.Dropped;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.Meaning;
import io.souverix.twin.engine.shard.Queries.Accepted;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Start.CountedBy;
import io.souverix.twin.engine.shard.StoredEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start takes over of how nodes were counted, and what it counts anew.
final class StartTest {
    private static final byte[] DOCUMENT =
            """
            {"bomFormat":"CycloneDX","specVersion":"1.6","components":[]}\
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final EngineOptions options =
            EngineOptions.defaults()
                    .withShards(2)
                    .withClock(InstantSource.fixed(Facts.START.plusSeconds(60)))
                    .withTwinBytes(1);

    @TempDir Path directory;

    private TwinEngine open(boolean checkpoints) {
        return TwinEngine.open(
                directory, options.withCheckpoints(Long.MAX_VALUE, checkpoints), SILENT);
    }

    private static JsonObject trust(TwinEngine engine) {
        return engine.projection(Projection.TRUST, List.of(), false, AsOf.PRESENT)
                .with("position", null);
    }

    private static JsonObject versions(TwinEngine engine) {
        return engine.projection(Projection.DRIFT, List.of(), false, AsOf.PRESENT)
                .with("position", null);
    }

    private static String digest() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(DOCUMENT);
        return "sha256:" + HexFormat.of().formatHex(hash);
    }

    private static String update(String node) throws Exception {
        return Facts.node(
                node,
                "u",
                2,
                "update_completed",
                "{'version':'1.0.0','sbom_hash':'" + digest() + "'}");
    }

    private static String registered(String node) {
        return Facts.node(
                node,
                "r",
                1,
                "node_registered",
                "{'component_type':'app','region':'r','zone':'z'}");
    }

    @Test
    void a_document_stored_after_the_last_checkpoint_counts_at_the_next_start() throws Exception {
        try (TwinEngine engine = open(true)) {
            var _ = Lines.append(engine, List.of(registered("n-1"), update("n-1")));
        }
        JsonObject without;
        JsonObject with;
        try (TwinEngine engine = open(false)) {
            without = trust(engine);
            var _ = engine.trustQueries().put(digest(), new ByteArrayInputStream(DOCUMENT));
            with = trust(engine);
        }
        assertThat(with).isNotEqualTo(without);
        try (TwinEngine engine = open(true)) {
            assertThat(trust(engine)).isEqualTo(with);
        }
        try (TwinEngine engine = open(true)) {
            assertThat(trust(engine)).isEqualTo(with);
        }
    }

    @Test
    void a_release_published_after_the_last_checkpoint_counts_at_the_next_start() throws Exception {
        String desired =
                Facts.node("n-1", "d", 3, "update_initiated", "{'target_version':'1.0.1'}");
        try (TwinEngine engine = open(true)) {
            var _ = Lines.append(engine, List.of(registered("n-1"), update("n-1"), desired));
        }
        JsonObject after;
        try (TwinEngine engine = open(false)) {
            JsonObject before = versions(engine);
            var _ = Lines.append(engine, List.of(release()));
            after = versions(engine);
            assertThat(after).isNotEqualTo(before);
        }
        for (int opening = 0; opening < 2; opening++) {
            try (TwinEngine engine = open(true)) {
                assertThat(versions(engine)).isEqualTo(after);
                assertThat(engine.verify(SILENT).differences()).isEmpty();
            }
        }
    }

    /// The node is stored while the release stands, and not any more after it was annulled.
    @Test
    void a_catalogue_that_changed_and_changed_back_after_the_last_checkpoint_counts_as_it_is()
            throws Exception {
        String desired =
                Facts.node("n-1", "d", 3, "update_initiated", "{'target_version':'1.0.1'}");
        JsonObject before;
        try (TwinEngine engine = open(true)) {
            var _ = Lines.append(engine, List.of(registered("n-1"), update("n-1"), desired));
            before = versions(engine);
        }
        try (TwinEngine engine = open(false)) {
            var _ = Lines.append(engine, List.of(release()));
            assertThat(versions(engine)).isNotEqualTo(before);
        }
        EngineOptions roomy = options.withTwinBytes(1 << 20).withCheckpoints(Long.MAX_VALUE, false);
        try (TwinEngine engine = TwinEngine.open(directory, roomy, SILENT)) {
            var _ = Lines.append(engine, List.of(annulledRelease()));
            assertThat(versions(engine)).isEqualTo(before);
        }
        for (int opening = 0; opening < 2; opening++) {
            try (TwinEngine engine = open(true)) {
                assertThat(versions(engine)).isEqualTo(before);
                assertThat(engine.verify(SILENT).differences()).isEmpty();
            }
        }
    }

    private static String release() {
        return ofComponent("p", 5, "release_published", "{'version':'1.0.1','security':true}");
    }

    private static String annulledRelease() {
        return ofComponent(
                "a",
                6,
                "event_annulled",
                "{'event_id':'p','event_timestamp':'%s','reason':'wrong'}"
                        .formatted(Facts.START.plusSeconds(5)));
    }

    private static String ofComponent(String id, long second, String type, String payload) {
        String time = Facts.START.plusSeconds(second).toString();
        return Facts.line("component", "app", id, time, type, payload);
    }

    @Test
    void
            what_a_cut_dropped_of_a_node_counts_though_the_node_leaves_memory_before_its_kept_events() {
        Event dropped = Lines.event(Facts.state("n-1", "a", 1, "delayed"));
        Event kept = Lines.event(Facts.state("n-1", "b", 2, "live"));
        Event other = Lines.event(Facts.state("n-2", "a", 1, "live"));
        try (MemoryLog log = new MemoryLog();
                DerivedStore store = DerivedStore.open(directory)) {
            Shard shard =
                    new Shard(
                            options.rules(),
                            new EventRecords(log),
                            store,
                            1,
                            options.twinBytes(),
                            options.meaning());
            shard.start()
                    .dropped(new Dropped("n-1", 1, dropped.hash(), dropped.timestampMicros()), 300);
            // So much of the log that the room for twins is looked at.
            shard.start().replay(new ArrayList<>(List.of(new StoredEvent(other, 100, 0))));
            shard.start().settleReplay();
            shard.start().replay(new ArrayList<>(List.of(new StoredEvent(kept, 200, 0))));
            shard.start()
                    .settle(
                            Catalogue.EMPTY,
                            300,
                            new CountedBy(false, Catalogue.EMPTY, 0, Set.of()),
                            Times.micros(Facts.START.plusSeconds(60)));
            assertThat(shard.queries().accepted())
                    .isEqualTo(
                            new Accepted(3, dropped.hash().plus(kept.hash()).plus(other.hash())));
            assertThat(shard.queries().nodes()).isEqualTo(2);
        }
    }

    /// How often nodes are folded on and counted.
    private record Watching(Meaning sound, AtomicInteger folds, AtomicInteger counts)
            implements Meaning {
        @Override
        public void fold(Twin twin, Event event, long address) {
            folds.incrementAndGet();
            sound.fold(twin, event, address);
        }

        @Override
        public Facets count(TwinView view, @Nullable Facets standing) {
            counts.incrementAndGet();
            return sound.count(view, standing);
        }
    }

    /// The first half of each history came last, and the release by which all are judged behind it.
    private static List<String> lateHistories(int nodes) {
        List<String> lines = new ArrayList<>();
        for (int second : new int[] {4, 5, 6, 1, 2, 3}) {
            for (int i = 0; i < nodes; i++) {
                lines.add(ofHistory("n-" + i, second, i % 2 == 0 ? "live" : "delayed"));
            }
        }
        lines.add(release());
        return lines;
    }

    private static String ofHistory(String node, int second, String state) {
        return switch (second) {
            case 1 -> registered(node);
            case 3 -> Facts.node(node, "u", 3, "update_completed", "{'version':'1.0.0'}");
            case 4 -> Facts.node(node, "d", 4, "update_initiated", "{'target_version':'1.0.1'}");
            default -> Facts.state(node, "s", second, state);
        };
    }

    @Test
    void a_log_that_is_folded_as_a_whole_has_each_node_folded_and_counted_once() throws Exception {
        int nodes = 1_500;
        List<String> lines = lateHistories(nodes);
        List<String> expected;
        try (TwinEngine engine = open(true)) {
            for (int at = 0; at < lines.size(); at += 700) {
                var _ = Lines.append(engine, lines.subList(at, Math.min(at + 700, lines.size())));
            }
            expected = Answers.of(engine);
        }
        // All at once; a few hundred nodes at a time; never the whole history of one.
        for (int replayBytes : new int[] {100 << 20, 300 << 10, 1 << 10}) {
            Foundation.delete(directory.resolve(TwinEngine.DERIVED_DIRECTORY));
            AtomicInteger folds = new AtomicInteger();
            AtomicInteger counts = new AtomicInteger();
            EngineOptions watching =
                    options.withReplayBytes(replayBytes)
                            .withCheckpoints(Long.MAX_VALUE, false)
                            .withMeaning(sound -> new Watching(sound, folds, counts));
            try (TwinEngine engine = TwinEngine.open(directory, watching, SILENT)) {
                if (replayBytes > 1 << 10) {
                    assertThat(folds.get()).isEqualTo(nodes * 6);
                    assertThat(counts.get()).isEqualTo(nodes);
                } else {
                    assertThat(folds.get()).isGreaterThan(nodes * 6);
                }
                Answers.requireSame(Answers.of(engine), expected, replayBytes + " bytes");
            }
        }
    }

    /// Nobody could know of the first when the second was taken, so that both are in the log.
    @Test
    void a_copy_that_came_after_the_state_was_stored_is_no_difference() throws Exception {
        try (TwinEngine engine = open(false)) {
            var _ = Lines.append(engine, List.of(registered("n-1")));
            Event event = Lines.event(Facts.state("n-1", "s", 2, "live"));
            EventBatch copy = engine.prepare(List.of(event));
            assertThat(engine.append(List.of(event)).get().duplicates()).isZero();
            engine.checkpoint();
            assertThat(engine.append(copy).get().duplicates()).isEqualTo(1);
            assertThat(engine.verify(SILENT).differences()).isEmpty();
        }
        for (int opening = 0; opening < 2; opening++) {
            try (TwinEngine engine = open(true)) {
                assertThat(engine.verify(SILENT).differences()).isEmpty();
            }
        }
    }

    /// Nothing but sums and the inbox is asked before the end: no node is made for the questions.
    @Test
    void what_comes_to_nodes_that_nobody_asked_for_counts_as_if_they_had_always_been_there()
            throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Facts.START.plusSeconds(60));
        EngineOptions moving = options.withClock(now::get);
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String id = "n-" + i;
            first.add(
                    Facts.node(
                            id,
                            "r",
                            1,
                            "node_registered",
                            "{'component_type':'app','region':'r-%d','zone':'z-%d'}"
                                    .formatted(i % 2, i % 5)));
            first.add(update(id));
            first.add(Facts.node(id, "d", 3, "update_initiated", "{'target_version':'1.0.1'}"));
            first.add(Facts.state(id, "s", 4, i % 3 == 0 ? "disconnected" : "live"));
        }
        try (TwinEngine alone = TwinEngine.inMemory(moving)) {
            var _ = Lines.append(alone, first);
            for (String claim : List.of(claim("z-1", "a"), claim("r-0", "b"), claim("r-1", "c"))) {
                try (TwinEngine engine = TwinEngine.open(directory, moving, SILENT)) {
                    // The first time all of it.
                    var _ = Lines.append(engine, first);
                }
                try (TwinEngine engine = TwinEngine.open(directory, moving, SILENT)) {
                    requireSameWide(engine, alone, "started again");
                    now.set(now.get().plus(Duration.ofHours(30)));
                    requireSameWide(engine, alone, "time has passed");
                    var _ = Lines.append(engine, List.of(claim));
                    var _ = Lines.append(alone, List.of(claim));
                    requireSameWide(engine, alone, "claimed");
                    var _ = Lines.append(engine, List.of(release()));
                    var _ = Lines.append(alone, List.of(release()));
                    requireSameWide(engine, alone, "released");
                    Answers.requireSame(Answers.of(engine), Answers.of(alone), "each");
                    assertThat(engine.verify(SILENT).differences()).isEmpty();
                }
            }
        }
    }

    private static void requireSameWide(TwinEngine engine, TwinEngine alone, String when) {
        for (Projection projection : Projection.values()) {
            assertThat(wide(engine, projection))
                    .as(when + ", " + projection)
                    .isEqualTo(wide(alone, projection));
        }
        assertThat(inbox(engine)).as(when).isEqualTo(inbox(alone));
    }

    private static JsonObject wide(TwinEngine engine, Projection projection) {
        return engine.projection(projection, List.of(Dimension.ZONE), true, AsOf.PRESENT)
                .with("position", null);
    }

    private static @Nullable Json inbox(TwinEngine engine) {
        Filter all = new Filter(null, null, null);
        return engine.insight().attention().list(AsOf.PRESENT, all, null, 100).member("items");
    }

    private static String claim(String domain, String master) {
        String line =
                Facts.line(
                        "domain_id",
                        domain,
                        "c-" + domain,
                        Facts.START.plusSeconds(5).toString(),
                        "authority_claimed",
                        "{'level':'regional','master':'%s'}".formatted(master));
        return line.substring(0, line.length() - 1) + ",\"epoch\":1}";
    }

    @Test
    void nodes_that_several_ask_for_at_once_after_a_start_are_each_one_and_as_they_were()
            throws Exception {
        // So many that those of a shard are kept in more than one array.
        List<String> ids = IntStream.range(0, 2_500).mapToObj(i -> "n-" + i).toList();
        List<String> first = new ArrayList<>();
        List<String> later = new ArrayList<>();
        for (String id : ids) {
            first.add(registered(id));
            first.add(Facts.state(id, "s", 2, id.endsWith("7") ? "delayed" : "live"));
            later.add(Facts.state(id, "t", 3, id.endsWith("3") ? "disconnected" : "delayed"));
        }
        try (TwinEngine alone = TwinEngine.inMemory(options)) {
            var _ = Lines.append(alone, first);
            try (TwinEngine engine = open(true)) {
                var _ = Lines.append(engine, first);
            }
            try (TwinEngine engine = open(true)) {
                List<Callable<Boolean>> askers = new ArrayList<>();
                for (int asker = 0; asker < 4; asker++) {
                    List<String> order = new ArrayList<>(ids);
                    Collections.shuffle(order, new Random(asker));
                    askers.add(() -> {
                        for (String id : order) {
                            Answers.requireSame(
                                    Answers.ofNode(engine, id), Answers.ofNode(alone, id), id);
                        }
                        return true;
                    });
                }
                try (ExecutorService several = Executors.newFixedThreadPool(askers.size())) {
                    for (Future<Boolean> asked : several.invokeAll(askers)) {
                        assertThat(asked.get()).isTrue();
                    }
                }
                var _ = Lines.append(engine, later);
                var _ = Lines.append(alone, later);
                Answers.requireSame(Answers.of(engine), Answers.of(alone), "after more events");
            }
        }
    }

    /// Twins that leave memory are stored before any checkpoint says of which log they are.
    @Test
    void
            twins_stored_before_the_first_checkpoint_are_not_believed_to_be_of_the_log_that_is_there() {
        EngineOptions none = options.withCheckpoints(Long.MAX_VALUE, false);
        List<String> gone = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            gone.add(Facts.state("gone-" + i, "a", 1, "live"));
            lines.add(Facts.state("here-" + i, "a", 1, "delayed"));
            lines.add(Facts.state("here-" + i, "b", 2, "live"));
        }
        try (TwinEngine engine = over(new SimulatedDisk(), none)) {
            var _ = Lines.append(engine, gone);
        }
        SimulatedDisk disk = new SimulatedDisk();
        try (TwinEngine other = TwinEngine.over(SimulatedLog.open(disk), none)) {
            var _ = Lines.append(other, lines);
        }
        try (TwinEngine alone = TwinEngine.inMemory(none)) {
            var _ = Lines.append(alone, lines);
            for (int opening = 0; opening < 2; opening++) {
                try (TwinEngine engine = over(disk, none)) {
                    Answers.requireSame(Answers.of(engine), Answers.of(alone), "another log");
                }
            }
        }
    }

    private TwinEngine over(SimulatedDisk disk, EngineOptions with) {
        return TwinEngine.over(SimulatedLog.open(disk), directory, with, SILENT);
    }
}
