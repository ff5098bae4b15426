package io.souverix.twin.engine;

import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.fleet.Row;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.shard.Meaning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group as all shards hold it, with its rows as they were made last. To be used while no shard
/// changes, by any number of threads.
final class ShownGroup {
    private final JsonObject name;
    private final List<GroupSums> sums;

    /// By projection; null where rows are not kept. A lost race makes one twice.
    private final @Nullable Made @Nullable [] made;

    /// A row, and how often the sums had changed when it was made.
    private record Made(long changes, Row row) {}

    /// @param name the members that say which it is; none for the whole
    ShownGroup(JsonObject name, List<GroupSums> sums, boolean keeping) {
        this.name = name;
        this.sums = List.copyOf(sums);
        made = keeping ? new Made[Projection.values().length] : null;
    }

    /// The row as it was made last, where the sums stand.
    Row row(Projection projection, Meaning meaning) {
        long changes = 0;
        for (GroupSums one : sums) {
            changes += one.changes();
        }
        Made last = made == null ? null : made[projection.ordinal()];
        if (last != null && last.changes == changes) {
            return last.row;
        }
        Row row = meaning.show(projection, name, sums);
        if (made != null) {
            made[projection.ordinal()] = new Made(changes, row);
        }
        return row;
    }
}
