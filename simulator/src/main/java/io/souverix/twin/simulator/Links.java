package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.MINUTE;

/// The edges between nodes: gateways signal to cores, cores direct relays, some gateways bypass
/// the core, cores of neighbouring zones federate. A few lead nowhere, and those that reach a
/// relay of the media domain cross a trust domain.
final class Links {
    private final Fleet fleet;
    private final Outbox out;

    Links(Fleet fleet) {
        this.fleet = fleet;
        this.out = fleet.out;
    }

    private record Edge(int to, String type) {}

    /// The main edge of a node, if it is not a relay; sometimes one that leads nowhere beside it.
    void first(int node, long timestamp) {
        if (fleet.plan.component(node) == Component.RELAIS) {
            return;
        }
        Edge edge = edge(node, 0);
        add(node, edge, timestamp);
        if (fleet.dice.perMille(40)) {
            dangle(node, timestamp + 1000);
        }
    }

    /// The edges a node may have follow from its number: `which` is 0 for its main one.
    private Edge edge(int node, int which) {
        FleetPlan plan = fleet.plan;
        return switch (plan.component(node)) {
            case REMPART ->
                    which % 3 == 2
                            ? new Edge(plan.neighbour(node, Component.RELAIS, 0), "bypass")
                            : new Edge(
                                    plan.neighbour(node, Component.COEUR, which % 3), "signaling");
            case COEUR ->
                    which % 3 == 2
                            ? new Edge((node + 1) % plan.nodes(), "federation")
                            : new Edge(plan.neighbour(node, Component.RELAIS, which % 3), "media");
            case RELAIS -> new Edge(plan.neighbour(node, Component.COEUR, which % 3), "control");
        };
    }

    private void add(int node, Edge edge, long timestamp) {
        if (edge.to == node) {
            return;
        }
        out.node("relationship_added", node, timestamp, Source.LIFECYCLE).payload();
        out.putNode("to", edge.to).put("type", edge.type);
        if (node % 5 == 0) {
            out.open("attributes").put("priority", 1 + node % 3).put("transport", "tls").shut();
        }
        out.close();
    }

    private void dangle(int node, long timestamp) {
        out.node("relationship_added", node, timestamp, Source.LIFECYCLE).payload();
        String zone = fleet.plan.zoneName(fleet.plan.zone(node));
        out.put("to", "sx-relais-" + zone + "-node-" + (900_000 + node));
        out.put("type", "media").close();
    }

    /// An edge more, or one taken away for some minutes or for good.
    void change(int node) {
        Edge edge = edge(node, fleet.dice.below(3));
        if (edge.to == node || fleet.dice.perMille(500)) {
            add(node, edge, fleet.justNow());
            return;
        }
        out.node("relationship_removed", node, fleet.justNow(), Source.LIFECYCLE).payload();
        out.putNode("to", edge.to).put("type", edge.type).close();
        if (fleet.dice.perMille(700)) {
            fleet.agenda.after(
                    fleet.dice.between(MINUTE, 20 * MINUTE),
                    () -> add(node, edge, fleet.justNow()));
        }
    }

    void report(int node) {
        Edge edge = edge(node, fleet.dice.perMille(800) ? 0 : 1 + fleet.dice.below(2));
        if (edge.to != node) {
            health(node, edge, fleet.byClockOf(node), fleet.dice.next());
        }
    }

    /// The same for a moment of the past, all from one number.
    void report(int node, long timestamp, long hash) {
        Edge edge = edge(node, 0);
        if (edge.to != node) {
            health(node, edge, timestamp, hash);
        } else {
            out.node("x_local_note", node, timestamp, Source.AGENT).payload().close();
        }
    }

    private void health(int node, Edge edge, long timestamp, long hash) {
        int chance = Dice.pick(hash, 100);
        out.node("link_reported", node, timestamp, Source.AGENT).payload();
        out.putNode("to", edge.to).put("type", edge.type);
        out.put("health", chance < 90 ? "ok" : chance < 97 ? "degraded" : "down");
        out.put("latency_ms", 1 + Dice.pick(hash >>> 3, chance < 90 ? 30 : 400));
        out.putHundredths("loss_pct", Dice.pick(hash >>> 5, chance < 90 ? 20 : 900)).close();
    }

    /// Joins or leaves a service cluster.
    void cluster(int node) {
        boolean joins = fleet.dice.perMille(600);
        String type = joins ? "cluster_joined" : "cluster_left";
        out.node(type, node, fleet.justNow(), Source.LIFECYCLE).payload();
        boolean own = fleet.dice.perMille(500);
        Component component = fleet.plan.component(node);
        out.put("cluster", own ? component.cluster() : "emergency-" + node % 7 + "-cluster")
                .close();
    }
}
