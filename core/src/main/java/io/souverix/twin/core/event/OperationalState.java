package io.souverix.twin.core.event;

/// Whether a node does its work.
public enum OperationalState implements NodeState {
    OK("ok"),
    DEGRADED("degraded"),
    FAILED("failed"),
    QUARANTINED("quarantined"),
    UNKNOWN("unknown");

    private final String word;

    OperationalState(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
