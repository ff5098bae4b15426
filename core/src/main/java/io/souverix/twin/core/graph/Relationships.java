package io.souverix.twin.core.graph;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.LinkReported;
import io.souverix.twin.core.event.Payload.RelationshipAdded;
import io.souverix.twin.core.event.Payload.RelationshipRemoved;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The edges that start at a node, sorted by type and target. Mutable: the fold applies events in
/// the order of the walk.
public final class Relationships {
    private List<Edge> edges = List.of();

    public Relationships copy() {
        Relationships copy = new Relationships();
        copy.edges = edges;
        return copy;
    }

    /// The standing edges, by type, then target.
    public List<Edge> edges() {
        return edges;
    }

    /// Applies the next event of the walk. A report makes no edge; an addition forgets the reports
    /// before it.
    public void apply(Event event, Sharing sharing) {
        switch (event.payload()) {
            case RelationshipAdded added -> {
                Edge standing = edge(added.type(), added.to());
                replace(
                        new Edge(
                                sharing.text(added.to()),
                                sharing.text(added.type()),
                                added.attributes(),
                                standing == null ? event.timestampMicros() : standing.sinceMicros(),
                                null,
                                null,
                                null));
            }
            case RelationshipRemoved removed ->
                    edges =
                            edges.stream()
                                    .filter(edge -> !is(edge, removed.type(), removed.to()))
                                    .toList();
            case LinkReported report -> {
                Edge standing = edge(report.type(), report.to());
                if (standing != null) {
                    replace(
                            new Edge(
                                    standing.to(),
                                    standing.type(),
                                    standing.attributes(),
                                    standing.sinceMicros(),
                                    report.health(),
                                    report.latencyMs(),
                                    report.lossPct()));
                }
            }
            default -> {}
        }
    }

    private static boolean is(Edge edge, String type, String to) {
        return edge.type().equals(type) && edge.to().equals(to);
    }

    private @Nullable Edge edge(String type, String to) {
        for (Edge edge : edges) {
            if (is(edge, type, to)) {
                return edge;
            }
        }
        return null;
    }

    private void replace(Edge newer) {
        List<Edge> next = new ArrayList<>(edges.size() + 1);
        boolean placed = false;
        for (Edge edge : edges) {
            int order = edge.type().compareTo(newer.type());
            if (order == 0) {
                order = edge.to().compareTo(newer.to());
            }
            if (order >= 0 && !placed) {
                next.add(newer);
                placed = true;
            }
            if (order != 0) {
                next.add(edge);
            }
        }
        if (!placed) {
            next.add(newer);
        }
        edges = List.copyOf(next);
    }

    public void write(StateWriter out) {
        out.list(edges, Edge::write);
    }

    public static Relationships read(StateReader in) {
        Relationships relationships = new Relationships();
        relationships.edges = List.copyOf(in.list(Edge::read));
        return relationships;
    }
}
