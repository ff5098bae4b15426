package io.souverix.twin.simulator;

/// Who says it: one of the three managers of the region, or the agent on the node itself.
enum Source {
    LIFECYCLE("lifecycle-manager"),
    CONNECTIVITY("connectivity-manager"),
    MULTI_MASTER("multi-master"),
    AGENT("node-agent");

    private final String system;

    Source(String system) {
        this.system = system;
    }

    String system() {
        return system;
    }
}
