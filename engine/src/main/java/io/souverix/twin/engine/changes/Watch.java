package io.souverix.twin.engine.changes;

import io.souverix.twin.core.query.Selection;
import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.List;
import java.util.Set;

/// What a client watches. Clients with equal watches share all the work.
///
/// @param topics of single nodes
/// @param filter which nodes
/// @param shown which parts of their twins are told; [Selection#ALL] for the members of the topics
/// @param tables which aggregates
/// @param listings which lists of the fleet
public record Watch(
        Set<Topic> topics,
        ViewFilter filter,
        Selection shown,
        List<TableKey> tables,
        Set<Listing> listings) {
    public Watch {
        topics = Set.copyOf(topics);
        tables = List.copyOf(tables);
        listings = Set.copyOf(listings);
        if (!topics.stream().allMatch(Topic::isOfNodes)) {
            throw new IllegalArgumentException("found " + topics + ", expected topics of nodes");
        }
    }

    /// Nodes, and all of what their topics are about.
    public static Watch ofNodes(Set<Topic> topics, ViewFilter filter) {
        return new Watch(topics, filter, Selection.ALL, List.of(), Set.of());
    }

    /// One aggregate.
    public static Watch of(TableKey table) {
        return new Watch(Set.of(), ViewFilter.ALL, Selection.ALL, List.of(table), Set.of());
    }

    /// What makes two watches the same.
    record Key(
            Set<Topic> topics,
            String filter,
            Selection shown,
            List<TableKey> tables,
            Set<Listing> listings) {}

    Key key() {
        return new Key(topics, filter.text(), shown, tables, listings);
    }

    /// Whether it is of more than nodes: what is told whole to a client that comes back.
    boolean isOfWholes() {
        return !tables.isEmpty() || !listings.isEmpty();
    }

    /// Whether a node is in the filter.
    boolean matches(Seen seen) {
        return filter.test(seen.view().with(seen.tally()));
    }

    boolean isOfNodes() {
        return !topics.isEmpty();
    }
}
