package io.souverix.twin.engine;

/// A node that cannot be shown; everything else can.
public final class TwinFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TwinFault(String nodeId, RuntimeException cause) {
        super("the twin of " + nodeId + " cannot be shown: " + cause, cause);
    }
}
