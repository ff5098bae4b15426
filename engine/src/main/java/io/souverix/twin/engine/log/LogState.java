package io.souverix.twin.engine.log;

/// Whether a log takes appends.
public enum LogState {
    /// Takes appends and reads.
    OPEN,
    /// A write or sync failed: no more appends, reads of what was durable go on.
    FAILED,
    /// Closed: neither.
    CLOSED
}
