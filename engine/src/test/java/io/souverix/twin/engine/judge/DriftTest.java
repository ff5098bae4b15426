package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Versions, policies, score and status.
final class DriftTest {
    @Test
    void the_score_shows_the_worst_level_and_grows_with_every_finding() {
        assertThat(Drift.score(List.of(0L, 2L, 3L, 0L, 0L))).isEqualByComparingTo("47.8");
        assertThat(Drift.score(List.of(0L, 0L, 0L, 0L, 0L))).isEqualByComparingTo("0");
        assertThat(Drift.score(List.of(0L, 1L, 0L, 0L, 0L))).isEqualByComparingTo("12.5");
        assertThat(Drift.score(List.of(0L, 2L, 0L, 0L, 0L))).isEqualByComparingTo("18.8");
        assertThat(Drift.score(List.of(0L, 900L, 0L, 0L, 0L))).isEqualByComparingTo("24.9");
        assertThat(Drift.score(List.of(0L, 0L, 0L, 0L, 1L))).isEqualByComparingTo("87.5");
    }

    @Test
    void versions_parse_by_the_letter() {
        Map<String, String> expected =
                Map.of(
                        "souverix-rempart-1.4.7", "1.4.7",
                        "policy-v2.1", "2.1.0",
                        "v3", "3.0.0",
                        "1.4.7-rc.1+build", "1.4.7-rc.1",
                        "x-1.5.0-rc-1", "1.0.0",
                        "1.4.7-2", "1.4.7-2");
        expected.forEach((text, parsed) ->
                assertThat(Version.parse(text, "edge")).as(text).hasToString(parsed));
        for (String text :
                List.of(
                        "nightly",
                        "01.2",
                        "1.2.3.4",
                        "1.4.7-01",
                        "V1",
                        "1234567890123456789",
                        "1.",
                        "edge-x")) {
            assertThat(Version.parse(text, "edge")).as(text).isNull();
        }
        assertThat(Version.parse("edge-rempart-1.4.7", "edge")).isNull();
        List<String> ordered =
                List.of(
                        "1.0.0-1",
                        "1.0.0-2",
                        "1.0.0-10",
                        "1.0.0-a",
                        "1.0.0-a.1",
                        "1.0.0-b",
                        "1.0.0",
                        "1.0.1");
        for (int i = 1; i < ordered.size(); i++) {
            assertThat(version(ordered.get(i - 1))).isLessThan(version(ordered.get(i)));
        }
    }

    private static Version version(String text) {
        return Objects.requireNonNull(Version.parse(text, null));
    }

    @Test
    void distance_counts_known_releases_else_the_first_differing_place() {
        Story story =
                registered().node("02:00", "desired_state_changed", "{'software_version':'2.1.0'}");
        story.node("02:00", "update_completed", "{'version':'1.0.0'}");
        assertThat(story.twin("03:00", "/lifecycle/software/drift_score")).isEqualTo("1");
        for (String version :
                List.of(
                        "1.0.0",
                        "1.5.0",
                        "2.0.0",
                        "2.1.0",
                        "2.1.0+again",
                        "x-2.1.0-rc.1",
                        "nightly")) {
            story.event(
                    "component",
                    "edge",
                    "01:00",
                    "release_published",
                    "{'version':'" + version + "'}");
        }
        assertThat(story.twin("03:00", "/lifecycle/software/drift_score")).isEqualTo("4");
        story.node("04:00", "update_completed", "{'version':'2.1.1-rc.1'}");
        assertThat(story.twin("04:00", "/lifecycle/software/drift_score")).isEqualTo("-1");
        assertThat(story.drift("04:00", "/version_drift/impact")).isEqualTo("\"ahead_of_desired\"");
        story.node("05:00", "update_completed", "{'version':'nightly'}");
        assertThat(story.twin("05:00", "/lifecycle/software/drift_score")).isEqualTo("null");
        assertThat(story.drift("05:00", "/version_drift/impact")).isEqualTo("\"unknown_version\"");
    }

