package io.souverix.twin.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was read from parts of states ([StateWriter#part]), known again by their bytes: most of what
/// a node says many others say too, and comparing bytes is quicker than reading them. Bounded: a newer
/// part takes the place of another. Not thread-safe.
public final class KnownParts<T> {
    /// How many parts are kept; a power of two.
    static final int MAX_KEPT = 65_536;

    /// How many places a part may have.
    private static final int PLACES = 4;

    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Function<StateReader, T> reader;

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
    private final @Nullable Kept<T>[] kept = new Kept[MAX_KEPT];

    @SuppressWarnings("ArrayRecordComponent") // never compared by it
    private record Kept<T>(byte[] bytes, T value) {}

    /// @param reader reads a part; what it gives may be given again for equal bytes
    public KnownParts(Function<StateReader, T> reader) {
        this.reader = reader;
    }

    /// The value of the part that some bytes are.
    T read(StateReader in, byte[] bytes, int from, int to) {
        int first = place(bytes, from, to);
        int free = first;
        for (int i = 0; i < PLACES; i++) {
            int place = first + i & MAX_KEPT - 1;
            Kept<T> known = kept[place];
            if (known == null) {
                free = place;
                break;
            }
            if (Arrays.equals(known.bytes, 0, known.bytes.length, bytes, from, to)) {
                return known.value;
            }
        }
        T value = reader.apply(in);
        kept[free] = new Kept<>(Arrays.copyOfRange(bytes, from, to), value);
        return value;
    }

    private static int place(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(bytes, at)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * MIX;
        }
        return (int) (hash * MIX >>> 48) & MAX_KEPT - 1;
    }
}
