package io.souverix.twin.engine.shard;

import io.souverix.twin.core.query.Wildcard;
import java.util.Arrays;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/// The ids of the nodes of an index, one behind the other: to go through all of them is to go
/// through one array. The caller holds the shard's lock.
final class PlacedIds {
    private byte[] bytes = new byte[1024];
    private int[] ends = new int[64];
    private int count;

    /// Adds the id of the next place.
    @SuppressWarnings("deprecation") // copies ASCII without an encoder
    void add(String id) {
        int from = count == 0 ? 0 : ends[count - 1];
        int end = Math.addExact(from, id.length());
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length / 2 * 3));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count / 2 * 3);
        }
        id.getBytes(0, id.length(), bytes, from);
        ends[count++] = end;
    }

    /// The places whose ids pass.
    RoaringBitmap passing(Predicate<String> matches) {
        RoaringBitmap places = new RoaringBitmap();
        int from = 0;
        for (int place = 0; place < count; place++) {
            int end = ends[place];
            if (matches instanceof Wildcard pattern
                    ? pattern.test(bytes, from, end)
                    : matches.test(text(from, end))) {
                places.add(place);
            }
            from = end;
        }
        return places;
    }

    @SuppressWarnings("deprecation") // makes a text of ASCII without a decoder
    private String text(int from, int end) {
        return new String(bytes, 0, from, end - from);
    }
}
