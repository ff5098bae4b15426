package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.MINUTE;
import static io.souverix.twin.simulator.Fleet.SECOND;

/// What nodes in contact say as a matter of course, and what the connectivity manager measures.
final class Telemetry {
    /// A node reports itself and is attested about this often, well inside an hour, where the
    /// scenario's rate lets it.
    private static final int DUE_SECONDS = 40 * 60;

    private final Fleet fleet;
    private final Outbox out;
    private final Reports reports;

    Telemetry(Fleet fleet, Reports reports) {
        this.fleet = fleet;
        this.out = fleet.out;
        this.reports = reports;
    }

    /// What is most overdue at this node, or a measurement.
    void duty(int node) {
        Nodes nodes = fleet.nodes;
        int reported = fleet.second() - nodes.reportedAt(node);
        int attested = fleet.second() - nodes.attestedAt(node);
        if (attested > DUE_SECONDS && attested >= reported || nodes.attestedAt(node) == 0) {
            reports.attestation(node);
        } else if (reported > DUE_SECONDS) {
            report(node);
        } else {
            measure(node);
        }
    }

    private void report(int node) {
        if (fleet.dice.perMille(80)) {
            reports.actualAll(node, fleet.byClockOf(node));
        } else {
            reports.actualBrief(node);
        }
    }

    void measure(int node) {
        Dice dice = fleet.dice;
        boolean slow = fleet.nodes.link(node) != Link.LIVE;
        out.node("connectivity_reported", node, fleet.justNow(), Source.CONNECTIVITY).payload();
        out.put("latency_ms", slow ? 500 + dice.below(6000) : 15 + dice.below(80));
        out.putHundredths("loss_pct", dice.below(slow ? 500 : 30));
        if (slow) {
            int urgent = dice.below(20);
            int rest = dice.below(200);
            out.put("backlog", urgent + rest);
            out.open("backlog_by_type").put("telemetry", rest).put("policy", urgent).shut();
            out.open("backlog_by_priority").put("high", urgent).put("normal", rest).shut();
            out.putTime("oldest_message", fleet.now() / SECOND * SECOND - dice.below(900) * SECOND);
        }
        out.close();
    }

    void sync(int node) {
        out.node("sync_completed", node, fleet.justNow(), Source.CONNECTIVITY).payload();
        if (fleet.dice.perMille(800)) {
            out.put("latency_ms", 20 + fleet.dice.below(100));
        }
        out.close();
    }

    /// From live to delayed, to edge-cached, and back again.
    void wobble(int node) {
        Link from = fleet.nodes.link(node);
        Link to =
                switch (from) {
                    case LIVE -> Link.DELAYED;
                    case DELAYED -> fleet.dice.perMille(650) ? Link.LIVE : Link.EDGE_CACHED;
                    default -> fleet.dice.perMille(700) ? Link.LIVE : Link.DELAYED;
                };
        transition(node, to);
        if (to != Link.LIVE) {
            fleet.agenda.after(fleet.beats(5, 60), () -> settle(node));
        }
    }

    private void settle(int node) {
        if (fleet.nodes.inContact(node) && fleet.nodes.link(node) != Link.LIVE) {
            transition(node, Link.LIVE);
        }
    }

    private void transition(int node, Link to) {
        Link from = fleet.nodes.link(node);
        fleet.nodes.link(node, to);
        out.node("state_transition", node, fleet.justNow(), Source.CONNECTIVITY).payload();
        out.put("from", from.word()).put("to", to.word());
        switch (to) {
            case LIVE -> out.put("reason", "connectivity_restored").put("latency_ms", 45);
            case DELAYED ->
                    out.put("reason", "latency_increase")
                            .put("latency_ms", 1000 + fleet.dice.below(6000));
            default -> out.put("sync_interval", "15m").put("backlog", fleet.dice.below(60));
        }
        out.close();
    }

    /// Degrades or fails for some minutes.
    void falter(int node) {
        int chance = fleet.dice.below(100);
        String state = chance < 85 ? "degraded" : chance < 95 ? "failed" : "quarantined";
        operational(node, state, chance < 50 ? "cpu_pressure" : "peer_unreachable");
        fleet.agenda.after(
                fleet.dice.between(MINUTE, 30 * MINUTE),
                () -> operational(node, "ok", "recovered"));
    }

    private void operational(int node, String to, String reason) {
        if (fleet.nodes.inContact(node)) {
            out.node("state_transition", node, fleet.byClockOf(node), Source.AGENT).payload();
            out.put("dimension", "operational").put("to", to).put("reason", reason).close();
        }
    }
}
