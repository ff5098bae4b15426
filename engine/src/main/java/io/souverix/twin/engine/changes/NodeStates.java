package io.souverix.twin.engine.changes;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.shard.NodeChange;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Queries.Seen;
import io.souverix.twin.engine.shard.Queries.Sight;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The node before and after a change: as it was captured, or, where nobody listened then, as it was
/// known by then.
public final class NodeStates {
    private final Catalogues catalogues;
    private final Function<String, Queries> queries;

    /// @param queries asks the shard of a node
    public NodeStates(Catalogues catalogues, Function<String, Queries> queries) {
        this.catalogues = catalogues;
        this.queries = queries;
    }

    Catalogues catalogues() {
        return catalogues;
    }

    /// @param before null where the node was not known before
    /// @param certain false where what was before is not known any more
    record Pair(@Nullable Seen before, Seen after, boolean certain) {}

    Pair of(NodeChange change) {
        if (change.after() != null) {
            return new Pair(change.before(), change.after(), true);
        }
        Seen after = known(change, change.end(), change.atMicros());
        if (after == null) {
            throw new IllegalStateException("a change of a node that is not known");
        }
        return switch (change.cause()) {
            case EVENTS -> {
                Seen before = known(change, change.addresses()[0], change.beforeMicros());
                yield new Pair(before, after, true);
            }
            case TIME -> {
                Seen before = known(change, change.end(), change.beforeMicros());
                yield new Pair(before, after, true);
            }
            case CATALOGUE -> new Pair(null, after, false);
        };
    }

    /// The node by the events before an address, at an instant; null where there are none.
    private @Nullable Seen known(NodeChange change, long before, long nowMicros) {
        String id = change.nodeId();
        AsOf asOf = new AsOf(AsOf.ALL, before, nowMicros, Times.NONE);
        Sight[] seen = {new Sight.Unknown()};
        boolean asked =
                queries.apply(id)
                        .see(
                                id,
                                asOf,
                                nowMicros,
                                catalogues,
                                sight -> {
                                    seen[0] = sight;
                                    return true;
                                });
        return asked && seen[0] instanceof Sight.Found(Seen found) ? found : null;
    }
}
