package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.service.http.Served.Reply;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is asked and sent about a past that is no longer retained.
final class RetainedTest {
    private static final String FLOOR = "2026-02-27T06:00:00Z";
    private static final String NODES = "application/x-ndjson";

    private final Served served = Served.start();

    @BeforeEach
    void cut() {
        for (int hour = 0; hour < 12; hour++) {
            for (int minute = 0; minute < 60; minute += 10) {
                served.take(report(hour, minute, minute));
            }
        }
        long floor = Times.micros(Instant.parse(FLOOR));
        long now = Times.micros(Served.NOW);
        assertThat(served.engine().cut(floor, now)).isPositive();
    }

    @AfterEach
    void end() {
        served.close();
    }

    private static String report(int hour, int minute, int latency) {
        return """
        {"id":"e-%d-%d","timestamp":"2026-02-27T%02d:%02d:00Z","node_id":"n",\
        "event_type":"connectivity_reported","payload":{"latency_ms":%d}}\
        """
                .formatted(hour, minute, hour, minute, latency);
    }

    @Test
    void an_earlier_instant_is_answered_410_with_the_earliest_one() {
        for (String path :
                new String[] {
                    "/v1/twins/n?at=2026-02-27T05:59:59Z",
                    "/v1/twins?at=2026-02-27T05:59:59Z",
                    "/v1/projections/drift?at=2026-02-27T05:59:59Z",
                    "/v1/twins/n/diff?from=2026-02-27T05:00:00Z&to=2026-02-27T07:00:00Z",
                    "/v1/projections/drift/history?since=2026-02-27T05:00:00Z",
                }) {
            Reply reply = served.get(path);
            assertThat(reply.status()).as(path).isEqualTo(410);
            assertThat(reply.at("code")).isEqualTo("before_retained_history");
            assertThat(reply.at("detail")).contains("expected " + FLOOR + " or later");
        }
        // Everything was recorded at one moment, before which nothing is known any more.
        Reply known = served.get("/v1/twins/n?known_at=2026-02-27T07:00:00Z");
        assertThat(known.status()).isEqualTo(410);
        assertThat(known.at("detail")).contains("known_at=", "expected 2026-02-28T12:00:00Z");
    }

    @Test
    void from_the_floor_on_the_twin_is_what_it_was() {
        Reply then = served.get("/v1/twins/n?at=" + FLOOR);
        assertThat(then.status()).isEqualTo(200);
        assertThat(then.at("connectivity", "latency_ms")).isEqualTo("0");
        assertThat(then.number("meta", "events")).isEqualTo(37);
        assertThat(served.get("/v1/twins/n").number("meta", "events")).isEqualTo(72);
        Reply events = served.get("/v1/twins/n/events?limit=1000");
        assertThat(events.list("events")).hasSize(35);
        assertThat(events.at("events", "0", "timestamp")).isEqualTo("2026-02-27T06:10:00Z");
    }

    @Test
    void an_older_event_is_refused_and_so_is_the_annulment_of_one() {
        Reply reply =
                served.post(
                        NODES,
                        String.join(
                                "\n",
                                report(6, 0, 7),
                                report(5, 0, 0),
                                "{\"id\":\"a\",\"timestamp\":\"2026-02-27T09:00:00Z\",\"node_id\":"
                                        + "\"n\",\"event_type\":\"event_annulled\",\"payload\":"
                                        + "{\"event_id\":\"e-5-0\",\"event_timestamp\":"
                                        + "\"2026-02-27T05:00:00Z\",\"reason\":\"wrong\"}}",
                                report(6, 1, 7)));
        assertThat(reply.number("applied") + reply.number("late")).isEqualTo(1);
        assertThat(reply.number("rejected")).isEqualTo(3);
        assertThat(reply.at("errors", "0", "code")).isEqualTo("before_retained_history");
        assertThat(reply.at("errors", "0", "pointer")).isEqualTo("/timestamp");
        assertThat(reply.at("errors", "0", "detail")).contains("later than " + FLOOR);
        assertThat(reply.at("errors", "2", "pointer")).isEqualTo("/payload/event_timestamp");
    }

    @Test
    void the_metrics_tell_what_is_retained() {
        assertThat(served.get("/metrics").text())
                .contains("twin_retained_from_seconds 1.7721")
                .contains("twin_log_cuts_total 1.0")
                .contains("twin_log_dropped_events");
    }
}
