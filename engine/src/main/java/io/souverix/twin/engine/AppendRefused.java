package io.souverix.twin.engine;

/// An append that was not taken; nothing of it was acknowledged.
public final class AppendRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// Whose fault it is.
    public enum Reason {
        /// More than the queue holds: try again after a while.
        OVERLOADED,
        /// An event is older than what is retained.
        BEFORE_RETAINED_HISTORY,
        /// The log takes no more appends (a failed disk, or closing): reads go on.
        UNAVAILABLE
    }

    public AppendRefused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
