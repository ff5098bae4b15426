package io.souverix.twin.engine.shard;

/// How an event of a history stands.
public enum Standing {
    COUNTS,
    /// An annulment took it out.
    ANNULLED,
    /// It could not be folded, and waits to be tried again.
    SET_ASIDE
}
