package io.souverix.twin.engine.shard;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the events of a subject stand in the log, as four words each:
///
/// | word | what |
/// |---|---|
/// | 0 | timestamp, microseconds |
/// | 1 | low half of the hash |
/// | 2 | address in the log |
/// | 3 | bits 0-7 code of the type, bits 8-39 hash code of the id |
///
/// Entries stand in the order they were added. Lookups by timestamp are quick however many there
/// are. Not thread-safe.
final class EventIndex {
    static final int WORDS = 4;

    /// From so many entries on, a table finds them by timestamp.
    private static final int TABLE_FROM = 32;

    /// Up to so many entries are sorted without making objects of them.
    private static final int FEW = 64;

    private static final long[] NO_WORDS = new long[0];
    private static final int[] NO_LINKS = new int[0];

    /// Has no entries and takes none.
    static final EventIndex EMPTY = new EventIndex(0);

    private long[] words;
    private int count;
    private int @Nullable [] heads;
    private int[] next = NO_LINKS;

    /// @param entries how many there is room for at first
    EventIndex(int entries) {
        words = entries == 0 ? NO_WORDS : new long[entries * WORDS];
    }

    int count() {
        return count;
    }

    /// Makes room for so many more entries.
    void expect(int entries) {
        int wanted = (count + entries) * WORDS;
        if (wanted > words.length) {
            words = Arrays.copyOf(words, Math.max(wanted, words.length * 2));
        }
    }

    /// A copy of the entries' words.
    private long[] words() {
        return Arrays.copyOf(words, count * WORDS);
    }

    /// A copy of the entries with `from <= timestamp <= to`, sorted by timestamp.
    long[] within(long fromMicros, long toMicros) {
        int found = 0;
        for (int at = 0; at < count * WORDS; at += WORDS) {
            found += words[at] >= fromMicros && words[at] <= toMicros ? WORDS : 0;
        }
        long[] within = new long[found];
        int to = 0;
        for (int at = 0; to < found; at += WORDS) {
            if (words[at] >= fromMicros && words[at] <= toMicros) {
                System.arraycopy(words, at, within, to, WORDS);
                to += WORDS;
            }
        }
        return sorted(within);
    }

    long firstAddress() {
        return words[2];
    }

    void add(long timestampMicros, long hashLow, long address, int typeCode, String id) {
        expect(1);
        int at = count * WORDS;
        words[at] = timestampMicros;
        words[at + 1] = hashLow;
        words[at + 2] = address;
        words[at + 3] = meta(typeCode, id);
        count++;
        if (heads != null && count <= heads.length) {
            link(heads, count - 1);
        } else if (count >= TABLE_FROM) {
            buildTable();
        }
    }

    static long meta(int typeCode, String id) {
        return (id.hashCode() & 0xffffffffL) << 8 | typeCode;
    }

    static int typeCode(long meta) {
        return (int) (meta & 0xff);
    }

    private void buildTable() {
        int[] table = new int[Integer.highestOneBit(count) * 4];
        Arrays.fill(table, -1);
        next = new int[table.length];
        for (int i = 0; i < count; i++) {
            link(table, i);
        }
        heads = table;
    }

    private void link(int[] table, int entry) {
        int slot = slot(words[entry * WORDS], table.length);
        next[entry] = table[slot];
        table[slot] = entry;
    }

