package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.fleet.Row;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the engine asks of the core: the one seam at which a fault of meaning shows, and at which a test
/// can make one. Whatever it throws concerns that node, or that projection, alone.
public interface Meaning {
    /// Applies the next event of a walk.
    void fold(Twin twin, Event event, long address);

    /// What aggregates count of a node.
    ///
    /// @param standing what was counted before, where only its connection was spoken of since; else
    ///     null
    Facets count(TwinView view, @Nullable Facets standing);

    /// The row of a group in an aggregate.
    default Row show(Projection projection, JsonObject group, List<GroupSums> sums) {
        return projection.row(group, sums);
    }

    /// The core's own.
    static Meaning of(Fold fold) {
        return new Meaning() {
            @Override
            public void fold(Twin twin, Event event, long address) {
                fold.apply(twin, event, address);
            }

            @Override
            public Facets count(TwinView view, @Nullable Facets standing) {
                return standing == null ? view.facets() : view.facets(standing);
            }
        };
    }
}
