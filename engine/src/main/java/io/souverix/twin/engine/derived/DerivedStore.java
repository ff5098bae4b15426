package io.souverix.twin.engine.derived;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// States and index runs of subjects, by key, in one RocksDB without a write-ahead log: what was not
/// flushed is folded again from the log.
///
/// | key | value |
/// |---|---|
/// | `m` name | a number about the whole (position of the checkpoint, format), or a state of the whole |
/// | `n` id | state of a node |
/// | `h` id | what is served of a node without its state |
/// | `r` id `0x00` first address (8, big-endian) | a run of its index |
/// | `f` address (8, big-endian) | nothing: an event about the whole fleet stands there |
///
/// A batch is applied as one, so a node's state and its run never part. Without a log of its own the
/// database comes back as it was after one of the batches: a later one is never there without those
/// before it. Where a read finds damage the store is marked, and is made anew at the next opening.
/// Thread-safe.
public final class DerivedStore implements AutoCloseable {
    private static final byte META = 'm';
    private static final byte NODE = 'n';
    private static final byte HEAD = 'h';
    private static final byte RUN = 'r';
    private static final byte FLEET = 'f';
    private static final long CACHE_BYTES = 64L << 20;
    private static final long MEMTABLE_BYTES = 64L << 20;
    private static final long READ_AHEAD_BYTES = 2L << 20;
    private static final int FIRST_KEY_BYTES = 256;

    /// A file of this name says that damage was found.
    private static final String DAMAGED = "damaged";

    private static final String FILES_BYTES = "rocksdb.live-sst-files-size";

    static {
        RocksDB.loadLibrary();
    }

    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter bloom = new BloomFilter(10);
    private final Options options;

