package io.souverix.twin.core.event;

/// Whether and how a node can be reached.
public enum ConnectivityState implements NodeState {
    LIVE("live"),
    DELAYED("delayed"),
    EDGE_CACHED("edge-cached"),
    AUTONOMOUS("autonomous"),
    DISCONNECTED("disconnected"),
    RETURNING("returning"),
    REPLAYING("replaying");

    private final String word;

    ConnectivityState(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
