package io.souverix.twin.simulator;

/// What a node runs: the border gateway, the IMS core, the media relay.
enum Component {
    REMPART(0, "souverix-rempart", "rempart", "iBCF-interconnect-cluster"),
    COEUR(1, "souverix-coeur", "coeur", "ims-core-cluster"),
    RELAIS(2, "souverix-relais", "relais", "media-anchor-cluster");

    static final Component[] ALL = values();

    private final int index;
    private final String type;
    private final String word;
    private final String cluster;

    Component(int index, String type, String word, String cluster) {
        this.index = index;
        this.type = type;
        this.word = word;
        this.cluster = cluster;
    }

    /// Its place in [#ALL].
    int index() {
        return index;
    }

    /// The component type and the name of its releases.
    String type() {
        return type;
    }

    /// The part of node names that tells it.
    String word() {
        return word;
    }

    /// The service cluster some of its nodes are in beside region and zone.
    String cluster() {
        return cluster;
    }
}
