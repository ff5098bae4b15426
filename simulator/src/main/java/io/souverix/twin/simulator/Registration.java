package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.DAY;
import static io.souverix.twin.simulator.Fleet.HOUR;
import static io.souverix.twin.simulator.Fleet.MINUTE;
import static io.souverix.twin.simulator.Fleet.SECOND;

import io.souverix.twin.simulator.Nodes.Stage;

/// How the service first hears of the fleet: domains, releases, then node by node what the
/// managers know of each (its past with its own timestamps, its present as of now). The last
/// twentieth of the nodes is provisioned later, in batches.
final class Registration {
    private static final String[] LEVELS = {"global", "regional", "local"};
    private static final String[] FACTORIES = {"Factory-A", "Factory-B", "Usine-Lannion"};

    private final Fleet fleet;
    private final Outbox out;
    private final Reports reports;
    private final Links links;
    private final int atStart;
    private final long pause;
    private int next = -1;

    Registration(Fleet fleet, Reports reports, Links links) {
        this.fleet = fleet;
        this.out = fleet.out;
        this.reports = reports;
        this.links = links;
        atStart = fleet.plan.nodes() - fleet.plan.nodes() / 20;
        pause = Math.clamp(fleet.beat / 4 / atStart, 1, SECOND / 2);
    }

    /// Tells the next piece; false when all has been told.
    boolean step() {
        if (next >= atStart) {
            return false;
        }
        fleet.agenda.advanceTo(fleet.now() + pause);
        out.clock(fleet.now());
        if (next < 0) {
            tellDomains();
            tellReleases();
        } else {
            tellNode(next);
            fleet.know(next + 1);
        }
        next++;
        return true;
    }

    private void tellDomains() {
        FleetPlan plan = fleet.plan;
        long founded = fleet.start - 120 * DAY;
        for (String domain : new String[] {"souverix-prod", "souverix-media", "souverix-enclave"}) {
            out.domain("domain_registered", domain, 0, founded).payload();
            out.put("kind", "trust_domain").close();
        }
        for (int region = 0; region < plan.regions(); region++) {
            String name = plan.regionName(region);
            out.domain("domain_registered", name, region, founded).payload();
            out.put("kind", "region").put("name", plan.place(region)).close();
            claim(name, region, region == 0 ? 0 : 1, founded + SECOND);
            out.domain("federation_linked", name, region, founded + 2 * SECOND).payload();
            out.put("upstream", region == 0 ? "global-control" : "region-a");
            out.put("mode", "continuous").put("frequency", "15m").close();
        }
        for (int zone = 0; zone < plan.zones(); zone++) {
            int region = zone % plan.regions();
            String name = plan.zoneName(zone);
            out.domain("domain_registered", name, region, founded + DAY).payload();
            out.put("kind", "zone").put("parent", plan.regionName(region)).close();
            if (plan.airGapped(zone)) {
                claim(name, region, 2, founded + DAY + SECOND);
                out.domain("federation_linked", name, region, founded + DAY + 2 * SECOND).payload();
                out.put("upstream", plan.regionName(region)).put("mode", "opportunistic").close();
            }
        }
    }

    private void claim(String domain, int region, int level, long timestamp) {
        out.domain("authority_claimed", domain, region, timestamp).epoch(1).payload();
        out.put("level", LEVELS[level]).put("master", domain + "-control").open("autonomy");
        out.put("can_operate_isolated", true).put("can_modify_policies", level < 2);
        out.put("can_deploy_versions", level < 2).shut().close();
    }

    private void tellReleases() {
        for (Component component : Component.ALL) {
            for (int i = 0; i < Releases.AT_START; i++) {
                long timestamp = fleet.start - (110 - 18L * i) * DAY + component.index() * HOUR;
                out.component("release_published", component, timestamp).payload();
                out.members(fleet.releases.release(component, i).members()).close();
            }
        }
    }

    /// A node that has been in service for days.
    private void tellNode(int node) {
        Dice dice = fleet.dice;
        Nodes nodes = fleet.nodes;
        int newest = Releases.AT_START - 1;
        nodes.wantedRelease(node, newest);
        nodes.release(node, dice.perMille(700) ? newest : newest - 1 - dice.below(5));
        nodes.wantedBundle(node, fleet.bundles.newest());
        nodes.bundle(node, fleet.bundles.newest() - (dice.perMille(900) ? 0 : 1));
        nodes.variant(node, dice.perMille(60) ? 1 + dice.below(Bundles.VARIANTS) : 0);
        nodes.stage(node, Stage.ACTIVE);
        long rotated = fleet.start - certificateAge();
        long provisioned = rotated - dice.between(HOUR, 6 * DAY);
        identify(node, provisioned);
        reports.desiredAll(node, provisioned + 4 * MINUTE);
        out.node("provisioning_completed", node, provisioned + 5 * MINUTE, Source.LIFECYCLE);
        out.payload().close();
        if (dice.perMille(60)) {
            reports.sbom(node, provisioned + 6 * MINUTE);
        }
        reports.certificate(node, rotated);
        if (dice.perMille(500)) {
            links.first(node, rotated + MINUTE);
        }
        long present = fleet.justNow();
        firstContact(node, present);
        reports.actualAll(node, present + SECOND / 1000);
    }

