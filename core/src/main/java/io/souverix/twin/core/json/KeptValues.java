package io.souverix.twin.core.json;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Objects and lists that were read, kept by their bytes to be shared when they come again: many
/// nodes have the same configuration. A value is kept when it comes the second time in a row to its
/// place. Bounded: a newer value takes the place of another. Thread-safe: a lost race keeps nothing
/// worse than another copy.
final class KeptValues {
    /// How many values are kept; a power of two.
    static final int MAX_KEPT = 4096;

    /// The longest value that is kept, in bytes.
    static final int MAX_LENGTH = 4096;

    private record Kept(byte[] bytes, Json value) {}

    private final @Nullable Kept[] kept = new Kept[MAX_KEPT];

    /// The last hash that came to each place in vain.
    private final int[] seen = new int[MAX_KEPT];

    static int hash(byte[] bytes, int from, int length) {
        CRC32C hash = new CRC32C();
        hash.update(bytes, from, length);
        return (int) hash.getValue();
    }

    @Nullable Json find(int hash, byte[] bytes, int from, int length) {
        Kept known = kept[hash & (MAX_KEPT - 1)];
        return known != null
                        && Arrays.equals(
                                known.bytes, 0, known.bytes.length, bytes, from, from + length)
                ? known.value
                : null;
    }

    void keep(int hash, byte[] bytes, int from, int length, Json value) {
        int slot = hash & (MAX_KEPT - 1);
        if (seen[slot] == hash) {
            kept[slot] = new Kept(Arrays.copyOfRange(bytes, from, from + length), value);
        }
        seen[slot] = hash;
    }
}
