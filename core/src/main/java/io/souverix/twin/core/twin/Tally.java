package io.souverix.twin.core.twin;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Times;

/// What is counted over all accepted events of a subject, annulled and annulling ones included.
///
/// @param revision the sum of their hashes
/// @param updatedMicros the newest of their timestamps, or [Times#NONE]
public record Tally(EventHash revision, long events, long updatedMicros) {
    public static final Tally NOTHING = new Tally(EventHash.ZERO, 0, Times.NONE);

    public Tally plus(Event event) {
        return new Tally(
                revision.plus(event.hash()),
                events + 1,
                Math.max(updatedMicros, event.timestampMicros()));
    }
}
