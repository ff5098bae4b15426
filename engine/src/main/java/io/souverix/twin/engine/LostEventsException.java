package io.souverix.twin.engine;

/// The log ends before an event that was acknowledged: a checkpoint has seen more of it.
public final class LostEventsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param seen the address up to which the checkpoint has seen the log
    /// @param end where the log ends
    LostEventsException(long seen, long end) {
        super(
                "the log ends at address "
                        + end
                        + ", expected at least "
                        + seen
                        + ": up to there a checkpoint has seen acknowledged events");
    }
}
