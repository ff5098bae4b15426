package io.souverix.twin.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Something that goes on beside what is measured: batches at an even pace, on a thread of its own.
final class Beside implements AutoCloseable {
    static final int BATCH = 50;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Thread thread;
    private volatile boolean ended;
    private volatile @Nullable Exception failure;

    /// Sends the batch of a number.
    @FunctionalInterface
    interface Sending {
        void send(int number) throws Exception;
    }

    Beside(Sending sending) {
        thread = Thread.ofPlatform().name("beside").start(() -> run(sending));
    }

    private void run(Sending sending) {
        long next = System.nanoTime();
        try {
            for (int number = 0; !ended; number++) {
                sending.send(number);
                next += PACE_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        Exception failed = failure;
        if (failed != null) {
            throw new IOException(failed);
        }
    }
}
