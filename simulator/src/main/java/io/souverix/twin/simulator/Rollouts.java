package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.HOUR;
import static io.souverix.twin.simulator.Fleet.MINUTE;
import static io.souverix.twin.simulator.Fleet.SECOND;

import io.souverix.twin.simulator.Nodes.Stage;
import java.util.EnumMap;
import java.util.Map;

/// New releases and the campaigns that bring them to the nodes, in waves: a fiftieth of the nodes,
/// a fifth, all. Most updates succeed, some fail, some are never heard of again. A newer release
/// of the component replaces its campaign.
final class Rollouts {
    private static final int TRIES = 40;

    private final Fleet fleet;
    private final Outbox out;
    private final Reports reports;
    private final Map<Component, Campaign> campaigns = new EnumMap<>(Component.class);
    private int published;

    Rollouts(Fleet fleet, Reports reports) {
        this.fleet = fleet;
        this.out = fleet.out;
        this.reports = reports;
    }

    /// One release on its way. Nodes are met in the order of their numbers from a random one on.
    private static final class Campaign {
        private final int release;
        private final String name;
        private final int first;
        private int met;

        Campaign(int release, String name, int first) {
            this.release = release;
            this.name = name;
            this.first = first;
        }

        int wave(int fleetSize) {
            return met < fleetSize / 50 ? 1 : met < fleetSize / 5 ? 2 : 3;
        }
    }

    void plan() {
        fleet.agenda.after(fleet.beats(5, 30), this::publish);
    }

    private void publish() {
        Component component = Component.ALL[published++ % Component.ALL.length];
        int index = fleet.releases.add(component);
        Releases.Release release = fleet.releases.release(component, index);
        out.component("release_published", component, fleet.justNow()).payload();
        out.members(release.members()).close();
        if (!release.version().contains("-rc")) {
            String name = "campaign-" + component.word() + "-" + release.version();
            int first = fleet.dice.below(fleet.plan.nodes());
            fleet.agenda.after(
                    fleet.beats(10, 40),
                    () -> campaigns.put(component, new Campaign(index, name, first)));
        }
        fleet.agenda.after(fleet.beats(150, 350), this::publish);
    }

    /// Brings a release to one node more, by one of the campaigns that run; false when there is
    /// none to bring.
    boolean step() {
        int turn = fleet.dice.below(Component.ALL.length);
        for (int i = 0; i < Component.ALL.length; i++) {
            Component component = Component.ALL[(turn + i) % Component.ALL.length];
            Campaign campaign = campaigns.get(component);
            if (campaign != null && campaign.met < fleet.plan.nodes()) {
                return advance(component, campaign);
            }
        }
        return false;
    }

    private boolean advance(Component component, Campaign campaign) {
        int size = fleet.plan.nodes();
        for (int i = 0; i < TRIES && campaign.met < size; i++) {
            int node = (campaign.first + campaign.met++) % size;
            boolean fits = fleet.plan.component(node) == component && node < fleet.known();
            if (fits && fleet.nodes.idle(node) && fleet.nodes.release(node) < campaign.release) {
                initiate(node, campaign);
                return true;
            }
        }
        return false;
    }

    private void initiate(int node, Campaign campaign) {
        long timestamp = fleet.justNow();
        fleet.nodes.wantedRelease(node, campaign.release);
        fleet.nodes.stage(node, Stage.BUSY);
        String version = fleet.wantedRelease(node).name();
        if (fleet.dice.perMille(300)) {
            reports.desired(node, timestamp);
            out.put("software_version", version).close();
        }
        out.node("update_initiated", node, timestamp + 1000, Source.LIFECYCLE);
        out.epoch(fleet.epoch(fleet.plan.region(node))).payload();
        out.put("target_version", version).put("from_version", fleet.release(node).name());
        out.put("campaign", campaign.name).put("wave", campaign.wave(fleet.plan.nodes()));
        out.putTime("deadline", timestamp / SECOND * SECOND + 2 * HOUR).close();
        long patience = fleet.dice.between(3 * MINUTE, 25 * MINUTE);
        fleet.agenda.after(patience, () -> finish(node, campaign.release, 3));
    }

    private void finish(int node, int release, int triesLeft) {
        if (!fleet.nodes.inContact(node)) {
            if (triesLeft > 0) {
                fleet.agenda.after(HOUR, () -> finish(node, release, triesLeft - 1));
            } else if (fleet.nodes.stage(node) == Stage.BUSY) {
                fleet.nodes.stage(node, Stage.ACTIVE);
            }
            return;
        }
        fleet.nodes.stage(node, Stage.ACTIVE);
        int chance = fleet.dice.below(100);
        if (chance < 90) {
            complete(node, release);
        } else if (chance < 96) {
            fail(node);
        }
    }

    private void complete(int node, int release) {
        fleet.nodes.release(node, release);
        fleet.nodes.reportedAt(node, fleet.second());
        Releases.Release running = fleet.release(node);
        long timestamp = fleet.byClockOf(node);
        out.node("update_completed", node, timestamp, Source.LIFECYCLE).payload();
        out.put("version", running.name()).put("image_provenance", "signed-by-build-system");
        out.put("sbom_hash", running.sbomHash()).close();
        if (fleet.dice.perMille(250)) {
            reports.sbom(node, timestamp + SECOND / 10);
        }
    }

    private void fail(int node) {
        out.node("update_failed", node, fleet.byClockOf(node), Source.LIFECYCLE).payload();
        out.put("version", fleet.wantedRelease(node).name());
        out.put("reason", fleet.dice.perMille(500) ? "signature_mismatch" : "health_check_failed");
        out.close();
    }
}
