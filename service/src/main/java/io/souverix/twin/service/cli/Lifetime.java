package io.souverix.twin.service.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How long a service runs: until the process is asked to end (SIGTERM, SIGINT), or [#end()] is
/// called. Thread-safe.
public final class Lifetime {
    /// How long a clean end may take before the process ends anyway. What was acknowledged is safe
    /// at any moment; a clean end only makes the next start quicker.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final boolean ofProcess;
    private volatile int exitCode = 1;

    private Lifetime(boolean ofProcess) {
        this.ofProcess = ofProcess;
    }

    /// Ends with the process.
    public static Lifetime ofProcess() {
        return new Lifetime(true);
    }

    /// Ends when told.
    public static Lifetime untilEnded() {
        return new Lifetime(false);
    }

    /// From here on, signals no longer end the process at once: the command sees that it is asked to
    /// end, and ends itself.
    void begin() {
        if (ofProcess) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::endProcess, "end"));
        }
    }

    private void endProcess() {
        end();
        try {
            boolean clean = finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            // A JVM that a signal ends would answer 143 even where all went well.
            Runtime.getRuntime().halt(clean ? exitCode : 1);
        } catch (InterruptedException _) {
            Runtime.getRuntime().halt(1);
        }
    }

    /// Asks for the end.
    public void end() {
        asked.countDown();
    }

    boolean isOver() {
        return asked.getCount() == 0;
    }

    /// Waits; true as soon as the end is asked for.
    boolean endsWithin(Duration patience) throws InterruptedException {
        return asked.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Waits for the end.
    void awaitEnd() throws InterruptedException {
        asked.await();
    }

    /// Says that everything is done, and how it went.
    public void finish(int code) {
        exitCode = code;
        finished.countDown();
    }
}
