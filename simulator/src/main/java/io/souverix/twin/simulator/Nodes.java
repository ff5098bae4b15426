package io.souverix.twin.simulator;

import java.util.Arrays;

/// What the simulation remembers of each node: some 30 bytes, in columns.
final class Nodes {
    /// How far a node has come in its life.
    enum Stage {
        ABSENT,
        PROVISIONING,
        ACTIVE,
        /// In a maintenance window or in the middle of an update: not to be disturbed.
        BUSY,
        GONE
    }

    private final Stage[] stage;
    private final Link[] link;
    private final byte[] variant;
    private final short[] release;
    private final short[] wantedRelease;
    private final short[] bundle;
    private final short[] wantedBundle;
    private final short[] outages;
    private final int[] reportedAt;
    private final int[] attestedAt;

    Nodes(int count) {
        stage = new Stage[count];
        Arrays.fill(stage, Stage.ABSENT);
        link = new Link[count];
        Arrays.fill(link, Link.LIVE);
        variant = new byte[count];
        release = new short[count];
        wantedRelease = new short[count];
        bundle = new short[count];
        wantedBundle = new short[count];
        outages = new short[count];
        reportedAt = new int[count];
        attestedAt = new int[count];
    }

    Stage stage(int node) {
        return stage[node];
    }

    void stage(int node, Stage value) {
        stage[node] = value;
    }

    Link link(int node) {
        return link[node];
    }

    void link(int node, Link value) {
        link[node] = value;
    }

    /// Whether events about it are to be expected: in service, and in contact.
    boolean inContact(int node) {
        return (stage(node) == Stage.ACTIVE || stage(node) == Stage.BUSY) && link(node).reachable();
    }

    /// In contact, and in the middle of nothing.
    boolean idle(int node) {
        return stage(node) == Stage.ACTIVE && link(node).reachable();
    }

    /// How its configuration departs from its bundle: 0 not at all, else one of the variants.
    int variant(int node) {
        return variant[node];
    }

    void variant(int node, int value) {
        variant[node] = (byte) value;
    }

    /// The release it runs, by its place in the component's list.
    int release(int node) {
        return release[node];
    }

    void release(int node, int value) {
        release[node] = (short) value;
    }

    int wantedRelease(int node) {
        return wantedRelease[node];
    }

    void wantedRelease(int node, int value) {
        wantedRelease[node] = (short) value;
    }

    /// The policy bundle it has applied.
    int bundle(int node) {
        return bundle[node];
    }

    void bundle(int node, int value) {
        bundle[node] = (short) value;
    }

    int wantedBundle(int node) {
        return wantedBundle[node];
    }

    void wantedBundle(int node, int value) {
        wantedBundle[node] = (short) value;
    }

    /// How often it has been away, this time included.
    int outages(int node) {
        return outages[node];
    }

    void countOutage(int node) {
        outages[node]++;
    }

    /// Seconds into the scenario; 0 is not yet.
    int reportedAt(int node) {
        return reportedAt[node];
    }

    void reportedAt(int node, int second) {
        reportedAt[node] = second;
    }

    int attestedAt(int node) {
        return attestedAt[node];
    }

    void attestedAt(int node, int second) {
        attestedAt[node] = second;
    }
}
