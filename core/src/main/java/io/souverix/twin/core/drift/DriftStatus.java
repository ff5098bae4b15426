package io.souverix.twin.core.drift;

import io.souverix.twin.core.event.Worded;

/// What can be said of a node's drift: the first that holds, in this order.
public enum DriftStatus implements Worded {
    UNKNOWN("unknown"),
    COMPARISON_ERROR("comparison_error"),
    PROGRESSING("progressing"),
    DRIFTED("drifted"),
    IN_SYNC("in_sync");

    private final String word;

    DriftStatus(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /// Whether the node counts as evaluated.
    public boolean evaluated() {
        return this != UNKNOWN && this != COMPARISON_ERROR;
    }
}
