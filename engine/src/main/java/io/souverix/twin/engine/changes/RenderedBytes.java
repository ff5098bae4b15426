package io.souverix.twin.engine.changes;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The messages whose data is made, up to a bound on their bytes; the oldest forget theirs first.
/// Thread-safe.
final class RenderedBytes {
    private record Held(Message message, int length) {}

    private final Queue<Held> held = new ArrayDeque<>();
    private final long most;
    private long bytes;

    RenderedBytes(long most) {
        this.most = most;
    }

    void add(Message message, int length) {
        for (Message oldest = push(message, length); oldest != null; oldest = overflow()) {
            oldest.forget();
        }
    }

    private synchronized @Nullable Message push(Message message, int length) {
        held.add(new Held(message, length));
        bytes += length;
        return overflow();
    }

    private synchronized @Nullable Message overflow() {
        if (bytes <= most || held.size() <= 1) {
            return null;
        }
        Held oldest = held.remove();
        bytes -= oldest.length();
        return oldest.message();
    }

    synchronized long bytes() {
        return bytes;
    }
}
