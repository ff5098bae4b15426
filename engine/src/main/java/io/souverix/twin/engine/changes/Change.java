package io.souverix.twin.engine.changes;

import io.souverix.twin.engine.shard.NodeChange;

/// A change in the ring.
///
/// @param sequence its number in this run, from 1, without gaps
/// @param end the position that shows it; never less than that of the change before
record Change(long sequence, long end, NodeChange node) {
    private static final int BYTES = 160;

    /// What a twin holds that only changes hold still, about.
    private static final int TWIN_BYTES = 900;

    /// Whether it came by time alone.
    boolean isAged() {
        return node.cause() == NodeChange.Cause.TIME;
    }

    /// About how much it takes.
    int bytes() {
        int twin = node.after() != null && node.cause() == NodeChange.Cause.EVENTS ? TWIN_BYTES : 0;
        return BYTES + node.addresses().length * Long.BYTES + twin;
    }
}
