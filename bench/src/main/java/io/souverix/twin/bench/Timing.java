package io.souverix.twin.bench;

import java.io.IOException;
import org.rocksdb.RocksDBException;

/// Times a piece of work.
final class Timing {
    private Timing() {}

    /// Work to be timed.
    @FunctionalInterface
    interface Work {
        void run() throws IOException, RocksDBException;
    }

    static double seconds(Work work) throws IOException, RocksDBException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    static double perSecond(long items, Work work) throws IOException, RocksDBException {
        return items / seconds(work);
    }
}
