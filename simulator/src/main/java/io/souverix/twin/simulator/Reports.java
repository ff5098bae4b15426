package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.DAY;
import static io.souverix.twin.simulator.Fleet.SECOND;

/// The statements several parts of the simulation make about a node: what it should be, what it
/// is, its certificates, its attestation, its software.
final class Reports {
    private static final int LIFETIME_DAYS = 90;
    private static final String ROOT = "souverix-autorite-root-ca";

    private final Fleet fleet;
    private final Outbox out;

    Reports(Fleet fleet) {
        this.fleet = fleet;
        this.out = fleet.out;
    }

    /// The whole of what is wanted of a node.
    void desiredAll(int node, long timestamp) {
        Bundles.Bundle bundle = fleet.wantedBundle(node);
        desired(node, timestamp);
        out.put("software_version", fleet.wantedRelease(node).name());
        out.put("policy_version", bundle.version());
        out.putRaw("config", bundle.configs().getFirst()).close();
    }

    /// Opens a `desired_state_changed` under the epoch of the node's region.
    void desired(int node, long timestamp) {
        out.node("desired_state_changed", node, timestamp, Source.MULTI_MASTER);
        out.epoch(fleet.epoch(fleet.plan.region(node))).payload();
    }

    /// The whole of what a node is.
    void actualAll(int node, long timestamp) {
        Bundles.Bundle bundle = fleet.bundle(node);
        Releases.Release release = fleet.release(node);
        boolean mismatch = Dice.pick(Dice.hash(fleet.seed, node, 3), 400) == 0;
        actual(node, timestamp);
        out.put("software_version", release.name()).put("policy_version", bundle.version());
        out.putRaw("config", bundle.configs().get(fleet.nodes.variant(node)));
        compliance(node);
        out.put("image_provenance", mismatch ? "rebuilt-on-site" : "signed-by-build-system");
        if (mismatch) {
            out.putDigest("sbom_hash", Dice.hash(fleet.seed, node, 4));
        } else {
            out.put("sbom_hash", release.sbomHash());
        }
        out.put("health", "ok").putTime("last_applied", timestamp / SECOND * SECOND).close();
    }

    /// What a node says regularly: versions, compliance, health.
    void actualBrief(int node) {
        actual(node, fleet.byClockOf(node));
        out.put("software_version", fleet.release(node).name());
        out.put("policy_version", fleet.bundle(node).version());
        compliance(node);
        out.put("health", fleet.dice.perMille(980) ? "ok" : "degraded").close();
    }

    /// Opens an `actual_state_reported`.
    void actual(int node, long timestamp) {
        fleet.nodes.reportedAt(node, fleet.second());
        out.node("actual_state_reported", node, timestamp, Source.AGENT).payload();
    }

    private void compliance(int node) {
        int failed = fleet.nodes.variant(node) == 0 ? 0 : 1;
        out.open("compliance").put("passed", 20 - failed).put("failed", failed);
        if (node % 8 == 0) {
            out.put("not_applicable", 2).put("unevaluable", 0);
        }
        out.shut();
    }

    /// A chain of two or three: the node's own, the region's issuer, sometimes the root.
    void certificate(int node, long timestamp) {
        long from = timestamp / SECOND * SECOND;
        String issuer = "souverix-issuing-" + fleet.plan.regionName(fleet.plan.region(node));
        JsonBytes json = out.json();
        out.node("certificate_rotated", node, timestamp, Source.LIFECYCLE).payload();
        json.name("certificate_chain").raw('[').raw('{');
        out.put("issuer", issuer).putNode("subject", node);
        out.putTime("valid_from", from).putTime("valid_until", from + LIFETIME_DAYS * DAY);
        out.putDigest("signature", Dice.hash(from, node, 5)).shut();
        authority(ROOT, issuer, 900);
        if (node % 2 == 0) {
            authority(ROOT, ROOT, 3600);
        }
        json.raw(']');
        out.close();
    }

    private void authority(String issuer, String subject, int days) {
        long from = fleet.start / DAY * DAY - 300 * DAY;
        out.json().comma().raw('{');
        out.put("issuer", issuer).put("subject", subject);
        out.putTime("valid_from", from).putTime("valid_until", from + days * DAY).shut();
    }

    void attestation(int node) {
        int chance = fleet.dice.below(1000);
        String result =
                chance < 975
                        ? "verified"
                        : chance < 987 ? "stale" : chance < 994 ? "unverified" : "failed";
        fleet.nodes.attestedAt(node, fleet.second());
        out.node("attestation_performed", node, fleet.byClockOf(node), Source.AGENT).payload();
        out.put("result", result).put("verifier", "souverix-autorite");
        if (chance % 4 == 0) {
            out.putDigest("evidence", fleet.dice.next()).open("claims");
            out.put("secure_boot", chance < 990).put("tpm", "2.0").shut();
        }
        out.close();
    }

    void sbom(int node, long timestamp) {
        out.node("sbom_updated", node, timestamp, Source.LIFECYCLE).payload();
        out.members(fleet.release(node).sbom()).close();
    }
}
