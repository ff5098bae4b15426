package io.souverix.twin.engine.shard;

import io.souverix.twin.engine.shard.Cutting.Dropped;
import java.util.HashMap;
import java.util.Map;

/// What a cut of the log dropped of the nodes of a shard, while the log is folded again at a start: how
/// a copy of a dropped event is known that stayed. (Copies of an event that were under way at once may
/// be in the log twice.) A cut leaves of a node nothing behind its place that is as old as what it
/// drops, so whatever is that old there is a copy.
final class DroppedEvents {
    private final Map<String, Long> uptoMicros = new HashMap<>();
    private long place;

    /// @param cut the place of the last cut
    void add(Dropped gone, long cut) {
        uptoMicros.put(gone.node(), gone.uptoMicros());
        place = cut;
    }

    /// Whether an event of the log was there once more, and that one was dropped, or stays before the
    /// place of the cut.
    boolean isCopy(StoredEvent stored) {
        Long upto = uptoMicros.get(stored.event().subject().id());
        return upto != null
                && stored.address() >= place
                && stored.event().timestampMicros() <= upto;
    }

    void clear() {
        uptoMicros.clear();
    }
}
