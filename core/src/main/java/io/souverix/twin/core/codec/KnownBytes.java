package io.souverix.twin.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was read from some bytes, known again by them: comparing bytes is quicker than reading them.
/// Bounded: a newer value takes the place of another. Not thread-safe.
public final class KnownBytes<T> {
    /// How many places some bytes may have.
    private static final int PLACES = 4;

    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Kept<T>[] kept;

    @SuppressWarnings("ArrayRecordComponent") // never compared by it
    private record Kept<T>(byte[] bytes, T value) {}

    /// @param most how many values are kept; a power of two, 65,536 at most
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
    public KnownBytes(int most) {
        this.kept = new Kept[most];
    }

    /// What was kept for equal bytes, or null.
    public @Nullable T find(byte[] bytes, int from, int to) {
        int first = place(bytes, from, to);
        for (int i = 0; i < PLACES; i++) {
            Kept<T> known = kept[first + i & kept.length - 1];
            if (known == null) {
                return null;
            }
            if (Arrays.equals(known.bytes, 0, known.bytes.length, bytes, from, to)) {
                return known.value;
            }
        }
        return null;
    }

    /// Keeps a value for bytes that none was found for.
    public void keep(byte[] bytes, int from, int to, T value) {
        int first = place(bytes, from, to);
        int free = first;
        for (int i = 0; i < PLACES; i++) {
            int place = first + i & kept.length - 1;
            if (kept[place] == null) {
                free = place;
                break;
            }
        }
        kept[free] = new Kept<>(Arrays.copyOfRange(bytes, from, to), value);
    }

    private int place(byte[] bytes, int from, int to) {
        return (int) (hash(bytes, from, to) >>> 16) & kept.length - 1;
    }

    /// 32 bits that hardly any other bytes have.
    static long hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(bytes, at)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * MIX;
        }
        return hash * MIX >>> Integer.SIZE;
    }
}
