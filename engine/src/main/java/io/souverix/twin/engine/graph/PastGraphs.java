package io.souverix.twin.engine.graph;

import io.souverix.twin.core.graph.FleetGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Graphs of past instants, the last few that were asked for. They are read only, once made.
/// Thread-safe; who asks for one that is being made waits for it.
final class PastGraphs {
    /// How many are kept.
    static final int MOST = 4;

    private final Map<Key, FleetGraph> graphs = new LinkedHashMap<>(MOST, 0.75f, true);

    /// What a graph is of: events up to an instant, before an address.
    record Key(long atMicros, long before) {}

    synchronized FleetGraph graph(Key key, Supplier<FleetGraph> made) {
        FleetGraph standing = graphs.get(key);
        if (standing != null) {
            return standing;
        }
        FleetGraph graph = made.get();
        graphs.put(key, graph);
        if (graphs.size() > MOST) {
            graphs.remove(graphs.keySet().iterator().next());
        }
        return graph;
    }
}
