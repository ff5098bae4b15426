package io.souverix.twin.engine;

/// A question about what is no longer retained.
public final class NotRetainedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long earliestMicros;

    NotRetainedException(long earliestMicros) {
        super("what was before is not retained", null, false, false);
        this.earliestMicros = earliestMicros;
    }

    /// The oldest instant that can be asked about.
    public long earliestMicros() {
        return earliestMicros;
    }
}
