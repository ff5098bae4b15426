package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.SECOND;

import java.util.ArrayList;
import java.util.List;

/// The multi-master controllers: domains that sync upstream, and now and then two masters who
/// both believe a region is theirs, until a later epoch settles it.
final class MultiMaster {
    private static final int MOST_DISPUTED = 40;

    private final Fleet fleet;
    private final Outbox out;
    private final Reports reports;
    private final Outages outages;

    MultiMaster(Fleet fleet, Reports reports, Outages outages) {
        this.fleet = fleet;
        this.out = fleet.out;
        this.reports = reports;
        this.outages = outages;
    }

    void plan() {
        for (int region = 0; region < fleet.plan.regions(); region++) {
            int one = region;
            fleet.agenda.after(fleet.beats(1, 25), () -> syncRegion(one));
        }
        for (int zone = 0; zone < fleet.plan.zones(); zone++) {
            int one = zone;
            fleet.agenda.after(fleet.beats(1, 100), () -> syncZone(one));
        }
        fleet.agenda.after(fleet.beats(100, 300), this::splitBrain);
    }

    private void syncRegion(int region) {
        String upstream = region == 0 ? "global-control" : fleet.plan.regionName(0);
        sync(fleet.plan.regionName(region), region, upstream);
        fleet.agenda.after(fleet.beats(20, 30), () -> syncRegion(region));
    }

    private void syncZone(int zone) {
        int region = zone % fleet.plan.regions();
        if (!outages.lost(zone)) {
            sync(fleet.plan.zoneName(zone), region, fleet.plan.regionName(region));
        }
        fleet.agenda.after(fleet.beats(80, 120), () -> syncZone(zone));
    }

    private void sync(String domain, int region, String upstream) {
        out.domain("region_synced", domain, region, fleet.justNow()).payload();
        out.put("upstream", upstream).put("messages", fleet.dice.below(400));
        out.put("backlog", fleet.dice.perMille(900) ? 0 : fleet.dice.below(50)).close();
    }

    private void splitBrain() {
        int region = fleet.dice.below(fleet.plan.regions());
        long epoch = fleet.nextEpoch();
        String[] masters = masters(region);
        claim(region, masters[0], epoch);
        claim(region, masters[1], epoch);
        fleet.epoch(region, epoch);
        List<Integer> disputed = disputed(region);
        for (int node : disputed) {
            compete(node, masters[0], 1200 + 100L * fleet.dice.below(5));
            compete(node, masters[1], 2200 + 100L * fleet.dice.below(5));
        }
        fleet.agenda.after(fleet.beats(60, 200), () -> settle(region, disputed));
        fleet.agenda.after(fleet.beats(400, 900), this::splitBrain);
    }

    private String[] masters(int region) {
        int rival = (region + 1) % fleet.plan.regions();
        return new String[] {
            fleet.plan.regionName(region) + "-control", fleet.plan.regionName(rival) + "-control"
        };
    }

    private List<Integer> disputed(int region) {
        List<Integer> disputed = new ArrayList<>();
        int wanted = Math.min(MOST_DISPUTED, 1 + fleet.plan.nodes() / 25);
        for (int i = 0; i < 20 * MOST_DISPUTED && disputed.size() < wanted; i++) {
            int node = fleet.idleNode();
            if (node >= 0 && fleet.plan.region(node) == region && !disputed.contains(node)) {
                disputed.add(node);
            }
        }
        return disputed;
    }

    private void claim(int region, String master, long epoch) {
        String name = fleet.plan.regionName(region);
        out.domain("authority_claimed", name, region, fleet.justNow()).epoch(epoch).payload();
        out.put("level", "regional").put("master", master).open("autonomy");
        out.put("can_operate_isolated", true).put("can_modify_policies", true);
        out.put("can_deploy_versions", true).shut().close();
    }

    private void compete(int node, String master, long maxCps) {
        reports.desired(node, fleet.justNow());
        out.open("config_changes").put("rate_limit.max_cps", maxCps);
        out.put("policy.declared_by", master).shut().close();
    }

    private void settle(int region, List<Integer> disputed) {
        long epoch = fleet.nextEpoch();
        String[] masters = masters(region);
        boolean yields = fleet.dice.perMille(500);
        if (yields) {
            String name = fleet.plan.regionName(region);
            out.domain("authority_released", name, region, fleet.justNow());
            out.epoch(epoch - 1).payload().put("master", masters[1]).close();
        }
        claim(region, masters[0], epoch);
        fleet.epoch(region, epoch);
        for (int node : disputed) {
            reports.desiredAll(node, fleet.now() + SECOND / 1000);
        }
    }
}
