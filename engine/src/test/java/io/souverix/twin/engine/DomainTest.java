package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.engine.past.AsOf;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Releases and domains concern every node: all shards know them as soon as they are acknowledged,
/// and after a restart.
final class DomainTest {
    private static final int NODES = 40;
    private static final String COMPONENT = "souverix-rempart";

    @TempDir Path directory;
    private TwinEngine engine;

    @BeforeEach
    void open() {
        engine =
                TwinEngine.open(
                        directory,
                        EngineOptions.defaults()
                                .withShards(5)
                                .withClock(
                                        InstantSource.fixed(
                                                Facts.START.plus(Duration.ofMinutes(30))))
                                .withCheckpoints(Long.MAX_VALUE, false),
                        TwinEngine.Progress.SILENT);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void reopen(boolean checkpoint) {
        if (checkpoint) {
            engine.checkpoint();
        }
        engine.close();
        open();
    }

    private Appended append(String... lines) {
        return Lines.append(engine, List.of(lines));
    }

    private static String component(String id, long second, String type, String payload) {
        String time = Facts.START.plusSeconds(second).toString();
        return Facts.line("component", COMPONENT, id, time, type, payload);
    }

    private static String release(String id, long second, String version, String more) {
        String payload = "{'version':'%s'%s}".formatted(version, more);
        return component(id, second, "release_published", payload);
    }

    private static String claim(String id, long second, String master, int epoch) {
        String line =
                Facts.line(
                        "domain_id",
                        "region-a",
                        id,
                        Facts.START.plusSeconds(second).toString(),
                        "authority_claimed",
                        "{'level':'regional','master':'%s'}".formatted(master));
        return line.substring(0, line.length() - 1) + ",\"epoch\":" + epoch + "}";
    }

    /// Nodes that run 1.4.6 and should run 1.4.9.
    private void fleet() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            String node = "n-" + i;
            lines.add(
                    Facts.node(
                            node,
                            "a",
                            60,
                            "node_registered",
                            "{'component_type':'souverix-rempart','region':'region-a','zone':'z'}"));
            lines.add(
                    Facts.node(
                            node,
                            "b",
                            61,
                            "desired_state_changed",
                            "{'software_version':'souverix-rempart-1.4.9'}"));
            lines.add(
                    Facts.node(
                            node,
                            "c",
                            62,
                            "actual_state_reported",
                            "{'software_version':'souverix-rempart-1.4.6'}"));
        }
        var _ = Lines.append(engine, lines);
    }

    private void requireEverywhere(String path, String expected) {
        for (int i = 0; i < NODES; i++) {
            assertThat(Answers.value(engine, "n-" + i, path)).as("n-" + i).isEqualTo(expected);
        }
    }

    private void requireSeverity(String severity) {
        for (int i = 0; i < NODES; i++) {
            Answer drift = engine.drift("n-" + i, AsOf.PRESENT);
            assertThat(Answers.value(drift, "severity")).isEqualTo('"' + severity + '"');
        }
        Answer.Found all =
                new Answer.Found(
                        engine.projection(Projection.DRIFT, List.of(), false, AsOf.PRESENT),
                        engine.projection(Projection.DRIFT, List.of(), false, AsOf.PRESENT));
        assertThat(Answers.value(all, "total/by_severity/" + severity))
                .isEqualTo(Integer.toString(NODES));
    }

    @Test
    void a_release_that_comes_later_than_the_nodes_changes_their_drift_in_every_shard() {
        fleet();
        requireEverywhere("lifecycle/software/drift_score", "3");
        requireSeverity("low");
        append(release("r-6", 1, "1.4.6", ""), release("r-9", 5, "1.4.9", ""));
        requireEverywhere("lifecycle/software/drift_score", "1");
        requireSeverity("low");
        // Late, and with an advisory that raises the severity.
        Appended late = append(release("r-8", 3, "1.4.8", ",'advisories':[{'id':'x','cvss':9.8}]"));
        assertThat(late.late()).isEqualTo(1);
        requireEverywhere("lifecycle/software/drift_score", "2");
        requireSeverity("critical");
        requireSameAfterRestarts();
    }

    private void requireSameAfterRestarts() {
        List<String> before = Answers.of(engine);
        for (boolean checkpoint : new boolean[] {false, true, false, true, true}) {
            reopen(checkpoint);
            Answers.requireSame(Answers.of(engine), before, "checkpoint " + checkpoint);
            assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
        }
    }

    @Test
    void a_release_is_a_duplicate_before_and_after_checkpoints_and_restarts() {
        fleet();
        String release = release("r-9", 5, "1.4.9", "");
        assertThat(append(release, release).duplicates()).isEqualTo(1);
        assertThat(append(release).duplicates()).isEqualTo(1);
        for (boolean checkpoint : new boolean[] {false, true, true}) {
            reopen(checkpoint);
            assertThat(append(release).duplicates()).isEqualTo(1);
        }
        assertThat(engine.status().events()).isEqualTo(3L * NODES + 1);
    }

    @Test
    void an_annulled_release_counts_no_more_wherever_the_annulment_comes() {
        fleet();
        append(
                release("r-6", 1, "1.4.6", ""),
                release("r-8", 3, "1.4.8", ",'security':true"),
                release("r-9", 5, "1.4.9", ""));
        requireEverywhere("lifecycle/software/drift_score", "2");
        requireSeverity("medium");
        engine.checkpoint();
        append(annulment("x-8", 10, "r-8", 3));
        requireEverywhere("lifecycle/software/drift_score", "1");
        requireSeverity("low");
        // Before its target came, and an annulment that is annulled in vain.
        append(annulment("x-7", 2, "r-7", 4), annulment("x-x", 11, "x-7", 2));
        append(release("r-7", 4, "1.4.7", ""));
        requireEverywhere("lifecycle/software/drift_score", "1");
        requireSameAfterRestarts();
    }

    private static String annulment(String id, long second, String target, long targetSecond) {
        return component(
                id,
                second,
                "event_annulled",
                "{'event_id':'%s','event_timestamp':'%s','reason':'wrong'}"
                        .formatted(target, Facts.START.plusSeconds(targetSecond)));
    }

    @Test
    void the_master_of_a_domain_is_known_to_its_nodes_everywhere() {
        fleet();
        append(
                Facts.line(
                        "domain_id",
                        "region-a",
                        "d-1",
                        Facts.START.toString(),
                        "domain_registered",
                        "{'kind':'region'}"),
                claim("d-2", 10, "master-1", 1));
        requireEverywhere("authority/master", "\"master-1\"");
        append(claim("d-3", 5, "master-2", 2));
        requireEverywhere("authority/master", "\"master-2\"");
        append(claim("d-4", 6, "master-3", 2));
        requireEverywhere("authority/master", "null");
        requireSameAfterRestarts();
    }
}
