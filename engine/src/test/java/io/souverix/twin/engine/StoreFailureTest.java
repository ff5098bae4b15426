package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.derived.DerivedException;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.sbom.Sboms;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Start.CountedBy;
import io.souverix.twin.engine.shard.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is derived cannot be written, or not be read for a while: the log holds everything, and what was
/// put off is done later.
final class StoreFailureTest {
    private static final int NODES = 5;

    private final EngineOptions options =
            EngineOptions.defaults()
                    .withShards(1)
                    .withClock(InstantSource.fixed(Facts.START.plusSeconds(600)))
                    .withCheckpoints(Long.MAX_VALUE, false)
                    .withTwinBytes(1);

    @TempDir Path directory;

    private static List<String> lines(int second, String state) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            lines.add(Facts.state("n-" + i, "e" + second, second, state));
        }
        return lines;
    }

    @Test
    void twins_that_cannot_be_stored_stay_in_memory_and_folding_goes_on() throws IOException {
        List<String> expected;
        try (TwinEngine whole = TwinEngine.inMemory(options)) {
            var _ = Lines.append(whole, lines(1, "live"));
            var _ = Lines.append(whole, lines(2, "delayed"));
            expected = Answers.of(whole);
        }
        Path data = directory.resolve("data");
        try (TwinEngine engine = TwinEngine.open(data, options, TwinEngine.Progress.SILENT)) {
            var _ = Lines.append(engine, lines(1, "live"));
            Files.move(data.resolve("derived"), directory.resolve("gone"));
            assertThatThrownBy(engine::checkpoint).isInstanceOf(DerivedException.class);
            var _ = Lines.append(engine, lines(2, "delayed"));
            assertThat(engine.status().failure()).isNull();
            Answers.requireSame(Answers.of(engine), expected, "without a place to store");
        }
        try (TwinEngine engine = TwinEngine.open(data, options, TwinEngine.Progress.SILENT)) {
            Answers.requireSame(Answers.of(engine), expected, "made anew");
        }
    }

    @Test
    void a_whole_log_is_folded_though_nothing_can_be_stored() throws IOException {
        int nodes = 1_200;
        Path derived = directory.resolve("derived");
        try (MemoryLog log = new MemoryLog();
                DerivedStore store = DerivedStore.open(derived);
                DerivedStore.Batch batch = new DerivedStore.Batch()) {
            Files.move(derived, directory.resolve("gone"));
            batch.number("position", 1);
            assertThatThrownBy(() -> store.flush(batch)).isInstanceOf(DerivedException.class);
            Shard shard =
                    new Shard(
                            options.rules(),
                            new EventRecords(log),
                            store,
                            1,
                            options.twinBytes(),
                            options.meaning());
            long now = Times.micros(Facts.START.plusSeconds(600));
            shard.start().countReplayed(Catalogue.EMPTY, nodes, now);
            for (int i = 0; i < nodes; i++) {
                Event event = Lines.event(Facts.state("n-" + i, "a", 1, "live"));
                shard.start().replay(new ArrayList<>(List.of(new StoredEvent(event, i, 0))));
            }
            shard.start().settleReplay();
            shard.start()
                    .settle(
                            Catalogue.EMPTY,
                            nodes,
                            new CountedBy(false, Catalogue.EMPTY, 0, Set.of()),
                            now);
            assertThat(store.node("n-1")).isNull();
            assertThat(shard.unstored()).isEqualTo(nodes);
            assertThat(shard.queries().nodes()).isEqualTo(nodes);
            assertThat(shard.queries().accepted().events()).isEqualTo(nodes);
        }
    }

    /// A node that is updated, and drifts when that takes too long.
    private static List<String> updating(String node) {
        return List.of(
                Facts.node(node, "a", 1, "update_completed", "{'version':'1.0.0'}"),
                Facts.node(node, "b", 2, "update_initiated", "{'target_version':'1.0.1'}"));
    }

    @Test
    void timers_that_fired_for_twins_that_could_not_be_read_fire_again() {
        MemoryLog log = new MemoryLog();
        try (TwinEngine engine = TwinEngine.over(log, options)) {
            for (int i = 0; i < NODES; i++) {
                var _ = Lines.append(engine, updating("n-" + i));
            }
        }
        // Beyond the time that an update may take.
        long later = Times.micros(Facts.START.plus(Duration.ofHours(9)));
        EngineOptions then = options.withClock(InstantSource.fixed(Times.instant(later)));
        Foundation expected = start(log.reopened(), directory.resolve("then"), then);
        Foundation found = start(log.reopened(), directory.resolve("now"), options);
        try {
            Shard shard = found.shards().getFirst();
            assertThat(counted(found)).isNotEqualTo(counted(expected));
            DerivedStore store = Objects.requireNonNull(found.store());
            Map<String, byte[]> states = new HashMap<>();
            for (String id : shard.queries().idsAfter(null, NODES)) {
                states.put(id, Objects.requireNonNull(store.node(id)));
                write(store, Map.of(id, new byte[0]));
            }
            assertThatThrownBy(() -> shard.tick(later)).isInstanceOf(RuntimeException.class);
            write(store, states);
            shard.tick(later);
            assertThat(counted(found)).isEqualTo(counted(expected));
        } finally {
            found.close();
            expected.close();
        }
    }

    private static Foundation start(MemoryLog log, Path derived, EngineOptions options) {
        return Foundation.over(
                log, Sboms.inMemory(options.clock()), derived, options, TwinEngine.Progress.SILENT);
    }

    private static void write(DerivedStore store, Map<String, byte[]> states) {
        try (DerivedStore.Batch batch = new DerivedStore.Batch()) {
            states.forEach(batch::node);
            store.write(batch);
        }
    }

    /// What is counted now, without a look at what fell due.
    private static String counted(Foundation foundation) {
        List<GroupSums> sums =
                foundation.shards().stream()
                        .map(shard -> shard.queries().sums(false).total())
                        .toList();
        return JsonWriter.text(
                Projection.CURRENT.row(JsonObject.EMPTY, sums).at(Catalogue.EMPTY, 0));
    }
}