    @Test
    void a_skipped_advisory_raises_the_severity() {
        Story story =
                registered()
                        .node("02:00", "update_initiated", "{'target_version':'1.0.2'}")
                        .node("02:30", "update_failed", "{'version':'1.0.2','reason':'disk'}")
                        .node("02:30", "actual_state_reported", "{'software_version':'1.0.0'}")
                        .event(
                                "component",
                                "edge",
                                "01:00",
                                "release_published",
                                "{'version':'1.0.1','advisories':[{'id':'a','cvss':7.5}]}")
                        .event(
                                "component",
                                "edge",
                                "03:00",
                                "release_published",
                                "{'version':'1.0.1','advisories':[{'id':'a','known_exploited':true}]}");
        assertThat(story.drift("02:45", "/version_drift"))
                .isEqualTo(
                        "{\"actual\":\"1.0.0\",\"component\":\"edge\",\"desired\":\"1.0.2\",\"distance\":2,"
                                + "\"impact\":\"missing_security_patch\",\"severity\":\"high\"}");
        assertThat(story.drift("03:15", "/severity")).isEqualTo("\"critical\"");
    }

    @Test
    void drift_of_another_component_changes_nothing() {
        Story story =
                registered()
                        .node(
                                "02:00",
                                "version_drift_detected",
                                "{'component':'core','desired':'2','actual':'1'}");
        assertThat(story.twin("03:00", "/lifecycle/software/actual_version")).isEqualTo("null");
        assertThat(story.twin("03:00", "/state/last_reported")).isEqualTo("null");
        story.node(
                "02:00",
                "version_drift_detected",
                "{'component':'edge','desired':'2','actual':'1'}");
        assertThat(story.twin("03:00", "/lifecycle/software/actual_version")).isEqualTo("\"1\"");
    }

    @Test
    void violations_are_findings_of_which_a_hundred_are_listed() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "actual_state_reported",
                                "{'compliance':{'passed':2,'failed':1}}")
                        .node(
                                "02:00",
                                "policy_drift_detected",
                                "{'policy_version':'p-2','actual_version':'p-1','violations':102}");
        assertThat(story.twin("01:00", "/policy/compliance_score")).isEqualTo("0.6667");
        assertThat(story.twin("02:00", "/policy/compliance")).isEqualTo("null");
        assertThat(story.twin("02:00", "/policy/compliance_score")).isEqualTo("null");
        assertThat(story.drift("02:00", "/findings_total")).isEqualTo("103");
        assertThat(story.drift("02:00", "/findings/100/path")).isEqualTo("\"violations.100\"");
        assertThat(story.drift("02:00", "/findings/2"))
                .contains(
                        "\"actual\":102",
                        "\"desired\":0",
                        "\"severity\":\"medium\"",
                        "\"event_ids\":[\"e2\"]");
        assertThat(story.drift("02:10", "/policy_drift/stale_by")).isEqualTo("\"10m\"");
    }

    @Test
    void a_status_is_unknown_beyond_the_horizon_of_the_state_and_progressing_during_an_update() {
        Story story =
                registered()
                        .node("01:00", "state_transition", "{'to':'live'}")
                        .node("02:00", "actual_state_reported", "{'software_version':'1.0.0'}")
                        .node(
                                "02:00",
                                "update_initiated",
                                "{'target_version':'1.0.1','deadline':'30m'}");
        assertThat(story.drift("01:30", "/status")).isEqualTo("\"unknown\"");
        assertThat(story.drift("02:30", "/status")).isEqualTo("\"progressing\"");
        assertThat(story.drift("02:30:01", "/status")).isEqualTo("\"drifted\"");
        assertThat(story.drift("03:00", "/status")).isEqualTo("\"drifted\"");
        assertThat(story.drift("03:00:01", "/status")).isEqualTo("\"unknown\"");
        assertThat(story.drift("03:00:01", "/findings/0/provisional")).isEqualTo("true");
        assertThat(story.drift("03:00:01", "/evaluated")).isEqualTo("false");
    }

    private static Story registered() {
        return new Story()
                .node(
                        "00:00",
                        "node_registered",
                        "{'component_type':'edge','region':'r','zone':'z'}");
    }
}
