package io.souverix.twin.engine.log;

import org.jspecify.annotations.Nullable;

/// What went wrong with a log, with a stable [Reason].
public class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    LogException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    LogException(Reason reason, String message) {
        this(reason, message, null);
    }

    /// The kind of failure.
    public final Reason reason() {
        return reason;
    }

    /// The kinds of failure.
    public enum Reason {
        /// The bytes are not what was written. See [CorruptLogException].
        CORRUPT,
        /// Another process, or another log of this one, has the directory open.
        LOCKED,
        /// A write or sync failed, now or earlier: the log takes no more appends.
        FAILED,
        /// The storage could not be read, listed or prepared.
        UNREADABLE,
        /// The log is closed.
        CLOSED,
        /// The address is before the start, after the end, or not one the log gave out.
        NO_SUCH_ADDRESS
    }
}
