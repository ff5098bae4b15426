package io.souverix.twin.service.http;

/// Events as text, for tests.
final class Events {
    static final String NODE = "node-1";

    private Events() {}

    /// A connectivity transition of [#NODE] to live, `minute` minutes after midnight.
    static String live(String id, int minute) {
        return transition(id, NODE, minute, "live");
    }

    static String transition(String id, String node, int minute, String to) {
        return """
        {"id":"%s","timestamp":"2026-02-27T%02d:%02d:00Z","node_id":"%s",\
        "event_type":"state_transition","payload":{"to":"%s"}}\
        """
                .formatted(id, minute / 60, minute % 60, node, to);
    }

    static String registered(String node, String region, String zone) {
        return """
        {"id":"reg-%s","timestamp":"2026-02-01T00:00:00Z","node_id":"%s",\
        "event_type":"node_registered",\
        "payload":{"component_type":"souverix-rempart","region":"%s","zone":"%s"}}\
        """
                .formatted(node, node, region, zone);
    }

    static String cloudEvent(String id, int minute) {
        return """
        {"specversion":"1.0","id":"%s","source":"here","time":"2026-02-27T%02d:%02d:00Z",\
        "subject":"%s","type":"io.souverix.twin.state_transition","traceparent":"00-ab-cd-01",\
        "data":{"to":"live"}}\
        """
                .formatted(id, minute / 60, minute % 60, NODE);
    }
}
