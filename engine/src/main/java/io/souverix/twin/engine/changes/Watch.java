package io.souverix.twin.engine.changes;

import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.List;
import java.util.Set;

/// What a client watches. Clients with equal watches share all the work.
///
/// @param topics of single nodes
/// @param filter which nodes
/// @param tables which aggregates
public record Watch(Set<Topic> topics, ViewFilter filter, List<TableKey> tables) {
    public Watch {
        topics = Set.copyOf(topics);
        tables = List.copyOf(tables);
        if (!topics.stream().allMatch(Topic::isOfNodes)) {
            throw new IllegalArgumentException("found " + topics + ", expected topics of nodes");
        }
    }

    /// What makes two watches the same.
    record Key(Set<Topic> topics, String filter, List<TableKey> tables) {}

    Key key() {
        return new Key(topics, filter.text(), tables);
    }

    /// Whether a node is in the filter.
    boolean matches(Seen seen) {
        return filter.test(seen.view().with(seen.tally()));
    }

    boolean isOfNodes() {
        return !topics.isEmpty();
    }
}
