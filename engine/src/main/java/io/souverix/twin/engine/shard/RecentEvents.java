package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;
import org.jspecify.annotations.Nullable;

/// Events that were folded last, by their addresses: most of what a late event has folded again is
/// not old itself. An event takes the place of another, so it is bounded. Used by one thread.
final class RecentEvents {
    /// How many events are kept at most; a power of two.
    private static final int MAX_EVENTS = 8192;

    /// An event with a longer payload is not kept.
    private static final int MAX_PAYLOAD_BYTES = 1024;

    private final @Nullable Event[] events = new Event[MAX_EVENTS];
    private final long[] addresses = new long[MAX_EVENTS];

    void keep(long address, Event event) {
        if (event.payloadJson().length <= MAX_PAYLOAD_BYTES) {
            int place = place(address);
            addresses[place] = address;
            events[place] = event;
        }
    }

    @Nullable Event find(long address) {
        int place = place(address);
        return addresses[place] == address ? events[place] : null;
    }

    /// Addresses are some hundred bytes apart: by the upper bits of a product.
    private static int place(long address) {
        return (int)
                (address * 0x9e3779b97f4a7c15L
                        >>> Long.SIZE - Integer.numberOfTrailingZeros(MAX_EVENTS));
    }
}
