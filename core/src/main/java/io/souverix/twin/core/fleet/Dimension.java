package io.souverix.twin.core.fleet;

import io.souverix.twin.core.event.Worded;

/// By what nodes are grouped. A node counts in each of its clusters, and in `unassigned` where it
/// has no value.
public enum Dimension implements Worded {
    REGION("region"),
    ZONE("zone"),
    CLUSTER("cluster"),
    TRUST_DOMAIN("trust_domain"),
    COMPONENT_TYPE("component_type");

    /// The group of nodes without a value.
    public static final String UNASSIGNED = "unassigned";

    private final String word;

    Dimension(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
