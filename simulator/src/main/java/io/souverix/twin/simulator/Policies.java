package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.MINUTE;
import static io.souverix.twin.simulator.Fleet.SECOND;

/// New policy bundles and how nodes follow them, and the drift of nodes that were changed by
/// hand: until someone finds it, or for good.
final class Policies {
    private static final int TRIES = 40;

    private final Fleet fleet;
    private final Outbox out;
    private final Reports reports;
    private int met = Integer.MAX_VALUE;
    private int first;

    Policies(Fleet fleet, Reports reports) {
        this.fleet = fleet;
        this.out = fleet.out;
        this.reports = reports;
    }

    void plan() {
        fleet.agenda.after(fleet.beats(30, 80), this::publish);
    }

    private void publish() {
        fleet.bundles.add();
        met = 0;
        first = fleet.dice.below(fleet.plan.nodes());
        fleet.agenda.after(fleet.beats(500, 800), this::publish);
    }

    /// Declares the newest bundle for one node more; false when all have been met.
    boolean step() {
        int size = fleet.plan.nodes();
        for (int i = 0; i < TRIES && met < size; i++) {
            int node = (first + met++) % size;
            if (node < fleet.known()
                    && fleet.nodes.idle(node)
                    && fleet.nodes.wantedBundle(node) < fleet.bundles.newest()) {
                declare(node);
                return true;
            }
        }
        return false;
    }

    private void declare(int node) {
        Nodes nodes = fleet.nodes;
        boolean follows = nodes.wantedBundle(node) == fleet.bundles.newest() - 1;
        nodes.wantedBundle(node, fleet.bundles.newest());
        Bundles.Bundle wanted = fleet.wantedBundle(node);
        reports.desired(node, fleet.justNow());
        out.put("policy_version", wanted.version());
        if (follows) {
            out.putRaw("config_changes", wanted.changes());
        } else {
            out.putRaw("config", wanted.configs().getFirst());
        }
        out.close();
        if (fleet.dice.perMille(930)) {
            fleet.agenda.after(fleet.dice.between(5 * SECOND, 8 * MINUTE), () -> apply(node));
        }
    }

    private void apply(int node) {
        Nodes nodes = fleet.nodes;
        if (!nodes.idle(node) || nodes.bundle(node) == nodes.wantedBundle(node)) {
            return;
        }
        boolean follows = nodes.bundle(node) == nodes.wantedBundle(node) - 1;
        nodes.bundle(node, nodes.wantedBundle(node));
        long timestamp = fleet.byClockOf(node);
        if (!follows || nodes.variant(node) != 0) {
            nodes.variant(node, 0);
            reports.actualAll(node, timestamp);
            return;
        }
        reports.actual(node, timestamp);
        out.put("policy_version", fleet.bundle(node).version());
        out.putRaw("config_changes", fleet.bundle(node).changes());
        out.putTime("last_applied", timestamp / SECOND * SECOND).close();
    }

    /// Someone changes a node by hand, or puts it right again.
    void meddle(int node) {
        int before = fleet.nodes.variant(node);
        int variant = before == 0 ? 1 + fleet.dice.below(Bundles.VARIANTS) : 0;
        fleet.nodes.variant(node, variant);
        Bundles.Bundle bundle = fleet.bundle(node);
        reports.actual(node, fleet.byClockOf(node));
        out.putRaw(
                "config_changes",
                variant == 0 ? bundle.returns().get(before) : bundle.departures().get(variant));
        out.close();
    }

    /// An auditor compares by its own means and says what it saw.
    void audit(int node) {
        fleet.nodes.reportedAt(node, fleet.second());
        long timestamp = fleet.justNow();
        int variant = fleet.nodes.variant(node);
        if (variant != 0) {
            out.node("config_drift_detected", node, timestamp, Source.LIFECYCLE).payload();
            out.putRaw("details", fleet.bundle(node).findings().get(variant)).close();
        } else if (fleet.nodes.release(node) != fleet.nodes.wantedRelease(node)) {
            out.node("version_drift_detected", node, timestamp, Source.LIFECYCLE).payload();
            out.put("component", fleet.plan.component(node).type());
            out.put("desired", fleet.wantedRelease(node).name());
            out.put("actual", fleet.release(node).name());
            out.put("severity", "medium").put("impact", "missing_fix").close();
        } else {
            out.node("policy_drift_detected", node, timestamp, Source.MULTI_MASTER).payload();
            out.put("policy_version", fleet.wantedBundle(node).version());
            out.put("actual_version", fleet.bundle(node).version());
            int violations = fleet.dice.perMille(800) ? 0 : 1 + fleet.dice.below(3);
            out.putHundredths("compliance_score", 100 - 5 * violations);
            out.put("violations", violations).close();
        }
    }
}
