package io.souverix.twin.engine.judge;

/// How the instant of a question is meant.
public enum AsOf {
    /// The present: every accepted event counts.
    PRESENT,
    /// `at=T`: the events with `timestamp <= T` count, and now is T.
    AT
}
