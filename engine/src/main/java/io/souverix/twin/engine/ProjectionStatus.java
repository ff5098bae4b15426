package io.souverix.twin.engine;

import org.jspecify.annotations.Nullable;

/// How a projection stands.
///
/// @param position up to where it is folded
/// @param lag events handed over and not yet folded
/// @param digest of all its rows, by every dimension; equal digests, equal projections, wherever and
///     whenever they are taken. Null where it cannot be answered
/// @param fault why it cannot be answered, or null
public record ProjectionStatus(
        String name,
        Position position,
        long lag,
        @Nullable String digest,
        State state,
        @Nullable String fault) {

    /// Whether it can be relied on.
    public enum State {
        CURRENT,
        /// It is counted anew; meanwhile the standing one is answered.
        REBUILDING,
        /// It cannot be answered, or something of a node is set aside and missing in it.
        QUARANTINED,
        /// Nothing is folded any more.
        FAILED
    }
}
