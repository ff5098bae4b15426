package io.souverix.twin.engine.derived;

import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// Heads of nodes in the order of their ids, one after the other in one array: on the way from the
/// thread that reads to the one that takes them, and to be filled again. One thread at a time.
public final class HeadPage {
    private static final int BYTES = 256 << 10;

    /// A page takes no head more where less room than this is left.
    private static final int ROOM_BYTES = 4 << 10;

    private byte[] bytes = {};
    private int[] idEnds = new int[512];
    private int[] ends = new int[512];
    private int count;
    private int length;

    /// How many heads it has.
    public int count() {
        return count;
    }

    /// Where in [#bytes] the id of a node begins, which ends where its head begins.
    public int idFrom(int head) {
        return head == 0 ? 0 : ends[head - 1];
    }

    /// All of it; not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    /// Where in [#bytes] a head begins.
    public int from(int head) {
        return idEnds[head];
    }

    /// Where in [#bytes] it ends.
    public int to(int head) {
        return ends[head];
    }

    boolean isFull() {
        return bytes.length - length < ROOM_BYTES;
    }

    /// Makes it ready to be filled.
    void clear() {
        reserve(BYTES);
        count = 0;
        length = 0;
    }

    /// Adds where an iterator stands.
    ///
    /// @param key with a byte before the id
    void add(byte[] key, int keyLength, RocksIterator iterator) throws RocksDBException {
        int from = length + keyLength - 1;
        reserve(from);
        System.arraycopy(key, 1, bytes, length, keyLength - 1);
        int size = iterator.value(bytes, from, bytes.length - from);
        if (size > bytes.length - from) {
            reserve(from + size);
            size = iterator.value(bytes, from, size);
        }
        if (count == ends.length) {
            idEnds = Arrays.copyOf(idEnds, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        idEnds[count] = from;
        length = from + size;
        ends[count++] = length;
    }

    private void reserve(int upto) {
        if (upto > bytes.length) {
            bytes = Arrays.copyOf(bytes, upto);
        }
    }
}
