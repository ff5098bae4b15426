package io.souverix.twin.engine.commit;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A frame that is durable and being folded: answered once all its parts are.
final class Ticket {
    final List<Submission> submissions;
    final long end;
    private final AtomicInteger parts;

    Ticket(List<Submission> submissions, long end, int parts) {
        this.submissions = List.copyOf(submissions);
        this.end = end;
        this.parts = new AtomicInteger(parts);
    }

    /// Says that a part is folded; true where it was the last.
    boolean partDone() {
        return parts.decrementAndGet() == 0;
    }

    boolean done() {
        return parts.get() <= 0;
    }
}
