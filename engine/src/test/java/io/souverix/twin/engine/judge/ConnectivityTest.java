package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Connectivity, replay and the ledger.
final class ConnectivityTest {
    @Test
    void a_ledger_marks_what_may_not_follow_and_what_claims_another_past() {
        Story story =
                new Story()
                        .node("01:00", "state_transition", "{'to':'replaying','from':'live'}")
                        .node("02:00", "state_transition", "{'to':'replaying','from':'delayed'}")
                        .node("03:00", "state_transition", "{'to':'returning'}")
                        .node("04:00", "replay_started", "{'total':5}")
                        .node("05:00", "state_transition", "{'to':'live','from':'returning'}")
                        .node("06:00", "connection_lost", "{'reason':'storm'}")
                        .node("07:00", "state_transition", "{'to':'live'}")
                        .node(
                                "08:00",
                                "state_transition",
                                "{'to':'edge-cached','sync_interval':900}");
        String[] regular = {"true", "true", "false", "true", "false", "true", "false", "true"};
        for (int i = 0; i < regular.length; i++) {
            assertThat(story.ledger("09:00", "/history/" + i + "/regular"))
                    .as("entry %d", i)
                    .isEqualTo(regular[i]);
        }
        assertThat(story.ledger("09:30", "/history/3"))
                .isEqualTo(
                        "{\"backlog\":5,\"duration_seconds\":3600,\"event_id\":\"e4\",\"regular\":true,"
                                + "\"state\":\"replaying\",\"timestamp\":\"2026-03-01T04:00:00Z\"}");
        assertThat(story.ledger("09:30", "/history/7/duration_seconds")).isEqualTo("5400");
        assertThat(story.ledger("09:30", "/history/7/sync_interval")).isEqualTo("\"15m\"");
    }

    @Test
    void reporting_the_same_state_again_starts_nothing() {
        Story story =
                new Story()
                        .node("01:00", "state_transition", "{'to':'delayed','reason':'slow'}")
                        .node("02:00", "state_transition", "{'to':'delayed'}");
        assertThat(story.twin("03:00", "/connectivity/since"))
                .isEqualTo("\"2026-03-01T01:00:00Z\"");
        assertThat(story.twin("03:00", "/connectivity/reason")).isEqualTo("null");
    }

    @Test
    void sync_debt_counts_from_leaving_live_and_names_what_was_missed() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "desired_state_changed",
                                "{'config':{'a':1,'b':[1]},'policy_version':'p1'}")
                        .node("02:00", "state_transition", "{'to':'live'}")
                        .node("03:00", "state_transition", "{'to':'autonomous'}")
                        .node(
                                "04:00",
                                "desired_state_changed",
                                "{'config_changes':{'a':1.0,'b':[2],'c':0}}")
                        .node("04:00", "desired_state_changed", "{'policy_version':'p2'}");
        assertThat(story.twin("02:30", "/connectivity/sync_debt_seconds")).isEqualTo("0");
        assertThat(story.twin("04:01:59", "/connectivity/sync_debt")).isEqualTo("\"1h1m\"");
        assertThat(story.twin("04:01:59", "/connectivity/sync_debt_seconds")).isEqualTo("3719");
        assertThat(story.twin("05:00", "/connectivity/sync_debt_parts"))
                .isEqualTo("{\"config\":2,\"policy\":1,\"version\":0}");
    }

    @Test
    void a_replay_tells_its_rate_and_its_end() {
        Story story =
                new Story()
                        .node("01:00", "replay_started", "{'total':100}")
                        .node("01:00:30", "replay_progressed", "{'processed':40,'total':100}");
        assertThat(story.twin("01:01", "/connectivity/message_backlog")).isEqualTo("60");
        assertThat(story.twin("01:01", "/connectivity/replay"))
                .isEqualTo(
                        "{\"eta\":\"2026-03-01T01:01:15Z\",\"processed\":40,\"rate_per_second\":1.333,"
                                + "\"started_at\":\"2026-03-01T01:00:00Z\",\"total\":100}");
        story.node("01:01", "replay_completed", "{}");
        assertThat(story.twin("01:02", "/connectivity/message_backlog")).isEqualTo("0");
        assertThat(story.twin("01:02", "/connectivity/replay"))
                .isEqualTo(
                        "{\"eta\":null,\"processed\":100,\"rate_per_second\":1.667,"
                                + "\"started_at\":\"2026-03-01T01:00:00Z\",\"total\":100}");
    }

    @Test
    void progress_without_a_replay_opens_one() {
        Story story = new Story().node("01:00", "replay_progressed", "{'processed':4,'total':10}");
        assertThat(story.twin("02:00", "/connectivity/replay/started_at"))
                .isEqualTo("\"2026-03-01T01:00:00Z\"");
        assertThat(story.twin("02:00", "/connectivity/replay/rate_per_second")).isEqualTo("null");
        assertThat(story.twin("02:00", "/connectivity/state")).isEqualTo("null");
    }

    @Test
    void entering_live_empties_the_backlog_and_staying_live_does_not() {
        Story story =
                new Story()
                        .node("01:00", "connectivity_reported", "{'backlog':9}")
                        .node("02:00", "state_transition", "{'to':'live'}")
                        .node("03:00", "connectivity_reported", "{'backlog':7}")
                        .node("04:00", "state_transition", "{'to':'live'}");
        assertThat(story.twin("02:00", "/connectivity/message_backlog")).isEqualTo("0");
        assertThat(story.twin("05:00", "/connectivity/message_backlog")).isEqualTo("7");
    }

    @Test
    void an_absence_keeps_its_own_eta() {
        Story story =
                new Story()
                        .node("01:00", "connection_lost", "{'return_eta':'1h30m'}")
                        .node("01:10", "state_transition", "{'to':'autonomous'}")
                        .node("02:00", "connection_established", "{}")
                        .node("03:00", "connection_lost", "{}");
        assertThat(story.twin("01:30", "/connectivity/return_eta"))
                .isEqualTo("\"2026-03-01T02:30:00Z\"");
        assertThat(story.twin("02:30", "/connectivity/return_eta")).isEqualTo("null");
        assertThat(story.twin("03:30", "/connectivity/return_eta")).isEqualTo("null");
    }
}