    private static int slot(long timestampMicros, int size) {
        long mixed = timestampMicros * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40) & (size - 1);
    }

    /// Visits the words of the entries at a timestamp.
    void at(long timestampMicros, EntryVisitor visitor) {
        if (heads == null) {
            for (int i = 0; i < count; i++) {
                visitIf(timestampMicros, i, visitor);
            }
            return;
        }
        int[] table = heads;
        for (int i = table[slot(timestampMicros, table.length)]; i >= 0; i = next[i]) {
            visitIf(timestampMicros, i, visitor);
        }
    }

    private void visitIf(long timestampMicros, int entry, EntryVisitor visitor) {
        if (words[entry * WORDS] == timestampMicros) {
            visitor.visit(words, entry * WORDS);
        }
    }

    /// Has these entries in the place of those it had.
    ///
    /// @param entries handed over
    void replace(long[] entries) {
        words = isSorted(entries, entries.length, 2) ? entries : sortedBy(entries, 2);
        count = entries.length / WORDS;
        heads = null;
        next = NO_LINKS;
        if (count >= TABLE_FROM) {
            buildTable();
        }
    }

    /// Whether all entries from an address on, which were the last to be added, pass.
    boolean addedFrom(long address, EntryTest test) {
        for (int at = (count - 1) * WORDS; at >= 0 && words[at + 2] >= address; at -= WORDS) {
            if (!test.passes(words, at)) {
                return false;
            }
        }
        return true;
    }

    /// Looks at the words of an entry, at an offset.
    @FunctionalInterface
    interface EntryTest {
        boolean passes(long[] words, int offset);
    }

    /// Takes the words of an entry, at an offset.
    @FunctionalInterface
    interface EntryVisitor {
        void visit(long[] words, int offset);
    }

    /// The entries sorted by timestamp, as bytes: a run.
    byte[] toRun() {
        long[] sorted = sorted(words());
        ByteBuffer bytes = ByteBuffer.allocate(sorted.length * Long.BYTES);
        bytes.asLongBuffer().put(sorted);
        return bytes.array();
    }

    static long[] fromRun(byte[] run) {
        LongBuffer words = ByteBuffer.wrap(run).asLongBuffer();
        long[] copy = new long[words.remaining()];
        words.get(copy);
        return copy;
    }

    /// Entries sorted by timestamp; they mostly are already.
    static long[] sorted(long[] words) {
        return isSorted(words, words.length, 0) ? words : sortedBy(words, 0);
    }

    /// Puts the entries into the order of their addresses: events that are folded again come in that
    /// of their timestamps.
    void sortByAddress() {
        if (!isSorted(words, count * WORDS, 2)) {
            words = sortedBy(words(), 2);
            if (heads != null) {
                buildTable();
            }
        }
    }

    private static boolean isSorted(long[] words, int length, int word) {
        for (int at = WORDS; at < length; at += WORDS) {
            if (words[at - WORDS + word] > words[at + word]) {
                return false;
            }
        }
        return true;
    }

    private static long[] sortedBy(long[] words, int word) {
        if (words.length <= FEW * WORDS) {
            return sortedFew(words.clone(), word);
        }
        int count = words.length / WORDS;
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int at = word; at < words.length; at += WORDS) {
            least = Math.min(least, words[at]);
            greatest = Math.max(greatest, words[at]);
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        long[] sorted = new long[words.length];
        if (greatest - least >>> Long.SIZE - 1 - bits == 0) {
            // What is sorted by, and where it stands, in one word.
            long[] keys = new long[count];
            for (int i = 0; i < count; i++) {
                keys[i] = words[i * WORDS + word] - least << bits | i;
            }
            Arrays.sort(keys);
            for (int i = 0; i < count; i++) {
                int entry = (int) keys[i] & (1 << bits) - 1;
                System.arraycopy(words, entry * WORDS, sorted, i * WORDS, WORDS);
            }
            return sorted;
        }
        Integer[] entries = new Integer[count];
        Arrays.setAll(entries, i -> i);
        Arrays.sort(
                entries, (a, b) -> Long.compare(words[a * WORDS + word], words[b * WORDS + word]));
        for (int i = 0; i < count; i++) {
            System.arraycopy(words, entries[i] * WORDS, sorted, i * WORDS, WORDS);
        }
        return sorted;
    }

    /// By insertion: few entries stand far from their place.
    private static long[] sortedFew(long[] words, int word) {
        long[] moved = new long[WORDS];
        for (int end = WORDS; end < words.length; end += WORDS) {
            int at = end;
            while (at > 0 && words[at - WORDS + word] > words[end + word]) {
                at -= WORDS;
            }
            if (at < end) {
                System.arraycopy(words, end, moved, 0, WORDS);
                System.arraycopy(words, at, words, at + WORDS, end - at);
                System.arraycopy(moved, 0, words, at, WORDS);
            }
        }
        return words;
    }

    /// The offset of the first entry of a run that is not before a timestamp.
    static int lowerBound(long[] run, long timestampMicros) {
        int low = 0;
        int high = run.length / WORDS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (run[middle * WORDS] < timestampMicros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low * WORDS;
    }
}
