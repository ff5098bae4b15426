package io.souverix.twin.engine.shard;

import io.souverix.twin.core.query.Wildcard;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/// The ids of the nodes of a shard, by their places: one behind the other, so that to go through all
/// of them is to go through one array, and found by a table of numbers. They are of ASCII. The caller
/// holds the shard's lock.
final class PlacedIds {
    /// Other numbers in every process: whoever chooses ids cannot know which of them fall together.
    private static final long SEED = new SecureRandom().nextLong();

    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    /// A place and one more, below the hash of its id; 0 where nothing stands. At least a third of it
    /// is empty.
    private long[] table = new long[256];

    private byte[] bytes = new byte[1024];
    private int[] ends = new int[64];
    private int count;

    int size() {
        return count;
    }

    /// Makes room for about so many.
    void expect(int expected) {
        ends = Arrays.copyOf(ends, Math.max(ends.length, expected));
        int least = Math.addExact(expected, expected / 2);
        if (least > table.length) {
            retable(Integer.highestOneBit(least - 1) << 1);
        }
    }

    /// Adds the id of the next place.
    ///
    /// @return that place
    @SuppressWarnings("deprecation") // copies ASCII without an encoder
    int add(String id) {
        int from = reserve(id.length());
        id.getBytes(0, id.length(), bytes, from);
        return added(from, from + id.length());
    }

    /// The same of an id that stands in an array.
    int add(byte[] source, int from, int to) {
        int start = reserve(to - from);
        System.arraycopy(source, from, bytes, start, to - from);
        return added(start, start + to - from);
    }

    private int reserve(int length) {
        int from = from(count);
        int end = Math.addExact(from, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length / 2 * 3));
        }
        return from;
    }

    private int added(int from, int end) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count / 2 * 3);
        }
        if (count >= table.length / 3 * 2) {
            retable(Math.multiplyExact(table.length, 2));
        }
        ends[count++] = end;
        enter(hash(from, end), count);
        return count - 1;
    }

    /// Two sums side by side, as each step waits for the one before.
    private int hash(int from, int to) {
        long even = SEED;
        long odd = ~SEED;
        for (int i = from; i < to; i += 2) {
            even = (even ^ bytes[i]) * FACTOR;
            odd = (odd ^ (i + 1 < to ? bytes[i + 1] : 0)) * FACTOR;
        }
        return folded(even, odd);
    }

    private static int hash(String id) {
        int length = id.length();
        long even = SEED;
        long odd = ~SEED;
        for (int i = 0; i < length; i += 2) {
            even = (even ^ id.charAt(i)) * FACTOR;
            odd = (odd ^ (i + 1 < length ? id.charAt(i + 1) : 0)) * FACTOR;
        }
        return folded(even, odd);
    }

    private static int folded(long even, long odd) {
        return (int) ((even ^ Long.rotateLeft(odd, Integer.SIZE)) * FACTOR >>> Integer.SIZE);
    }

    private void enter(int hash, int place) {
        int at = slot(hash);
        while (table[at] != 0) {
            at = at + 1 & table.length - 1;
        }
        table[at] = (long) hash << Integer.SIZE | place;
    }

    private void retable(int length) {
        long[] old = table;
        table = new long[length];
        for (long entry : old) {
            if (entry != 0) {
                enter((int) (entry >>> Integer.SIZE), (int) entry);
            }
        }
    }

    private int slot(int hash) {
        return hash >>> Integer.numberOfLeadingZeros(table.length - 1);
    }

    /// The place of an id, or -1.
    int find(String id) {
        int hash = hash(id);
        for (int at = slot(hash); table[at] != 0; at = at + 1 & table.length - 1) {
            int place = (int) table[at] - 1;
            if ((int) (table[at] >>> Integer.SIZE) == hash && isOf(place, id)) {
                return place;
            }
        }
        return -1;
    }

    private boolean isOf(int place, String id) {
        int from = from(place);
        if (ends[place] - from != id.length()) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (bytes[from + i] != id.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int from(int place) {
        return place == 0 ? 0 : ends[place - 1];
    }

    /// The id of a place.
    String text(int place) {
        return text(from(place), ends[place]);
    }

    /// Compares the ids of two places.
    int compare(int a, int b) {
        return Arrays.compare(bytes, from(a), ends[a], bytes, from(b), ends[b]);
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
