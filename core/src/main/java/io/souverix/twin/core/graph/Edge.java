package io.souverix.twin.core.graph;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.LinkHealth;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A standing edge to another node, with what was last reported of it since it was last added.
public record Edge(
        String to,
        String type,
        @Nullable JsonObject attributes,
        long sinceMicros,
        @Nullable LinkHealth health,
        @Nullable JsonNumber latencyMs,
        @Nullable JsonNumber lossPct) {
    static final Comparator<Edge> BY_TYPE_AND_TARGET =
            Comparator.comparing(Edge::type).thenComparing(Edge::to);

    static void write(StateWriter out, Edge edge) {
        out.text(edge.to).text(edge.type).json(edge.attributes).fixed(edge.sinceMicros);
        out.constant(edge.health).json(edge.latencyMs).json(edge.lossPct);
    }

    static Edge read(StateReader in) {
        return new Edge(
                in.text(),
                in.text(),
                (JsonObject) in.optionalJson(),
                in.fixed(),
                in.optionalConstant(LinkHealth.values()),
                (JsonNumber) in.optionalJson(),
                (JsonNumber) in.optionalJson());
    }
}
