package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.SECOND;

/// What a node out of contact wrote down and tells when it is back. Every such event is a pure
/// function of the outage and its place in it: nothing is stored while the node is away, and an
/// event told twice is the same to the byte.
final class Backlog {
    private final Fleet fleet;
    private final Outbox out;
    private final Links links;

    Backlog(Fleet fleet, Links links) {
        this.fleet = fleet;
        this.out = fleet.out;
        this.links = links;
    }

    /// @param number how many times this node has been away
    /// @param since microseconds since 1970, as is `until`
    /// @param count how many events it wrote down
    record Outage(int node, int number, long since, long until, int count) {
        /// In the order they happened, evenly spread but for some chance.
        long timestamp(int index, long hash) {
            long share = (until - since) / count;
            return since + share * index + Dice.pick(hash, 1000) * (share / 1000);
        }
    }

    /// Tells the event at `index`, 0 until `count`.
    void tell(Outage outage, int index) {
        int node = outage.node;
        long place = outage.number * 100_000L + index;
        long hash = Dice.hash(fleet.seed ^ outage.since, node, place);
        long timestamp = outage.timestamp(index, hash);
        out.withId("bkl-" + outage.number + "-" + index);
        int kind = Dice.pick(hash >>> 2, 100);
        if (kind < 30) {
            report(node, timestamp, hash);
        } else if (kind < 48) {
            attest(node, timestamp, hash);
        } else if (kind < 66) {
            links.report(node, timestamp, hash);
        } else if (kind < 82) {
            measure(node, timestamp, index);
        } else if (kind < 90) {
            note(node, timestamp, hash);
        } else {
            operational(node, timestamp, hash);
        }
    }

    private void report(int node, long timestamp, long hash) {
        Outbox line = out.node("actual_state_reported", node, timestamp, Source.AGENT).payload();
        if (Dice.pick(hash >>> 4, 4) == 0) {
            line.open("config_changes").put("local.override_cps", 400 + Dice.pick(hash, 9) * 100);
            line.shut().putTime("last_applied", timestamp / SECOND * SECOND);
        } else {
            line.put("health", Dice.pick(hash >>> 5, 10) == 0 ? "degraded" : "ok");
            line.open("compliance").put("passed", 18).put("failed", Dice.pick(hash, 3)).shut();
        }
        line.close();
    }

    private void attest(int node, long timestamp, long hash) {
        out.node("attestation_performed", node, timestamp, Source.AGENT).payload();
        out.put("result", Dice.pick(hash >>> 4, 5) == 0 ? "stale" : "verified");
        out.put("verifier", "local-verifier").close();
    }

    private void measure(int node, long timestamp, int index) {
        out.node("connectivity_reported", node, timestamp, Source.AGENT).payload();
        out.put("backlog", index + 1).close();
    }

    private void note(int node, long timestamp, long hash) {
        out.node("x_local_decision", node, timestamp, Source.AGENT).payload();
        out.put("decision", Dice.pick(hash, 2) == 0 ? "keep_policy" : "shed_load");
        out.put("calls", Dice.pick(hash >>> 3, 20_000)).close();
    }

    private void operational(int node, long timestamp, long hash) {
        boolean well = Dice.pick(hash, 2) == 0;
        out.node("state_transition", node, timestamp, Source.AGENT).payload();
        out.put("dimension", "operational").put("to", well ? "ok" : "degraded");
        out.put("reason", well ? "recovered" : "no_upstream").close();
    }
}
