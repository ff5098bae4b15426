package io.souverix.twin.core.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was read from parts of states ([StateWriter#part]), each different one once: what a node says
/// many others say too. They are numbered in the order they came, and known by their bytes while these
/// have room: later ones are read and numbered as often as they come. Not thread-safe.
public final class NumberedParts<T extends @Nullable Object> {
    private static final int MAX_BYTES = 64 << 20;

    private final int mostBytes;
    private final Function<StateReader, T> reader;
    private final List<T> values = new ArrayList<>();

    /// The bytes of the first of them, one behind the other, and where each ends.
    private byte[] bytes = new byte[1024];

    private int[] ends = new int[64];
    private boolean full;

    /// A number and one more, below a half of the hash of its bytes; 0 where nothing stands. At least
    /// half of it is empty.
    private long[] table = new long[128];

    /// @param reader reads a part; what it gives is that of all parts of equal bytes
    public NumberedParts(Function<StateReader, T> reader) {
        this(reader, MAX_BYTES);
    }

    /// @param mostBytes how many bytes are kept
    NumberedParts(Function<StateReader, T> reader, int mostBytes) {
        this.reader = reader;
        this.mostBytes = mostBytes;
    }

    /// The number of the part that some bytes are.
    int number(StateReader in, byte[] source, int from, int to) {
        long hash = KnownBytes.hash(source, from, to) << Integer.SIZE;
        int at = slot(hash);
        for (; table[at] != 0; at = at + 1 & table.length - 1) {
            int number = (int) table[at] - 1;
            if (table[at] >>> Integer.SIZE == hash >>> Integer.SIZE
                    && Arrays.equals(bytes, start(number), ends[number], source, from, to)) {
                return number;
            }
        }
        int number = values.size();
        values.add(reader.apply(in));
        full = full || to - from > mostBytes - start(number);
        if (!full) {
            keep(number, source, from, to);
            table[at] = hash | number + 1;
            if (values.size() >= table.length / 2) {
                grow();
            }
        }
        return number;
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private void keep(int number, byte[] source, int from, int to) {
        int start = start(number);
        int end = start + to - from;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length / 2 * 3));
        }
        if (number == ends.length) {
            ends = Arrays.copyOf(ends, number * 2);
        }
        System.arraycopy(source, from, bytes, start, to - from);
        ends[number] = end;
    }

    private int slot(long entry) {
        return (int) (entry >>> Integer.SIZE) & table.length - 1;
    }

    private void grow() {
        long[] old = table;
        table = new long[Math.multiplyExact(old.length, 2)];
        for (long entry : old) {
            if (entry != 0) {
                int at = slot(entry);
                while (table[at] != 0) {
                    at = at + 1 & table.length - 1;
                }
                table[at] = entry;
            }
        }
    }

    /// What was read, by number.
    public List<T> values() {
        return values;
    }
}
