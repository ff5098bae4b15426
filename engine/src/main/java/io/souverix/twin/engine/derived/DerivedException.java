package io.souverix.twin.engine.derived;

/// The derived store cannot be read or written. Nothing is lost: it can be made again from the log.
public final class DerivedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DerivedException(String message, Throwable cause) {
        super(
                message
                        + ": "
                        + cause.getMessage()
                        + " (it is derived: `twin rebuild` makes it anew)",
                cause);
    }

    public DerivedException(String message) {
        super(message + " (it is derived: `twin rebuild` makes it anew)");
    }
}