    /// Certificates last 90 days: most have a month or more to go, some days, a few have run out.
    private long certificateAge() {
        int chance = fleet.dice.below(1000);
        if (chance < 3) {
            return 90 * DAY + fleet.dice.between(HOUR, 2 * DAY);
        }
        if (chance < 25) {
            return 90 * DAY - fleet.dice.between(HOUR, 8 * DAY);
        }
        return fleet.dice.between(DAY, 55 * DAY);
    }

    private void firstContact(int node, long timestamp) {
        boolean sealed = fleet.plan.airGapped(fleet.plan.zone(node));
        int chance = fleet.dice.below(100);
        Link link =
                sealed
                        ? Link.AUTONOMOUS
                        : chance < 90 ? Link.LIVE : chance < 96 ? Link.DELAYED : Link.EDGE_CACHED;
        fleet.nodes.link(node, link);
        out.node("state_transition", node, timestamp, Source.CONNECTIVITY).payload();
        out.put("to", link.word()).put("reason", sealed ? "sealed_zone" : "first_contact");
        out.put("latency_ms", 20 + fleet.dice.below(60)).close();
    }

    /// Who it is and where: mostly with the start of provisioning, else in two events.
    private void identify(int node, long timestamp) {
        boolean apart = fleet.dice.perMille(60);
        String type = apart ? "node_registered" : "provisioning_started";
        out.node(type, node, timestamp, Source.LIFECYCLE).payload();
        Component component = fleet.plan.component(node);
        out.put("component_type", component.type());
        out.put("region", fleet.plan.regionName(fleet.plan.region(node)));
        out.put("zone", fleet.plan.zoneName(fleet.plan.zone(node)));
        if (node % 4 != 3) {
            out.json().name("clusters").ascii("[\"").ascii(component.cluster()).ascii("\"]");
        }
        out.put("trust_domain", fleet.plan.trustDomain(node));
        if (apart) {
            out.put("name", "N\u0153ud " + fleet.plan.place(fleet.plan.region(node)) + " " + node);
            out.close();
            out.node("provisioning_started", node, timestamp + SECOND, Source.LIFECYCLE).payload();
        }
        out.put("desired_version", fleet.wantedRelease(node).name());
        out.open("hardware");
        hardware(node);
        out.shut().open("supply_chain").open("manufacturing_batch");
        out.put("batch_id", batch(node)).put("date", "2025-0" + (1 + node / 40 % 9) + "-15").shut();
        out.open("software_provenance").put("builder", "signed-by-build-system").shut().shut();
        out.close();
    }

    private void hardware(int node) {
        out.put("serial", "HW-2025-Q" + (1 + node % 4) + "-" + (100_000 + node));
        out.put("manufacturing_origin", FACTORIES[node / 40 % FACTORIES.length]);
        out.put("batch_id", batch(node)).put("firmware_version", "2." + node / 40 % 3 + ".3");
        out.putDigest("firmware_signature", Dice.hash(fleet.seed, node / 40 % 3, 2));
    }

    /// Forty nodes made together.
    private static String batch(int node) {
        return "BATCH-2025-Q" + (1 + node % 4) + "-" + (1000 + node / 40);
    }

    /// Puts the batches of late nodes on the agenda, over the first five beats.
    void planLateBatches() {
        int late = fleet.plan.nodes() - atStart;
        for (int i = 0; i < late; i++) {
            int node = atStart + i;
            long batchAt = 1 + i * 20L / late;
            long due = fleet.now() + batchAt * fleet.beat / 4 + i * SECOND / 50;
            fleet.agenda.at(due, () -> provision(node));
        }
    }

    private void provision(int node) {
        Nodes nodes = fleet.nodes;
        int newest = fleet.releases.newest(fleet.plan.component(node));
        nodes.wantedRelease(node, newest);
        nodes.release(node, newest);
        nodes.wantedBundle(node, fleet.bundles.newest());
        nodes.bundle(node, fleet.bundles.newest());
        nodes.stage(node, Stage.PROVISIONING);
        fleet.know(Math.max(fleet.known(), node + 1));
        identify(node, fleet.justNow());
        fleet.agenda.after(MINUTE, () -> reportHardware(node));
        fleet.agenda.after(fleet.beats(5, 15) + MINUTE, () -> enterService(node));
    }

    private void reportHardware(int node) {
        out.node("hardware_reported", node, fleet.byClockOf(node), Source.AGENT).payload();
        hardware(node);
        out.close();
        reports.desiredAll(node, fleet.justNow());
    }

    private void enterService(int node) {
        fleet.nodes.stage(node, Stage.ACTIVE);
        long timestamp = fleet.justNow();
        reports.certificate(node, timestamp);
        out.node("provisioning_completed", node, timestamp + 1, Source.LIFECYCLE).payload().close();
        firstContact(node, timestamp + 2);
        if (fleet.nodes.link(node).reachable()) {
            reports.actualAll(node, fleet.byClockOf(node) + SECOND / 2);
            reports.attestation(node);
        }
        links.first(node, fleet.now());
    }
}
