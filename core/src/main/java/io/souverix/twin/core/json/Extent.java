package io.souverix.twin.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Where a value of JSON text ends, found without reading it: what stands in it is not checked.
public final class Extent {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long QUOTES = '"' * LOW_BITS;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    private Extent() {}

    /// The place after the object or list that begins at a place; `from` where it does not end.
    public static int ofNested(byte[] bytes, int from, int end) {
        int level = 0;
        for (int i = from; i < end; i++) {
            switch (bytes[i]) {
                case '"' -> i = ofString(bytes, i + 1, end);
                case '{', '[' -> level++;
                case '}', ']' -> {
                    if (--level == 0) {
                        return i + 1;
                    }
                }
                default -> {}
            }
        }
        return from;
    }

    /// Where the closing quote of a string is whose first character is at a place; `end` or more
    /// where it has none.
    public static int ofString(byte[] bytes, int from, int end) {
        int i = from;
        int last = end - Long.BYTES;
        while (i <= last) {
            long eight = (long) LONG.get(bytes, i);
            long stop = equalBytes(eight, QUOTES) | equalBytes(eight, BACKSLASHES);
            if (stop != 0) {
                i += Long.numberOfTrailingZeros(stop) >>> 3;
                break;
            }
            i += Long.BYTES;
        }
        while (i < end && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    /// Which bytes of eight are equal to the one that `pattern` repeats: their high bits are set.
    /// Exact up to the first.
    static long equalBytes(long eight, long pattern) {
        long zeroWhereEqual = eight ^ pattern;
        return (zeroWhereEqual - LOW_BITS) & ~zeroWhereEqual & HIGH_BITS;
    }
}
