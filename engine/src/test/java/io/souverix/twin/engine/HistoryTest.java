package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonPointer;
import io.souverix.twin.engine.EventsQuery.Stored;
import io.souverix.twin.engine.past.AsOf;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a history makes of a twin where it is least: unknown values, annulments, the ends of time.
final class HistoryTest {
    private final TwinEngine engine =
            TwinEngine.inMemory(
                    EngineOptions.defaults()
                            .withClock(InstantSource.fixed(Facts.START.plus(Duration.ofDays(1)))));

    @AfterEach
    void close() {
        engine.close();
    }

    private Appended append(String... lines) {
        return Lines.append(engine, List.of(lines));
    }

    private String state(String node) {
        return Answers.value(engine, node, "connectivity/state");
    }

    @Test
    void a_node_that_only_sent_a_heartbeat_has_a_twin_of_nulls() {
        append(Facts.heartbeat("n-1", "a", 5));
        for (String path :
                List.of(
                        "connectivity/state",
                        "connectivity/last_sync",
                        "connectivity/sync_debt",
                        "connectivity/message_backlog",
                        "lifecycle/phase",
                        "lifecycle/software/desired_version",
                        "lifecycle/software/actual_version",
                        "lifecycle/software/drift_score",
                        "policy/compliance_score",
                        "identity/region",
                        "identity/zone",
                        "identity/component_type",
                        "identity/trust_domain",
                        "trust/last_attestation")) {
            assertThat(Answers.value(engine, "n-1", path)).as(path).isIn("null", "nothing");
        }
        assertThat(Answers.value(engine.drift("n-1", AsOf.PRESENT), "status"))
                .isEqualTo("\"unknown\"");
        assertThat(Answers.nodes(engine)).isEqualTo(List.of("n-1"));
    }

    @Test
    void an_unknown_node_has_no_twin_and_no_history() {
        append(Facts.heartbeat("n-1", "a", 5));
        assertThat(engine.twin("n-2", AsOf.PRESENT)).isInstanceOf(Answer.Unknown.class);
        assertThat(engine.drift("n-2", AsOf.PRESENT)).isInstanceOf(Answer.Unknown.class);
        assertThat(Answers.history(engine, "n-2")).isEmpty();
        long before = Times.micros(Facts.START);
        assertThat(engine.twin("n-1", AsOf.at(before))).isInstanceOf(Answer.NotYetKnown.class);
    }

    @Test
    void an_annulled_event_counts_no_more_whichever_comes_first() {
        append(Facts.state("n-1", "a", 1, "live"), Facts.state("n-1", "b", 2, "delayed"));
        append(Facts.annulment("n-1", "x", 3, "b", 2));
        assertThat(state("n-1")).isEqualTo("\"live\"");
        append(Facts.annulment("n-2", "x", 3, "b", 2), Facts.state("n-2", "a", 1, "live"));
        append(Facts.state("n-2", "b", 2, "delayed"));
        assertThat(state("n-2")).isEqualTo("\"live\"");
        assertThat(Answers.history(engine, "n-1"))
                .extracting(Stored::annulled)
                .isEqualTo(List.of(false, true, false));
    }

    @Test
    void an_annulment_takes_out_only_what_it_names() {
        append(
                Facts.state("n-1", "a", 1, "live"),
                Facts.state("n-1", "b", 2, "delayed"),
                Facts.state("n-2", "b", 2, "delayed"),
                // Another time, another id, another node: nothing of these is meant.
                Facts.annulment("n-1", "x", 3, "b", 1),
                Facts.annulment("n-1", "y", 3, "a", 2),
                Facts.annulment("n-3", "x", 3, "b", 2));
        assertThat(state("n-1")).isEqualTo("\"delayed\"");
        assertThat(state("n-2")).isEqualTo("\"delayed\"");
        // All events of that id and time are.
        append(Facts.state("n-1", "b", 2, "edge-cached"));
        append(Facts.annulment("n-1", "z", 4, "b", 2));
        assertThat(state("n-1")).isEqualTo("\"live\"");
    }

