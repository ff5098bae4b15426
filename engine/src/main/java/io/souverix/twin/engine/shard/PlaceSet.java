package io.souverix.twin.engine.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// Places of nodes: a few as numbers, in their order; more of them as a bitmap, of which an empty one
/// takes five objects. Not thread-safe.
final class PlaceSet {
    /// How many are a few.
    static final int FEW = 16;

    private static final int[] NONE = {};

    private int[] few = NONE;
    private int count;

    /// All of them, where they are or were more than a few.
    private @Nullable RoaringBitmap many;

    void add(int place) {
        if (many != null) {
            many.add(place);
            return;
        }
        int at = count == 0 || few[count - 1] < place ? count : find(place);
        if (at < 0) {
            at = -at - 1;
        } else if (at < count) {
            return;
        }
        if (count == FEW) {
            many = bitmap();
            many.add(place);
            few = NONE;
            return;
        }
        if (count == few.length) {
            few = Arrays.copyOf(few, Math.max(2, count * 2));
        }
        System.arraycopy(few, at, few, at + 1, count - at);
        few[at] = place;
        count++;
    }

    void remove(int place) {
        if (many != null) {
            many.remove(place);
            return;
        }
        int at = find(place);
        if (at >= 0) {
            count--;
            System.arraycopy(few, at + 1, few, at, count - at);
        }
    }

    private int find(int place) {
        return Arrays.binarySearch(few, 0, count, place);
    }

    boolean isEmpty() {
        return many == null ? count == 0 : many.isEmpty();
    }

    /// All of them; not to be changed.
    RoaringBitmap bitmap() {
        RoaringBitmap all = many;
        if (all == null) {
            all = new RoaringBitmap();
            addFewTo(all);
        }
        return all;
    }

    private void addFewTo(RoaringBitmap others) {
        for (int i = 0; i < count; i++) {
            others.add(few[i]);
        }
    }

    /// All that are in any of some sets; not to be changed.
    static RoaringBitmap or(List<PlaceSet> sets) {
        if (sets.size() == 1) {
            return sets.getFirst().bitmap();
        }
        RoaringBitmap ofFew = new RoaringBitmap();
        List<RoaringBitmap> all = new ArrayList<>();
        all.add(ofFew);
        for (PlaceSet set : sets) {
            if (set.many == null) {
                set.addFewTo(ofFew);
            } else {
                all.add(set.many);
            }
        }
        // At once: one by one each would be counted anew.
        return RoaringBitmap.or(all.iterator());
    }

    /// Those that are among others, too.
    RoaringBitmap and(RoaringBitmap others) {
        if (many != null) {
            return RoaringBitmap.and(many, others);
        }
        RoaringBitmap both = new RoaringBitmap();
        for (int i = 0; i < count; i++) {
            if (others.contains(few[i])) {
                both.add(few[i]);
            }
        }
        return both;
    }
}
