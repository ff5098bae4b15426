package io.souverix.twin.core.event;

/// Where a node stands in its life.
public enum LifecyclePhase implements NodeState {
    PROVISIONING("provisioning"),
    ACTIVE("active"),
    MAINTENANCE("maintenance"),
    DECOMMISSIONING("decommissioning"),
    DECOMMISSIONED("decommissioned");

    private final String word;

    LifecyclePhase(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
