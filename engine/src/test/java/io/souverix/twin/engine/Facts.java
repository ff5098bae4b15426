package io.souverix.twin.engine;

import java.time.Instant;

/// Events as NDJSON lines, in a few words.
final class Facts {
    static final Instant START = Instant.parse("2026-02-24T00:00:00Z");

    private Facts() {}

    /// An event of a node, so many seconds after [#START].
    ///
    /// @param payload JSON with `'` for `"`
    static String node(String node, String id, long second, String type, String payload) {
        return line("node_id", node, id, START.plusSeconds(second).toString(), type, payload);
    }

    static String line(
            String kind, String subject, String id, String time, String type, String payload) {
        String envelope =
                "{'id':'%s','timestamp':'%s','%s':'%s','event_type':'%s','payload':%s}"
                        .formatted(id, time, kind, subject, type, payload);
        return envelope.replace('\'', '"');
    }

    static String heartbeat(String node, String id, long second) {
        return node(node, id, second, "x_heartbeat", "{}");
    }

    /// A state transition.
    static String state(String node, String id, long second, String to) {
        return node(node, id, second, "state_transition", "{'to':'" + to + "'}");
    }

    static String annulment(String node, String id, long second, String target, long targetSecond) {
        return node(
                node,
                id,
                second,
                "event_annulled",
                "{'event_id':'%s','event_timestamp':'%s','reason':'wrong'}"
                        .formatted(target, START.plusSeconds(targetSecond)));
    }
}
