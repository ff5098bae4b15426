package io.souverix.twin.core.json;

import io.souverix.twin.core.json.Json.JsonString;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Short ASCII texts that were read, kept to be shared when they come again. A text is kept when it
/// comes the second time in a row to its place, so that ids and times, which do not, cost nothing.
/// Bounded: a newer text takes the place of another. Thread-safe: a lost race keeps nothing worse than
/// another copy.
final class KeptTexts {
    /// How many texts are kept; a power of two.
    static final int MAX_KEPT = 4096;

    /// The longest text that is kept, in bytes.
    static final int MAX_LENGTH = 48;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private record Kept(long hash, byte[] bytes, JsonString text) {}

    private final boolean interned;
    private final @Nullable Kept[] kept = new Kept[MAX_KEPT];

    /// The last hash that came to each place in vain.
    private final int[] seen = new int[MAX_KEPT];

    /// @param interned whether kept texts are those of the code, for which a name is looked up quicker
    KeptTexts(boolean interned) {
        this.interned = interned;
    }

    /// Hashes eight more bytes of a text, the last ones filled up with zeros.
    static long mix(long hash, long eight) {
        return (hash ^ eight) * 0x9E3779B97F4A7C15L ^ (hash >>> 29);
    }

    /// The text of some bytes.
    ///
    /// @param hash all of the bytes through [#mix]
    JsonString text(byte[] bytes, int from, int length, long hash) {
        int slot = (int) (hash >>> 40) & (MAX_KEPT - 1);
        Kept known = kept[slot];
        if (known != null && known.hash == hash && is(known.bytes, bytes, from, length)) {
            return known.text;
        }
        JsonString fresh =
                new JsonString(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        if (seen[slot] == (int) hash) {
            fresh = interned ? new JsonString(fresh.value().intern()) : fresh;
            kept[slot] = new Kept(hash, Arrays.copyOfRange(bytes, from, from + length), fresh);
        }
        seen[slot] = (int) hash;
        return fresh;
    }

    /// Compares eight bytes at a time: most texts are that short.
    private static boolean is(byte[] known, byte[] bytes, int from, int length) {
        if (known.length != length) {
            return false;
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) LONG.get(known, i) != (long) LONG.get(bytes, from + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (known[i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
