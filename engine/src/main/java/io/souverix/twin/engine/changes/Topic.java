package io.souverix.twin.engine.changes;

import io.souverix.twin.core.event.Worded;
import java.util.List;

/// A side of the fleet that can be watched.
public enum Topic implements Worded {
    /// Every accepted event of every node, with the whole twin.
    TWINS("twins"),
    DRIFT("drift", "drift"),
    CONNECTIVITY("connectivity", "connectivity"),
    LIFECYCLE("lifecycle", "lifecycle", "operational"),
    TRUST("trust", "trust"),
    AUTHORITY("authority", "authority"),
    ATTENTION("attention"),
    GRAPH("graph", "identity", "relationships"),
    /// The rows of all projections, in the whole.
    PROJECTIONS("projections");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> members;

    Topic(String word, String... members) {
        this.word = word;
        this.members = List.of(members);
    }

    @Override
    public String word() {
        return word;
    }

    /// The members of the twin that it is about; the topic is touched where one of them differs.
    List<String> members() {
        return members;
    }

    /// Whether it tells of single nodes.
    boolean isOfNodes() {
        return this == TWINS || !members.isEmpty();
    }
}
