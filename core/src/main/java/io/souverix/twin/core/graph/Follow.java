package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.LinkHealth;
import java.util.List;

/// Which edges a walk follows.
///
/// @param types names of types; empty for all
/// @param usable whether edges that are down are passed over
public record Follow(List<String> types, Direction direction, boolean usable) {
    /// Every edge, both ways.
    public static final Follow ALL = new Follow(List.of(), Direction.BOTH, false);

    public Follow {
        types = List.copyOf(types);
    }

    /// Whether an edge is one of these, whichever way it is followed.
    boolean takes(FleetGraph.Link link) {
        return (types.isEmpty() || types.contains(link.edge().type()))
                && !(usable && link.health() == LinkHealth.DOWN);
    }

    /// The same edges, the other way.
    Follow reversed() {
        return switch (direction) {
            case OUT -> new Follow(types, Direction.IN, usable);
            case IN -> new Follow(types, Direction.OUT, usable);
            case BOTH -> this;
        };
    }
}
