package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Configuration: how it is built, and where its two sides differ.
final class ConfigTest {
    @Test
    void a_newer_snapshot_replaces_and_newer_changes_apply_in_order() {
        Story story =
                new Story()
                        .node("01:00", "actual_state_reported", "{'config_changes':{'old':1}}")
                        .node(
                                "02:00",
                                "actual_state_reported",
                                "{'config_changes':{'a.b':2},'config':{'a':1,'x':{'y':1}}}")
                        .node(
                                "03:00",
                                "actual_state_reported",
                                "{'config_changes':{'x.y.z':null,'dot\\\\.ted.k\\\\\\\\':true}}");
        assertThat(story.twin("01:00", "/state/actual")).isEqualTo("{\"old\":1}");
        assertThat(story.twin("02:00", "/state/actual"))
                .isEqualTo("{\"a\":{\"b\":2},\"x\":{\"y\":1}}");
        assertThat(story.twin("03:00", "/state/actual"))
                .isEqualTo("{\"a\":{\"b\":2},\"dot.ted\":{\"k\\\\\":true}}");
        assertThat(story.twin("03:00", "/state/desired")).isEqualTo("null");
    }

    @Test
    void a_lower_epoch_never_wins_however_late_it_is() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "desired_state_changed",
                                "{'config':{'a':1},'software_version':'2.0.0'}")
                        .with("epoch", 2)
                        .node(
                                "02:00",
                                "desired_state_changed",
                                "{'config':{'a':5},'software_version':'3.0.0'}")
                        .with("epoch", 1)
                        .node("03:00", "desired_state_changed", "{'config_changes':{'b':1}}")
                        .with("epoch", 1)
                        .node("04:00", "desired_state_changed", "{'config_changes':{'c':1}}")
                        .with("epoch", 2);
        assertThat(story.twin("05:00", "/state/desired")).isEqualTo("{\"a\":1,\"c\":1}");
        assertThat(story.twin("05:00", "/lifecycle/software/desired_version"))
                .isEqualTo("\"2.0.0\"");
    }

    @Test
    void only_reported_paths_compare_before_a_whole_configuration_was_reported() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "desired_state_changed",
                                "{'config':{'a':1,'b':{'c':1,'d':2},'e':1.0}}")
                        .node(
                                "02:00",
                                "actual_state_reported",
                                "{'config_changes':{'b':{'c':1},'e':1}}")
                        .node("03:00", "actual_state_reported", "{'config':{'extra':true}}");
        assertThat(story.drift("02:30", "/config_drift/details"))
                .isEqualTo(
                        "[{\"actual\":null,\"desired\":2,\"field\":\"b.d\",\"kind\":\"missing\",\"severity\":\"low\"}]");
        assertThat(story.drift("03:30", "/config_drift/objects")).isEqualTo("4");
        assertThat(story.drift("03:30", "/findings/0/since")).isEqualTo("\"2026-03-01T03:00:00Z\"");
        assertThat(story.drift("03:30", "/findings/0/event_ids")).isEqualTo("[\"e1\",\"e3\"]");
        assertThat(story.drift("03:30", "/config_drift/stale_by")).isEqualTo("\"30m\"");
    }

    @Test
    void a_finding_begins_where_its_two_values_began_to_stand() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "desired_state_changed",
                                "{'config':{'stir':{'mode':'hard'}}}")
                        .node(
                                "02:00",
                                "actual_state_reported",
                                "{'config':{'stir':{'mode':'soft'}}}")
                        .node(
                                "03:00",
                                "actual_state_reported",
                                "{'config':{'stir':{'mode':'soft'}}}")
                        .node(
                                "04:00",
                                "config_drift_detected",
                                "{'details':[{'field':'stir.mode','desired':'hard','actual':'soft'}]}");
        assertThat(story.drift("05:00", "/findings/0/since")).isEqualTo("\"2026-03-01T02:00:00Z\"");
        assertThat(story.drift("05:00", "/findings/0/event_ids")).isEqualTo("[\"e4\"]");
        assertThat(story.drift("05:00", "/findings/0/severity")).isEqualTo("\"medium\"");
    }

    @Test
    void an_object_against_a_scalar_is_two_paths() {
        Story story =
                new Story()
                        .under(rules(List.of(), List.of("a.**")))
                        .node("01:00", "desired_state_changed", "{'config':{'a':1}}")
                        .node(
                                "02:00",
                                "actual_state_reported",
                                "{'config':{'a':{'b':1,'n':null,'o':{}}}}");
        assertThat(story.drift("02:00", "/config_drift/details"))
                .isEqualTo(
                        "[{\"actual\":null,\"desired\":1,\"field\":\"a\",\"kind\":\"missing\",\"severity\":\"low\"},"
                                + "{\"actual\":1,\"desired\":null,\"field\":\"a.b\",\"kind\":\"extra\",\"severity\":\"low\"}]");
    }

    @Test
    void lists_compare_whole_as_sets_or_by_key() {
        String desired =
                "{'config':{'l':[1,2],'s':[1,2],'m':[{'name':'x','v':1},{'name':2,'v':1}]}}";
        String actual =
                "{'config':{'l':[2,1],'s':[2,1.0,2],'m':[{'name':2.0,'v':2},{'name':'x','v':1}]}}";
        Story story =
                new Story()
                        .under(
                                rules(
                                        List.of(
                                                new JudgeRules.ListRule("s", "set", null),
                                                new JudgeRules.ListRule("m", "map", "name")),
                                        List.of()))
                        .node("01:00", "desired_state_changed", desired)
                        .node("02:00", "actual_state_reported", actual);
        assertThat(story.drift("02:00", "/findings/0/path")).isEqualTo("\"l\"");
        assertThat(story.drift("02:00", "/findings/1/path")).isEqualTo("\"m.2.v\"");
        assertThat(story.drift("02:00", "/findings_total")).isEqualTo("2");
        story.node(
                "03:00",
                "actual_state_reported",
                "{'config_changes':{'m':[{'name':'x','v':9},{'name':'x'}]}}");
        assertThat(story.drift("03:00", "/status")).isEqualTo("\"comparison_error\"");
        assertThat(story.drift("03:00", "/findings/1"))
                .contains(
                        "\"kind\":\"comparison_error\"",
                        "\"path\":\"m\"",
                        "\"severity\":\"medium\"");
        assertThat(story.drift("03:00", "/findings_total")).isEqualTo("2");
        assertThat(story.drift("03:00", "/evaluated")).isEqualTo("false");
    }

    @Test
    void ignored_paths_are_no_findings_until_the_rule_expires() {
        JudgeRules.Ignore rule = new JudgeRules.Ignore("a.*", "why", Story.time("04:00"));
        JudgeRules rules =
                new JudgeRules(
                        JudgeRules.defaults().horizons(),
                        JudgeRules.defaults().defaultUpdateDeadline(),
                        List.of(),
                        List.of(rule),
                        List.of(),
                        List.of(),
                        List.of(new JudgeRules.Severity("a.**", "high")));
        Story story =
                new Story()
                        .under(rules)
                        .node("01:00", "desired_state_changed", "{'config':{'a':{'b':{'c':1}}}}")
                        .node("02:00", "actual_state_reported", "{'config':{}}");
        assertThat(story.drift("03:59", "/findings")).isEqualTo("[]");
        assertThat(story.drift("03:59", "/config_drift/stale_by")).isEqualTo("\"0m\"");
        assertThat(story.drift("04:00", "/findings/0/severity")).isEqualTo("\"high\"");
    }

    @Test
    void patterns_match_by_keys() {
        List<String> path = ConfigPath.parse("a\\.b.c.d");
        assertThat(path).containsExactly("a.b", "c", "d");
        assertThat(ConfigPath.text(path)).isEqualTo("a\\.b.c.d");
        for (String pattern :
                List.of(
                        "**",
                        "*.*.*",
                        "a\\.b.**",
                        "**.d",
                        "a\\.b.**.c.d",
                        "**.c.*",
                        "a\\.b.c.d.**")) {
            assertThat(ConfigPath.matches(pattern, path)).as(pattern).isTrue();
        }
        for (String pattern : List.of("*", "a.b.c.d", "*.*", "**.c", "a\\.b.c", "*.*.*.*")) {
            assertThat(ConfigPath.matches(pattern, path)).as(pattern).isFalse();
        }
    }

    private static JudgeRules rules(List<JudgeRules.ListRule> lists, List<String> exclusive) {
        JudgeRules defaults = JudgeRules.defaults();
        return new JudgeRules(
                defaults.horizons(),
                defaults.defaultUpdateDeadline(),
                List.of(),
                List.of(),
                lists,
                exclusive,
                List.of());
    }
}
