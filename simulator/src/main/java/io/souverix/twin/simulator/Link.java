package io.souverix.twin.simulator;

/// A node's connectivity state as the contract names it.
enum Link {
    LIVE("live"),
    DELAYED("delayed"),
    EDGE_CACHED("edge-cached"),
    AUTONOMOUS("autonomous"),
    DISCONNECTED("disconnected"),
    RETURNING("returning"),
    REPLAYING("replaying");

    private final String word;

    Link(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /// Whether what the node says arrives now.
    boolean reachable() {
        return this == LIVE || this == DELAYED || this == EDGE_CACHED;
    }

    boolean away() {
        return this == AUTONOMOUS || this == DISCONNECTED;
    }
}
