package io.souverix.twin.engine.shard;

import io.souverix.twin.core.twin.Twin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Twins as they were at a moment in the middle of their history, so that what comes late again is
/// folded on from near there. Two a node: from before the oldest and from before the newest of what
/// came late the last time. Those of the least used node are dropped first. The caller holds the
/// shard's lock.
final class Snapshots {
    /// Of how many nodes some are kept.
    static final int MAX_KEPT = 16_384;

    /// A twin after all events up to a timestamp, inclusive.
    record Snapshot(Twin twin, long uptoMicros) {}

    /// The newer one, and the one before it.
    private record Pair(Snapshot newer, @Nullable Snapshot older) {}

    private final Map<String, Pair> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Pair> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    void forget(String id) {
        kept.remove(id);
    }

    /// Keeps a copy; it is newer than those that stand.
    void keep(Twin twin, long uptoMicros) {
        Pair standing = kept.get(twin.id());
        Snapshot fresh = new Snapshot(twin.copy(), uptoMicros);
        kept.put(twin.id(), new Pair(fresh, standing == null ? null : standing.newer()));
    }

    /// The newest snapshot of a node from before a timestamp; those that are not from before are
    /// dropped, as their past has changed.
    @Nullable Snapshot before(String id, long timestampMicros) {
        Pair standing = kept.get(id);
        if (standing == null || standing.newer().uptoMicros() < timestampMicros) {
            return standing == null ? null : standing.newer();
        }
        Snapshot older = standing.older();
        if (older == null || older.uptoMicros() >= timestampMicros) {
            kept.remove(id);
            return null;
        }
        kept.put(id, new Pair(older, null));
        return older;
    }
}
