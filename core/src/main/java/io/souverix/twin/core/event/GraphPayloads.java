package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.json.Json;

/// Reads the payloads of relationships, links and clusters.
final class GraphPayloads {
    private GraphPayloads() {}

    static Payload read(EventType type, Fields f) {
        return switch (type) {
            case RELATIONSHIP_ADDED ->
                    new RelationshipAdded(
                            f.subjectId("to"), edgeType(f), f.optionalObject("attributes"));
            case RELATIONSHIP_REMOVED -> new RelationshipRemoved(f.subjectId("to"), edgeType(f));
            case LINK_REPORTED ->
                    new LinkReported(
                            f.subjectId("to"),
                            edgeType(f),
                            f.word("health", LinkHealth.values()),
                            ConnectivityPayloads.latency(f),
                            f.optionalNumber("loss_pct", 100));
            case CLUSTER_JOINED -> new ClusterJoined(f.text("cluster"));
            case CLUSTER_LEFT -> new ClusterLeft(f.text("cluster"));
            default -> throw new IllegalStateException("no graph type: " + type);
        };
    }

    private static String edgeType(Fields f) {
        String type = f.text("type");
        if (type.length() > 64 || !type.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '_')) {
            throw f.refusal(
                    "type",
                    "found "
                            + Fields.shown(Json.of(type))
                            + ", expected signaling, media, control, bypass, federation or any"
                            + " lower-case word");
        }
        return type;
    }
}
