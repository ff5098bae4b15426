package io.souverix.twin.engine.changes;

/// A watch that is not taken because there are as many as may be.
public final class WatchRefused extends Exception {
    private static final long serialVersionUID = 1L;

    WatchRefused(String message) {
        super(message, null, false, false);
    }
}
