package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.ProjectionStatus.State;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Quarantine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A byte of a sealed record changes under a running engine. Where the record is needed to fold its
/// node again it is set aside and told, and stops nothing else; put right, all is as it should be.
final class RottenRecordTest {
    /// Stands in the record that rots, and nowhere else.
    private static final String MARK = "rotting";

    private final EngineOptions options =
            EngineOptions.defaults()
                    .withShards(1)
                    .withSegmentBytes(4 << 10)
                    .withClock(InstantSource.fixed(Facts.START.plus(Duration.ofDays(1))))
                    .withCheckpoints(Long.MAX_VALUE, false);
    private final List<String> told = new ArrayList<>();

    @TempDir Path directory;

    private TwinEngine open() {
        return TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
    }

    private Appended append(TwinEngine engine, String... lines) {
        told.addAll(List.of(lines));
        return Lines.append(engine, List.of(lines));
    }

    private static String config(String id, int second, String key, String value) {
        return Facts.node(
                "sick",
                id,
                second,
                "actual_state_reported",
                "{'config_changes':{'%s':'%s'}}".formatted(key, value));
    }

    /// A node of three events of which the one in the middle rots, in a segment that is sealed.
    private void fill(TwinEngine engine) {
        append(engine, config("a", 10, "first", "1"));
        append(engine, config("b", 20, "second", MARK));
        append(engine, config("c", 30, "third", "3"));
        fillOther(engine);
    }

    /// A node of one event, which rots.
    private void fillWithOne(TwinEngine engine) {
        append(engine, config("b", 20, "second", MARK));
        fillOther(engine);
    }

    private void fillOther(TwinEngine engine) {
        for (int i = 0; i < 60; i++) {
            append(engine, Facts.state("well", "w" + i, i, i % 2 == 0 ? "live" : "delayed"));
        }
    }

    /// Opens what is filled and in a checkpoint: what was just folded is not read from the log.
    private TwinEngine reopened(Consumer<TwinEngine> filling) {
        try (TwinEngine engine = open()) {
            filling.accept(engine);
            engine.checkpoint();
        }
        return open();
    }

    /// Flips a bit of the record; done again, it is as it was.
    private void rot() throws IOException {
        int found = 0;
        for (Path file : DataCopies.files(directory.resolve("log"))) {
            byte[] bytes = Files.readAllBytes(file);
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("otting");
            if (at >= 0) {
                bytes[at - 1] ^= 1;
                Files.write(file, bytes);
                found++;
            }
        }
        assertThat(found).isEqualTo(1);
    }

    private static String actual(TwinEngine engine, String key) {
        return Answers.value(engine, "sick", "state/actual/" + key);
    }

    private static boolean isMarked(TwinEngine engine, String node) {
        return engine.twin(node, AsOf.PRESENT) instanceof Answer.Found(var _, JsonObject meta)
                && meta.member("quarantined") == JsonLiteral.TRUE;
    }

    private void requireToldAndGoingOn(TwinEngine engine) {
        assertThat(engine.quarantinedCount()).isEqualTo(1);
        Quarantine.Entry entry = engine.quarantined(10).getFirst();
        assertThat(entry.subject()).isEqualTo("sick");
        assertThat(entry.counted()).isTrue();
        assertThat(entry.events()).singleElement().asString().startsWith("record at ");
        assertThat(isMarked(engine, "sick")).isTrue();
        assertThat(isMarked(engine, "well")).isFalse();
        assertThat(engine.projections(AsOf.PRESENT))
                .extracting(ProjectionStatus::state)
                .containsOnly(State.QUARANTINED);
        assertThat(engine.status().failure()).isNull();
    }

    /// Puts the record right and tries it again: all is as if it had never rotted.
    private void requireHealed(TwinEngine engine) throws IOException {
        rot();
        assertThat(engine.rebuild(Projection.CURRENT)).isTrue();
        assertThat(engine.quarantinedCount()).isZero();
        try (TwinEngine unharmed = TwinEngine.inMemory(options)) {
            told.forEach(line -> Lines.append(unharmed, List.of(line)));
            Answers.requireSame(Answers.of(engine), Answers.of(unharmed), "healed");
        }
        assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
    }

    @Test
    void a_late_event_of_its_node_sets_it_aside_and_the_other_nodes_go_on() throws IOException {
        try (TwinEngine engine = reopened(this::fill)) {
            rot();
            Appended late =
                    append(
                            engine,
                            config("d", 15, "late", "4"),
                            Facts.state("well", "x", 100, "autonomous"));
            assertThat(List.of(late.applied(), late.late())).isEqualTo(List.of(1, 1));
            requireToldAndGoingOn(engine);
            assertThat(engine.quarantined(10).getFirst().detail()).contains(".seg at byte");
            assertThat(Answers.value(engine, "well", "connectivity/state"))
                    .isEqualTo("\"autonomous\"");
            for (String key : List.of("first", "late", "third")) {
                assertThat(actual(engine, key)).as(key).isNotEqualTo("nothing");
            }
            assertThat(actual(engine, "second")).isEqualTo("nothing");
            append(engine, config("e", 16, "later", "5"), config("f", 200, "newest", "6"));
            requireToldAndGoingOn(engine);
            assertThat(actual(engine, "newest")).isEqualTo("\"6\"");
            requireHealed(engine);
            assertThat(actual(engine, "second")).isEqualTo("\"" + MARK + "\"");
        }
    }

    @Test
    void it_is_set_aside_at_a_start_and_outlives_it() throws IOException {
        try (TwinEngine engine = open()) {
            fill(engine);
            engine.checkpoint();
            rot();
            append(engine, config("d", 15, "late", "4"));
        }
        // The late event is behind the checkpoint and folded again; then it is in one.
        for (int start = 0; start < 2; start++) {
            try (TwinEngine engine = open()) {
                requireToldAndGoingOn(engine);
                assertThat(actual(engine, "late")).isEqualTo("\"4\"");
                append(engine, Facts.state("well", "y" + start, 300 + start, "live"));
                engine.checkpoint();
            }
        }
        try (TwinEngine engine = open()) {
            requireHealed(engine);
        }
    }

    @Test
    void the_event_sent_again_is_a_duplicate_and_another_of_its_id_is_kept() throws IOException {
        try (TwinEngine engine = reopened(this::fill)) {
            rot();
            assertThat(Lines.append(engine, List.of(config("b", 20, "second", MARK))).duplicates())
                    .isEqualTo(1);
            assertThat(engine.quarantinedCount()).isZero();
            Appended reused = append(engine, config("b", 20, "reused", "7"));
            assertThat(reused.warnings()).hasSize(1);
            requireToldAndGoingOn(engine);
            assertThat(actual(engine, "reused")).isEqualTo("\"7\"");
            requireHealed(engine);
        }
    }

    @Test
    void what_equals_a_rotten_last_event_in_time_is_folded_in_its_place() throws IOException {
        try (TwinEngine engine = reopened(this::fillWithOne)) {
            rot();
            append(engine, config("d", 20, "second", "8"));
            requireToldAndGoingOn(engine);
            append(engine, config("a", 20, "second", "9"), config("c", 20, "second", "10"));
            assertThat(actual(engine, "second")).isEqualTo("\"8\"");
            requireHealed(engine);
            append(engine, config("bb", 20, "second", "11"));
            assertThat(actual(engine, "second")).isEqualTo("\"8\"");
        }
    }
}
