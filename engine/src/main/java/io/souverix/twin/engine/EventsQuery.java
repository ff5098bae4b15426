package io.souverix.twin.engine;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question for part of a subject's history.
///
/// @param sinceMicros oldest timestamp, inclusive; `Long.MIN_VALUE` for no bound
/// @param untilMicros newest timestamp, inclusive; `Long.MAX_VALUE` for no bound
/// @param types names of event types; empty for all
/// @param descending newest first
/// @param limit how many at most, 1 to 1,000
/// @param asOf which events count; a page after the first is of the question its cursor is pinned to
/// @param cursor of the page before, or null for the first
public record EventsQuery(
        long sinceMicros,
        long untilMicros,
        List<String> types,
        boolean descending,
        int limit,
        AsOf asOf,
        @Nullable String cursor) {
    public EventsQuery {
        types = List.copyOf(types);
    }

    /// A page of events.
    ///
    /// @param asOf the question it answers, pinned
    /// @param nextCursor null on the last page
    public record Page(List<Stored> events, AsOf asOf, @Nullable String nextCursor) {
        public Page {
            events = List.copyOf(events);
        }
    }

    /// An event as the log holds it.
    public record Stored(Event event, Position position, long recordedAtMicros, Standing standing) {
        public boolean annulled() {
            return standing == Standing.ANNULLED;
        }
    }
}
