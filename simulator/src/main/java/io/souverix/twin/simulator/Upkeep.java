package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.DAY;
import static io.souverix.twin.simulator.Fleet.MINUTE;
import static io.souverix.twin.simulator.Fleet.SECOND;

import io.souverix.twin.simulator.Nodes.Stage;

/// The lifecycle manager's everyday work: maintenance windows, certificates, firmware, bills of
/// materials, and nodes taken out of service.
final class Upkeep {
    private static final int ONE_GONE_IN = 30;

    private final Fleet fleet;
    private final Outbox out;
    private final Reports reports;
    private int gone;

    Upkeep(Fleet fleet, Reports reports) {
        this.fleet = fleet;
        this.out = fleet.out;
        this.reports = reports;
    }

    /// A window to come; some windows pass unused.
    void planMaintenance(int node) {
        long begins = fleet.now() / SECOND * SECOND + fleet.beats(30, 200);
        long ends = begins + fleet.beats(30, 100);
        out.node("maintenance_planned", node, fleet.justNow(), Source.LIFECYCLE).payload();
        out.putTime("window_start", begins).putTime("window_end", ends);
        out.put("reason", fleet.dice.perMille(500) ? "disk_replacement" : "kernel_update").close();
        if (fleet.dice.perMille(850)) {
            fleet.agenda.at(begins, () -> startMaintenance(node, ends));
        }
    }

    private void startMaintenance(int node, long ends) {
        if (!fleet.nodes.idle(node)) {
            return;
        }
        fleet.nodes.stage(node, Stage.BUSY);
        out.node("maintenance_started", node, fleet.justNow(), Source.LIFECYCLE).payload();
        out.put("reason", "planned_window").putTime("window_end", ends).close();
        boolean overruns = fleet.dice.perMille(150);
        fleet.agenda.at(overruns ? ends + fleet.beat : ends - MINUTE, () -> endMaintenance(node));
    }

    private void endMaintenance(int node) {
        fleet.nodes.stage(node, Stage.ACTIVE);
        out.node("maintenance_completed", node, fleet.justNow(), Source.LIFECYCLE)
                .payload()
                .close();
    }

    /// Takes a node out of service; one in thirty at most, so that a fleet never dies out.
    void decommission(int node) {
        if (gone * ONE_GONE_IN >= fleet.plan.nodes()) {
            return;
        }
        gone++;
        fleet.nodes.stage(node, Stage.GONE);
        out.node("decommissioning_started", node, fleet.justNow(), Source.LIFECYCLE).payload();
        out.put("reason", "end_of_life").close();
        if (fleet.dice.perMille(800)) {
            fleet.agenda.after(fleet.beats(20, 100), () -> completeDecommissioning(node));
        }
    }

    private void completeDecommissioning(int node) {
        out.node("decommissioning_completed", node, fleet.justNow(), Source.LIFECYCLE);
        out.payload().close();
    }

    void rotateCertificate(int node) {
        long issued = fleet.justNow();
        reports.certificate(node, fleet.dice.perMille(50) ? issued - 80 * DAY : issued);
    }

    void validateChain(int node) {
        boolean valid = fleet.dice.perMille(970);
        out.node("trust_chain_validated", node, fleet.justNow(), Source.MULTI_MASTER).payload();
        out.put("result", valid ? "valid" : "invalid");
        if (!valid) {
            out.put("reason", "revoked_issuer");
        }
        out.close();
    }

    void reportFirmware(int node) {
        out.node("hardware_reported", node, fleet.byClockOf(node), Source.AGENT).payload();
        int version = 3 + fleet.dice.below(3);
        out.put("firmware_version", "2.3." + version);
        out.putDigest("firmware_signature", Dice.hash(fleet.seed, version, 6)).close();
    }

    /// Mostly of what the node runs.
    void updateSbom(int node) {
        reports.sbom(node, fleet.justNow());
    }
}
