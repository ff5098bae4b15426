package io.souverix.twin.engine.shard;

import io.souverix.twin.engine.past.AsOf;
import org.roaringbitmap.RoaringBitmap;

/// Which nodes of a shard were counted anew, by their places, the latest of them: so that a question
/// need not ask every node whether it is still what it was when the question was pinned. A newer one
/// takes the place of the oldest. The shard's writer adds under the write lock; others read under the
/// read lock.
final class Recounted {
    /// How many are kept; a power of two.
    static final int MAX_KEPT = 65_536;

    private final int[] places = new int[MAX_KEPT];

    /// The last address that was folded, and the last instant that was counted at, up to then: both
    /// never go down.
    private final long[] addresses = new long[MAX_KEPT];

    private final long[] instants = new long[MAX_KEPT];
    private long count;

    /// Up to here nothing is known of who was counted.
    private long floorAddress = Long.MAX_VALUE;

    private long floorMicros = Long.MAX_VALUE;

    /// From here on everything is known.
    void begin(long lastAddress, long countedMicros) {
        count = 0;
        floorAddress = lastAddress;
        floorMicros = countedMicros;
    }

    void add(int place, long lastAddress, long countedMicros) {
        int at = (int) count & (MAX_KEPT - 1);
        if (count >= MAX_KEPT) {
            floorAddress = addresses[at];
            floorMicros = instants[at];
        }
        places[at] = place;
        addresses[at] = lastAddress;
        instants[at] = countedMicros;
        count++;
    }

    /// Adds the places of all nodes that were folded or counted since a question was pinned, and some
    /// more; false where it is not known of all.
    boolean since(AsOf asOf, RoaringBitmap more) {
        for (long i = count - 1; i >= Math.max(0, count - MAX_KEPT); i--) {
            int at = (int) i & (MAX_KEPT - 1);
            if (asOf.knows(addresses[at], instants[at])) {
                return true;
            }
            more.add(places[at]);
        }
        return asOf.knows(floorAddress, floorMicros);
    }
}
