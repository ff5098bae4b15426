package io.souverix.twin.engine.commit;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The first of several threads' failures, for the thread that waits for them. Thread-safe.
public final class FirstFailure {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /// Notes a failure; only the first is kept.
    public void note(Throwable thrown) {
        first.compareAndSet(null, thrown);
    }

    public boolean isThere() {
        return first.get() != null;
    }

    /// Throws it, where there is one.
    public void rethrow() {
        switch (first.get()) {
            case null -> {}
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case Throwable thrown -> throw new IllegalStateException(thrown);
        }
    }
}
