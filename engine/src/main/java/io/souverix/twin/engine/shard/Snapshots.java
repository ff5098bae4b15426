package io.souverix.twin.engine.shard;

import io.souverix.twin.core.twin.Twin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Twins as they were at a moment in the middle of their history, so that a backlog that arrives in
/// pieces is folded on from where the last piece ended. One a node, the least used dropped first. The
/// caller holds the shard's lock.
final class Snapshots {
    /// How many are kept.
    static final int MAX_KEPT = 4096;

    /// A twin after all events up to a timestamp, inclusive.
    record Snapshot(Twin twin, long uptoMicros) {}

    private final Map<String, Snapshot> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Snapshot> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    void forget(String id) {
        kept.remove(id);
    }

    void keep(Twin twin, long uptoMicros) {
        kept.put(twin.id(), new Snapshot(twin.copy(), uptoMicros));
    }

    /// The snapshot of a node from before a timestamp; one that is not from before is dropped, as
    /// its past has changed.
    @Nullable Snapshot before(String id, long timestampMicros) {
        Snapshot snapshot = kept.get(id);
        if (snapshot != null && snapshot.uptoMicros() >= timestampMicros) {
            kept.remove(id);
            return null;
        }
        return snapshot;
    }
}
