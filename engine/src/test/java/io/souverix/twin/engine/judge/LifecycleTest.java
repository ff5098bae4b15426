package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Phases, maintenance, updates, annulments.
final class LifecycleTest {
    @Test
    void maintenance_gives_back_the_phase_before_the_window() {
        Story story =
                new Story()
                        .node("01:00", "provisioning_completed", "{}")
                        .node("02:00", "state_transition", "{'to':'maintenance','reason':'manual'}")
                        .node(
                                "03:00",
                                "maintenance_started",
                                "{'window_end':'2026-03-01T06:00:00+01:00'}")
                        .node("04:00", "maintenance_completed", "{}")
                        .node("05:00", "maintenance_completed", "{}");
        assertThat(story.twin("03:30", "/lifecycle/maintenance"))
                .isEqualTo(
                        "{\"open\":true,\"planned\":[],\"reason\":\"manual\",\"since\":\"2026-03-01T02:00:00Z\","
                                + "\"window_end\":\"2026-03-01T05:00:00Z\"}");
        assertThat(story.twin("05:30", "/lifecycle/phase")).isEqualTo("\"active\"");
        assertThat(story.twin("05:30", "/lifecycle/since")).isEqualTo("\"2026-03-01T04:00:00Z\"");
    }

    @Test
    void what_is_decommissioned_stays_so_until_it_is_provisioned() {
        Story story =
                new Story()
                        .node("01:00", "decommissioning_completed", "{}")
                        .node("02:00", "maintenance_started", "{}")
                        .node("02:10", "provisioning_completed", "{}")
                        .node("02:20", "decommissioning_started", "{}")
                        .node("03:00", "provisioning_started", "{}");
        assertThat(story.twin("02:30", "/lifecycle/phase")).isEqualTo("\"decommissioned\"");
        assertThat(story.twin("03:00", "/lifecycle/phase")).isEqualTo("\"provisioning\"");
    }

    @Test
    void planned_windows_stand_until_they_end() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "maintenance_planned",
                                "{'window_start':'2026-03-01T05:00:00Z','window_end':'2026-03-01T06:00:00Z'}")
                        .node(
                                "01:00",
                                "maintenance_planned",
                                "{'window_start':'2026-03-01T03:00:00Z','window_end':'2026-03-01T04:00:00Z','reason':'r'}");
        assertThat(story.twin("03:59:59", "/lifecycle/maintenance/planned/0/reason"))
                .isEqualTo("\"r\"");
        assertThat(story.twin("04:00", "/lifecycle/maintenance/planned/0/window_start"))
                .isEqualTo("\"2026-03-01T05:00:00Z\"");
        assertThat(story.twin("06:00", "/lifecycle/maintenance/planned")).isEqualTo("[]");
    }

    @Test
    void an_update_keeps_what_it_was_opened_with() {
        Story story =
                new Story()
                        .node("01:00", "actual_state_reported", "{'software_version':'1'}")
                        .node("02:00", "update_initiated", "{'target_version':'2','wave':3}")
                        .node("03:00", "update_completed", "{'version':'1.5'}")
                        .node("04:00", "update_failed", "{'version':'9','reason':'disk'}");
        assertThat(story.twin("02:30", "/lifecycle/update"))
                .contains(
                        "\"deadline\":\"2026-03-01T04:00:00Z\"",
                        "\"from_version\":\"1\"",
                        "\"overdue\":false");
        assertThat(story.twin("03:00", "/lifecycle/update"))
                .contains(
                        "\"state\":\"completed\"",
                        "\"target_version\":\"2\"",
                        "\"version\":\"1.5\"",
                        "\"wave\":3");
        assertThat(story.twin("04:00", "/lifecycle/update"))
                .isEqualTo(
                        "{\"campaign\":null,\"deadline\":null,\"finished_at\":\"2026-03-01T04:00:00Z\","
                                + "\"from_version\":null,\"overdue\":false,\"reason\":\"disk\",\"started_at\":null,"
                                + "\"state\":\"failed\",\"target_version\":\"9\",\"version\":\"9\",\"wave\":null}");
    }

    @Test
    void an_annulment_takes_an_event_out_for_every_moment_and_cannot_be_annulled() {
        Story story =
                new Story()
                        .node("01:00", "state_transition", "{'to':'live'}")
                        .node("02:00", "state_transition", "{'to':'delayed'}")
                        .node(
                                "05:00",
                                "event_annulled",
                                "{'event_id':'e2','event_timestamp':'2026-03-01T03:00:00+01:00','reason':'wrong'}")
                        .node(
                                "06:00",
                                "event_annulled",
                                "{'event_id':'e3','event_timestamp':'2026-03-01T05:00:00Z','reason':'no'}");
        assertThat(story.twin("03:00", "/connectivity/state")).isEqualTo("\"live\"");
        assertThat(story.twin("07:00", "/connectivity/state")).isEqualTo("\"live\"");
        assertThat(story.twin("03:00", "/meta/events")).isEqualTo("2");
        assertThat(story.twin("07:00", "/meta/updated_at")).isEqualTo("\"2026-03-01T06:00:00Z\"");
    }

    @Test
    void equal_times_are_ordered_by_sequence_then_id() {
        Story story =
                new Story()
                        .node("01:00", "state_transition", "{'to':'live'}")
                        .with("sequence", 2)
                        .with("id", "a")
                        .node("01:00", "state_transition", "{'to':'delayed'}")
                        .with("sequence", 1)
                        .with("id", "z")
                        .node("02:00", "state_transition", "{'to':'ok'}")
                        .with("id", "e10")
                        .node("02:00", "state_transition", "{'to':'failed'}")
                        .with("id", "e9");
        assertThat(story.twin("03:00", "/connectivity/state")).isEqualTo("\"live\"");
        assertThat(story.twin("03:00", "/operational/state")).isEqualTo("\"failed\"");
    }
}
