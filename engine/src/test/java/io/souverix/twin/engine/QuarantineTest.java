package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.fleet.Row;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.EventsQuery.Stored;
import io.souverix.twin.engine.ProjectionStatus.State;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.sbom.Sboms;
import io.souverix.twin.engine.shard.Meaning;
import io.souverix.twin.engine.shard.Quarantine;
import io.souverix.twin.engine.shard.Standing;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be folded, counted or shown is set aside, told, tried again, and blocks nothing else.
final class QuarantineTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-02-25T00:00:00Z"));

    /// Faults by their cause: ids of events, ids of nodes that cannot be counted, projections.
    private final Set<String> poison = ConcurrentHashMap.newKeySet();

    /// The core with the faults of this test in it.
    private final class Faulty implements Meaning {
        private final Meaning sound;

        Faulty(Meaning sound) {
            this.sound = sound;
        }

        @Override
        public void fold(Twin twin, Event event, long address) {
            sound.fold(twin, event, address);
            if (poison.contains(event.id())) {
                throw new ArithmeticException("poison " + event.id());
            }
        }

        @Override
        public Facets count(TwinView view, @Nullable Facets standing) {
            Facets facets = sound.count(view, standing);
            if (poison.contains("view " + view.twin().connectivity().state())) {
                throw new ArithmeticException("cannot be counted");
            }
            return facets;
        }

        @Override
        public Row show(Projection projection, JsonObject group, List<GroupSums> sums) {
            if (poison.contains(projection.word())) {
                throw new ArithmeticException("cannot be shown");
            }
            return sound.show(projection, group, sums);
        }
    }

    private EngineOptions options() {
        return EngineOptions.defaults()
                .withShards(2)
                .withClock(CLOCK)
                .withCheckpoints(Long.MAX_VALUE, false)
                .withTwinBytes(1)
                .withMeaning(Faulty::new);
    }

    private static String state(TwinEngine engine, String node) {
        return switch (engine.twin(node, AsOf.PRESENT)) {
            case Answer.Found(JsonObject body, JsonObject _)
                    when body.member("connectivity") instanceof JsonObject connectivity ->
                    Follower.text(connectivity, "state");
            case Answer other -> other.toString();
        };
    }

    private static boolean isMarked(TwinEngine engine, String node) {
        return engine.twin(node, AsOf.PRESENT) instanceof Answer.Found(var _, JsonObject meta)
                && meta.member("quarantined") == JsonLiteral.TRUE;
    }

    private static JsonObject projection(TwinEngine engine, Projection projection) {
        return engine.projection(projection, List.of(), true, AsOf.PRESENT);
    }

    private static Json nodes(TwinEngine engine) {
        JsonObject total = (JsonObject) projection(engine, Projection.CURRENT).member("total");
        return Objects.requireNonNull(Objects.requireNonNull(total).member("nodes"));
    }

    @Test
    void lists_hold_a_node_whose_only_event_is_set_aside() {
        poison.add("view DELAYED");
        try (TwinEngine engine = TwinEngine.inMemory(options())) {
            var _ =
                    Lines.append(
                            engine,
                            List.of(
                                    Facts.state("a", "e1", 1, "delayed"),
                                    Facts.state("b", "e2", 2, "live")));
            assertThat(engine.quarantined(10)).hasSize(1);
            assertThat(engine.twins(AsOf.PRESENT, true, null, 10).twins()).hasSize(2);
        }
    }

    @Test
    void a_poison_event_is_set_aside_and_everything_else_goes_on() {
        poison.add("e2");
        try (TwinEngine engine = TwinEngine.inMemory(options())) {
            Appended appended =
                    Lines.append(
                            engine,
                            List.of(
                                    Facts.state("a", "e1", 1, "live"),
                                    Facts.state("a", "e2", 2, "delayed"),
                                    Facts.state("b", "e3", 3, "live")));
            assertThat(appended.applied()).isEqualTo(3);
            assertThat(state(engine, "a")).isEqualTo("live");
            assertThat(isMarked(engine, "a")).isTrue();
            assertThat(isMarked(engine, "b")).isFalse();
            Quarantine.Entry entry = engine.quarantined(10).getFirst();
            assertThat(entry.subject()).isEqualTo("a");
            assertThat(entry.events()).containsExactly("e2");
            assertThat(entry.detail()).contains("poison e2");
            assertThat(Answers.history(engine, "a"))
                    .extracting(Stored::standing)
                    .containsExactly(Standing.COUNTS, Standing.SET_ASIDE);
            assertThat(engine.insight().explanations().timeline("a", 0, AsOf.PRESENT, null, 9))
                    .isInstanceOf(Answer.Found.class);
            var _ = Lines.append(engine, List.of(Facts.state("a", "e4", 4, "returning")));
            assertThat(state(engine, "a")).isEqualTo("returning");
            assertThat(engine.status().failure()).isNull();
            assertThat(engine.projections(AsOf.PRESENT))
                    .extracting(ProjectionStatus::state)
                    .containsOnly(State.QUARANTINED);
        }
    }

    @Test
    void a_node_that_cannot_be_shown_says_so() {
        MemoryLog log = new MemoryLog();
        try (TwinEngine engine = TwinEngine.over(log, options())) {
            var _ = Lines.append(engine, List.of(Facts.state("a", "e1", 1, "live")));
            Foundation again =
                    Foundation.without(
                            log, Sboms.inMemory(CLOCK), options(), TwinEngine.Progress.SILENT);
            TwinQueries twins =
                    new TwinQueries(again.shards(), again.fleet(), () -> 0L, () -> Long.MIN_VALUE);
            assertThatThrownBy(() ->
                            twins.see(
                                    "a",
                                    AsOf.PRESENT,
                                    0,
                                    _ -> {
                                        throw new ArithmeticException("cannot be shown");
                                    }))
                    .isInstanceOf(TwinFault.class)
                    .hasMessageContaining("the twin of a cannot be shown");
        }
    }

    @Test
    void what_is_set_aside_is_tried_again_when_a_projection_is_rebuilt() {
        poison.add("e2");
        try (TwinEngine engine = TwinEngine.inMemory(options())) {
            var _ =
                    Lines.append(
                            engine,
                            List.of(
                                    Facts.state("a", "e1", 1, "live"),
                                    Facts.state("a", "e2", 2, "delayed")));
            assertThat(engine.rebuild(Projection.CURRENT)).isTrue();
            assertThat(isMarked(engine, "a")).isTrue();
            poison.clear();
            assertThat(engine.rebuild(Projection.CURRENT)).isTrue();
            assertThat(isMarked(engine, "a")).isFalse();
            assertThat(state(engine, "a")).isEqualTo("delayed");
            assertThat(engine.projections(AsOf.PRESENT))
                    .extracting(ProjectionStatus::state)
                    .containsOnly(State.CURRENT);
        }
    }

    @Test
    void an_event_after_which_a_node_cannot_be_counted_is_set_aside() {
        poison.add("view DELAYED");
        try (TwinEngine engine = TwinEngine.inMemory(options())) {
            var _ = Lines.append(engine, List.of(Facts.state("a", "e1", 1, "live")));
            var _ = Lines.append(engine, List.of(Facts.state("a", "e2", 2, "delayed")));
            assertThat(state(engine, "a")).isEqualTo("live");
            assertThat(engine.quarantined(10).getFirst().events()).containsExactly("e2");
            assertThat(nodes(engine)).isEqualTo(Json.of(1));
        }
    }

    @Test
    void quarantine_outlives_checkpoints_and_restarts(@TempDir Path directory) {
        poison.add("e2");
        List<String> lines =
                List.of(
                        Facts.state("a", "e1", 1, "live"),
                        Facts.state("a", "e2", 2, "delayed"),
                        Facts.state("b", "e3", 3, "live"));
        try (TwinEngine engine =
                TwinEngine.open(directory, options(), TwinEngine.Progress.SILENT)) {
            var _ = Lines.append(engine, lines);
        }
        for (int i = 0; i < 2; i++) {
            try (TwinEngine engine =
                    TwinEngine.open(directory, options(), TwinEngine.Progress.SILENT)) {
                assertThat(state(engine, "a")).isEqualTo("live");
                assertThat(isMarked(engine, "a")).isTrue();
                assertThat(engine.quarantined(10).getFirst().events()).containsExactly("e2");
                engine.checkpoint();
            }
        }
    }

    @Test
    void a_faulty_projection_is_its_own_fault() {
        try (TwinEngine engine = TwinEngine.inMemory(options())) {
            var _ = Lines.append(engine, List.of(Facts.state("a", "e1", 1, "live")));
            poison.add("drift");
            assertThatThrownBy(() -> projection(engine, Projection.DRIFT))
                    .isInstanceOf(ProjectionFault.class);
            assertThat(nodes(engine)).isEqualTo(Json.of(1));
            for (ProjectionStatus status : engine.projections(AsOf.PRESENT)) {
                boolean faulty = status.name().equals("drift");
                assertThat(status.state()).isEqualTo(faulty ? State.QUARANTINED : State.CURRENT);
                assertThat(status.digest() == null).isEqualTo(faulty);
            }
            poison.clear();
            assertThat(engine.projections(AsOf.PRESENT))
                    .extracting(ProjectionStatus::state)
                    .containsOnly(State.CURRENT);
        }
    }

    @Test
    void a_rebuild_leaves_the_same_digests_and_no_read_is_empty() throws Exception {
        try (TwinEngine engine = TwinEngine.inMemory(options())) {
            for (int i = 0; i < 1_500; i++) {
                var _ = Lines.append(engine, List.of(Facts.state("n" + i, "e" + i, i, "live")));
            }
            List<String> before =
                    engine.projections(AsOf.PRESENT).stream()
                            .map(ProjectionStatus::digest)
                            .toList();
            Thread rebuild =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 5; i++) {
                                    assertThat(engine.rebuild(Projection.DRIFT)).isTrue();
                                }
                            });
            int reads = 0;
            while (rebuild.isAlive() || reads == 0) {
                assertThat(nodes(engine)).isEqualTo(Json.of(1_500));
                reads++;
            }
            rebuild.join();
            assertThat(
                            engine.projections(AsOf.PRESENT).stream()
                                    .map(ProjectionStatus::digest)
                                    .toList())
                    .isEqualTo(before);
        }
    }
}