    /// For reading everything once: what is read so is not kept in the cache.
    private final ReadOptions whole =
            new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD_BYTES);

    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final RocksDB database;
    private final Path directory;

    /// Held to read while the database is used: closing it under a call would end the process.
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    @FunctionalInterface
    private interface Call<T extends @Nullable Object> {
        T on(RocksDB database) throws RocksDBException;
    }

    private <T extends @Nullable Object> T using(String purpose, Call<T> call) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the derived store is closed");
            }
            return call.on(database);
        } catch (RocksDBException e) {
            markIfDamaged(e);
            throw new DerivedException("cannot " + purpose + " the derived store", e);
        } finally {
            use.readLock().unlock();
        }
    }

    /// Says on disk that the store is not to be believed any more.
    private void markIfDamaged(RocksDBException thrown) {
        if (thrown.getStatus() == null || thrown.getStatus().getCode() != Status.Code.Corruption) {
            return;
        }
        try {
            Files.writeString(directory.resolve(DAMAGED), thrown.getMessage() + "\n");
        } catch (IOException e) {
            // The next opening finds it again.
            thrown.addSuppressed(e);
        }
    }

    private DerivedStore(Path directory) throws RocksDBException {
        this.directory = directory;
        options =
                new Options()
                        .setCreateIfMissing(true)
                        .setParanoidChecks(true)
                        .setWriteBufferSize(MEMTABLE_BYTES)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setMaxBackgroundJobs(2)
                        .setMaxOpenFiles(256)
                        .setTableFormatConfig(
                                new BlockBasedTableConfig()
                                        .setBlockCache(cache)
                                        .setFilterPolicy(bloom));
        database = RocksDB.open(options, directory.toString());
    }

    /// Opens the store, or makes an empty one.
    ///
    /// @throws DerivedException where it cannot be read: delete the directory, it is derived
    public static DerivedStore open(Path directory) throws DerivedException {
        if (Files.exists(directory.resolve(DAMAGED))) {
            throw new DerivedException("damage was found in the derived store at " + directory);
        }
        try {
            return new DerivedStore(directory);
        } catch (RocksDBException e) {
            throw new DerivedException("cannot open the derived store at " + directory, e);
        }
    }

    /// Reads everything once, so that damage is found while the store can still be made anew.
    ///
    /// @throws DerivedException where a checksum does not fit
    public void verify() throws DerivedException {
        using(
                "verify",
                db -> {
                    db.verifyChecksum();
                    return true;
                });
    }

    /// How many bytes [#verify] reads.
    public long bytes() throws DerivedException {
        return using("measure", db -> db.getLongProperty(FILES_BYTES));
    }

    /// A number about the whole, or `missing`.
    public long number(String name, long missing) throws DerivedException {
        byte[] value = get(key(META, name));
        return value == null ? missing : ByteBuffer.wrap(value).getLong();
    }

    /// A state of the whole, or null.
    public byte @Nullable [] whole(String name) throws DerivedException {
        return get(key(META, name));
    }

    /// Writes what was gathered, then makes all that was ever written durable.
    public void flush(Batch batch) throws DerivedException {
        write(batch);
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            using(
                    "flush",
                    db -> {
                        db.flush(wait);
                        return true;
                    });
        }
    }

    /// Writes what was gathered as one; durable at the next [#flush].
    public void write(Batch batch) throws DerivedException {
        using(
                "write",
                db -> {
                    db.write(unlogged, batch.writes);
                    return true;
                });
        batch.writes.clear();
    }

    /// The state of a node, or null.
    public byte @Nullable [] node(String id) throws DerivedException {
        return get(key(NODE, id));
    }

    private byte @Nullable [] get(byte[] key) throws DerivedException {
        return using("read", db -> db.get(key));
    }

    /// Takes the heads of nodes, page by page.
    public interface HeadTaker {
        /// @param part of the nodes
        /// @param page of that part, or null before its first one
        /// @return a page to be filled, whatever is in it
        HeadPage next(int part, @Nullable HeadPage page);
    }

    /// Reads what is served of nodes without their states, once, in the order of their ids within each
    /// part of the nodes.
    ///
    /// @param parts how many there are
    /// @param partOf which one a node is of, by the hash code of its id
    public void heads(int parts, IntUnaryOperator partOf, HeadTaker taker) throws DerivedException {
        using(
                "read",
                db -> {
                    HeadPage[] pages = new HeadPage[parts];
                    for (int part = 0; part < parts; part++) {
                        pages[part] = empty(taker.next(part, null));
                    }
                    try (RocksIterator iterator = db.newIterator(whole)) {
                        byte[] key = new byte[FIRST_KEY_BYTES];
                        for (iterator.seek(new byte[] {HEAD});
                                iterator.isValid();
                                iterator.next()) {
                            int length = iterator.key(key, 0, key.length);
                            if (length > key.length) {
                                key = new byte[length * 2];
                                length = iterator.key(key, 0, key.length);
                            }
                            if (key[0] != HEAD) {
                                break;
                            }
                            int part = partOf.applyAsInt(hashCode(key, length));
                            if (pages[part].isFull()) {
                                pages[part] = empty(taker.next(part, pages[part]));
                            }
                            pages[part].add(key, length, iterator);
                        }
                        iterator.status();
                    }
                    for (int part = 0; part < parts; part++) {
                        var _ = taker.next(part, pages[part]);
                    }
                    return true;
                });
    }

    private static HeadPage empty(HeadPage page) {
        page.clear();
        return page;
    }

    /// Whether it tells of any node.
    public boolean hasHeads() throws DerivedException {
        return using(
                "read",
                db -> {
                    try (RocksIterator iterator = db.newIterator()) {
                        iterator.seek(new byte[] {HEAD});
                        boolean any = iterator.isValid() && iterator.key()[0] == HEAD;
                        iterator.status();
                        return any;
                    }
                });
    }

    /// That of the id in a key, which is of ASCII.
    private static int hashCode(byte[] key, int length) {
        int hash = 0;
        for (int i = 1; i < length; i++) {
            hash = 31 * hash + key[i];
        }
        return hash;
    }

    /// The runs of a subject's index, oldest first.
    public List<byte[]> runs(String id) throws DerivedException {
        List<byte[]> runs = new ArrayList<>();
        byte[] name = key(RUN, id);
        byte[] prefix = java.util.Arrays.copyOf(name, name.length + 1);
        each(prefix, (_, value) -> runs.add(value));
        return runs;
    }

    /// Has a subject one run in the place of all it had.
    public void replaceRuns(Batch batch, String id, long firstAddress, byte[] run)
            throws DerivedException {
        byte[] name = key(RUN, id);
        each(java.util.Arrays.copyOf(name, name.length + 1), (key, _) -> batch.delete(key));
        batch.run(id, firstAddress, run);
    }

    /// The addresses of the events about the whole fleet, in order.
    public List<Long> fleetEvents() throws DerivedException {
        List<Long> addresses = new ArrayList<>();
        each(new byte[] {FLEET}, (key, _) -> addresses.add(ByteBuffer.wrap(key, 1, 8).getLong()));
        return addresses;
    }

    private void each(byte[] prefix, BiConsumer<byte[], byte[]> visitor) throws DerivedException {
        using(
                "read",
                db -> {
                    try (RocksIterator iterator = db.newIterator()) {
                        for (iterator.seek(prefix); iterator.isValid(); iterator.next()) {
                            byte[] key = iterator.key();
                            if (!startsWith(key, prefix)) {
                                break;
                            }
                            visitor.accept(key, iterator.value());
                        }
                        iterator.status();
                        return true;
                    }
                });
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length
                && java.util.Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] key(byte kind, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[text.length + 1];
        key[0] = kind;
        System.arraycopy(text, 0, key, 1, text.length);
        return key;
    }

    /// Writes gathered to be applied as one. Not thread-safe; close it after use.
    public static final class Batch implements AutoCloseable {
        private final WriteBatch writes = new WriteBatch();

        public void node(String id, byte[] state) throws DerivedException {
            put(key(NODE, id), state);
        }

        public void head(String id, byte[] head) throws DerivedException {
            put(key(HEAD, id), head);
        }

        public void run(String id, long firstAddress, byte[] run) throws DerivedException {
            byte[] name = key(RUN, id);
            put(
                    ByteBuffer.allocate(name.length + 9)
                            .put(name)
                            .put((byte) 0)
                            .putLong(firstAddress)
                            .array(),
                    run);
        }

        public void fleetEvent(long address) throws DerivedException {
            put(ByteBuffer.allocate(9).put(FLEET).putLong(address).array(), new byte[0]);
        }

        public void number(String name, long value) throws DerivedException {
            put(key(META, name), ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        }

        public void whole(String name, byte[] state) throws DerivedException {
            put(key(META, name), state);
        }

        private void delete(byte[] key) throws DerivedException {
            try {
                writes.delete(key);
            } catch (RocksDBException e) {
                throw new DerivedException("cannot gather writes", e);
            }
        }

        private void put(byte[] key, byte[] value) throws DerivedException {
            try {
                writes.put(key, value);
            } catch (RocksDBException e) {
                throw new DerivedException("cannot gather writes", e);
            }
        }

        @Override
        public void close() {
            writes.close();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                database.close();
                options.close();
                whole.close();
                unlogged.close();
                bloom.close();
                cache.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