    @Test
    void an_annulment_cannot_be_annulled() {
        append(Facts.state("n-1", "a", 1, "live"), Facts.state("n-1", "b", 2, "delayed"));
        append(Facts.annulment("n-1", "x", 3, "b", 2));
        append(Facts.annulment("n-1", "y", 4, "x", 3));
        assertThat(state("n-1")).isEqualTo("\"live\"");
        append(Facts.annulment("n-2", "y", 4, "x", 3), Facts.annulment("n-2", "x", 3, "b", 2));
        append(Facts.state("n-2", "b", 2, "delayed"), Facts.state("n-2", "a", 1, "live"));
        assertThat(state("n-2")).isEqualTo("\"live\"");
        assertThat(Answers.history(engine, "n-1"))
                .extracting(Stored::annulled)
                .isEqualTo(List.of(false, true, false, false));
        // What was right is sent again under another id.
        append(Facts.state("n-1", "c", 2, "delayed"));
        assertThat(state("n-1")).isEqualTo("\"delayed\"");
    }

    @Test
    void the_same_annulments_are_the_same_state_whatever_came_first() {
        for (int i = 200; i > 0; i--) {
            append(Facts.annulment("n-1", "x" + i, 1_000 + i, "e" + i, i));
        }
        assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
    }

    @Test
    void a_node_is_explained_from_its_first_event_on_though_that_is_annulled() {
        append(
                Facts.state("n-1", "a", 1, "live"),
                Facts.state("n-1", "b", 9, "delayed"),
                Facts.annulment("n-1", "x", 10, "a", 1));
        Explanations explanations = engine.insight().explanations();
        Answer timeline =
                explanations.timeline("n-1", Long.MIN_VALUE, AsOf.PRESENT, null, Integer.MAX_VALUE);
        assertThat(Answers.value(timeline, "lanes/drift"))
                .startsWith("[{\"from\":\"2026-02-24T00:00:01Z\"")
                .contains("\"event_id\":\"a\"");
        assertThat(Answers.value(timeline, "lanes/connectivity"))
                .startsWith("[{\"from\":\"2026-02-24T00:00:09Z\"");
        JsonPointer state = JsonPointer.parse("/connectivity/state");
        Answer why = explanations.why("n-1", state, AsOf.PRESENT, 10);
        assertThat(Answers.value(why, "set_by/event_id")).isEqualTo("\"b\"");
        assertThat(Answers.value(why, "total")).isEqualTo("1");
    }

    @Test
    void events_from_the_first_year_on_are_taken() {
        String first =
                Facts.line(
                        "node_id",
                        "n-1",
                        "a",
                        "0001-01-01T00:00:00Z",
                        "state_transition",
                        "{'to':'live'}");
        append(Facts.state("n-1", "b", 1, "delayed"));
        assertThat(append(first).late()).isEqualTo(1);
        assertThat(append(first).duplicates()).isEqualTo(1);
        assertThat(Answers.history(engine, "n-1"))
                .extracting(stored -> stored.event().id())
                .isEqualTo(List.of("a", "b"));
        long then = Times.micros(java.time.Instant.parse("0001-01-01T00:00:00Z"));
        assertThat(Answers.value(engine.twin("n-1", AsOf.at(then)), "connectivity/state"))
                .isEqualTo("\"live\"");
        assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
    }

    @Test
    void events_of_the_last_year_are_the_gates_to_refuse() {
        String last =
                Facts.line(
                        "node_id",
                        "n-1",
                        "z",
                        "9999-12-31T23:59:59.999999Z",
                        "state_transition",
                        "{'to':'autonomous'}");
        append(last, Facts.state("n-1", "a", 1, "live"));
        assertThat(state("n-1")).isEqualTo("\"autonomous\"");
        assertThat(Answers.value(engine, "n-1", "connectivity/sync_debt_seconds")).isEqualTo("0");
        assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
    }
}
