package io.souverix.twin.engine.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The standing edges from a node: `relationships`.
final class Relationships {
    private static final Comparator<Edge> ORDER =
            Comparator.comparing(Edge::type).thenComparing(Edge::to);

    private Relationships() {}

    private record Edge(String type, String to) {
        static Edge of(Event event) {
            return new Edge(event.needed("type"), event.needed("to"));
        }
    }

    static List<@Nullable Object> relationships(Question asked) {
        Set<Edge> edges = new TreeSet<>(ORDER);
        for (Event event : asked.history()) {
            if (event.is("relationship_added")) {
                edges.add(Edge.of(event));
            }
        }
        List<@Nullable Object> shown = new ArrayList<>();
        for (Edge edge : edges) {
            List<Event> history =
                    asked.history().stream().filter(event -> isAbout(event, edge)).toList();
            if (stands(history)) {
                shown.add(shown(edge, history));
            }
        }
        return shown;
    }

    private static boolean isAbout(Event event, Edge edge) {
        return (event.is("relationship_added")
                        || event.is("relationship_removed")
                        || event.is("link_reported"))
                && Edge.of(event).equals(edge);
    }

    private static boolean stands(List<Event> history) {
        for (Event event : history.reversed()) {
            if (!event.is("link_reported")) {
                return event.is("relationship_added");
            }
        }
        return false;
    }

    private static Map<String, @Nullable Object> shown(Edge edge, List<Event> history) {
        Event added = Walk.lastOf(history, "relationship_added");
        Event reported = Walk.lastOf(history, "link_reported");
        boolean counts =
                added != null && reported != null && Event.ORDER.compare(reported, added) > 0;
        Map<String, @Nullable Object> link =
                counts && reported != null ? reported.payload() : Map.of();
        return Members.of(
                "to", edge.to(),
                "type", edge.type(),
                "attributes", added == null ? null : added.payload().get("attributes"),
                "health", link.get("health"),
                "latency_ms", link.get("latency_ms"),
                "loss_pct", link.get("loss_pct"),
                "since", Walk.startOfRun(history, Relationships::stands));
    }
}
