package io.souverix.twin.engine.shard;

import io.souverix.twin.engine.shard.Queries.Seen;
import org.jspecify.annotations.Nullable;

/// What became of one node in one step: all its events of a frame together, or the passing of time,
/// or a new catalogue.
///
/// @param end the position that shows it: the end of the frame
/// @param beforeMicros the instant up to which the node was last counted
/// @param atMicros the instant it is counted at now
/// @param addresses where the events that caused it stand in the log, in that order
/// @param before the node before, or null where it was not known or nobody listened
/// @param after the node after, or null where nobody listened; never folded on
public record NodeChange(
        String nodeId,
        Cause cause,
        long end,
        long beforeMicros,
        long atMicros,
        long[] addresses,
        @Nullable Seen before,
        @Nullable Seen after) {
    /// What made a node change.
    public enum Cause {
        EVENTS,
        TIME,
        CATALOGUE
    }
}
