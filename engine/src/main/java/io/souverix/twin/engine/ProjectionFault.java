package io.souverix.twin.engine;

/// A projection that cannot be answered; everything else can.
public final class ProjectionFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProjectionFault(String projection, RuntimeException cause) {
        super("the projection " + projection + " cannot be answered: " + cause, cause);
    }
}
