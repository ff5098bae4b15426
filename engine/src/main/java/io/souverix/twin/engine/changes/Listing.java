package io.souverix.twin.engine.changes;

/// A list of the fleet that is watched whole, beside the nodes.
public enum Listing {
    /// The inbox of what deserves attention.
    ATTENTION(Topic.ATTENTION, "items"),
    /// The domains: who governs them, how they are federated.
    DOMAINS(Topic.AUTHORITY, "domains");

    private final Topic topic;
    private final String member;

    Listing(Topic topic, String member) {
        this.topic = topic;
        this.member = member;
    }

    /// The topic it is told under.
    public Topic topic() {
        return topic;
    }

    /// What its items are called in a message.
    String member() {
        return member;
    }
}
