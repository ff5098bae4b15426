package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.MINUTE;
import static io.souverix.twin.simulator.Fleet.SECOND;

/// Nodes and whole zones that lose contact and come back: returning, replaying their backlog
/// (late, out of order, some of it twice), live. Sealed zones are away most of the time and open
/// for a window now and then.
final class Outages {
    /// Zones lost in a beat, in ten-thousandths of all zones, and of one zone at least.
    private static final int LOST_PER_BEAT = 60;

    private static final int LEAST_LOST_PER_BEAT = 3500;

    /// Delivered in one replay at most.
    private static final int MOST_BACKLOG = 1200;

    private static final int PROGRESS_EVERY = 8;

    private final Fleet fleet;
    private final Outbox out;
    private final Backlog backlog;
    private final boolean[] lost;
    private final double eventsPerHour;

    Outages(Fleet fleet, Backlog backlog, double eventsPerHour) {
        this.fleet = fleet;
        this.out = fleet.out;
        this.backlog = backlog;
        this.eventsPerHour = eventsPerHour;
        lost = new boolean[fleet.plan.zones()];
    }

    /// What a node away since `since` brings back, and how far it has told it.
    private static final class Replay {
        private final Backlog.Outage outage;
        private int index;

        Replay(Backlog.Outage outage) {
            this.outage = outage;
        }
    }

    void plan() {
        fleet.agenda.after(fleet.beats(10, 40), this::weather);
        for (int zone = 0; zone < fleet.plan.zones(); zone++) {
            if (fleet.plan.airGapped(zone)) {
                int sealed = zone;
                lost[zone] = true;
                fleet.agenda.after(fleet.beats(50, 400), () -> openWindow(sealed, fleet.start));
            }
        }
    }

    /// Decides every beat which zones are lost.
    private void weather() {
        int expected = Math.max(LEAST_LOST_PER_BEAT, fleet.plan.zones() * LOST_PER_BEAT);
        int count = expected / 10_000 + (fleet.dice.below(10_000) < expected % 10_000 ? 1 : 0);
        for (int i = 0; i < count; i++) {
            int zone = fleet.dice.below(fleet.plan.zones());
            boolean spared = fleet.plan.core(zone) && fleet.dice.perMille(800);
            if (!lost[zone] && !spared && !fleet.plan.airGapped(zone)) {
                lose(zone);
            }
        }
        fleet.agenda.after(fleet.beat, this::weather);
    }

    boolean lost(int zone) {
        return lost[zone];
    }

    private void lose(int zone) {
        lost[zone] = true;
        long since = fleet.now();
        long promised = fleet.beats(60, 250);
        long real = fleet.dice.perMille(250) ? promised + fleet.beats(30, 150) : promised;
        boolean autonomous = !fleet.plan.core(zone);
        fleet.walkZone(
                zone, 20_000, node -> depart(node, autonomous, "zone_link_down", since + promised));
        long epoch = fleet.nextEpoch();
        fleet.agenda.at(since + real, () -> comeBack(zone, since, autonomous ? epoch : 0));
    }

    /// The zone is reached again; what it decided alone is told now, with its own times.
    private void comeBack(int zone, long since, long epoch) {
        lost[zone] = false;
        String name = fleet.plan.zoneName(zone);
        int region = zone % fleet.plan.regions();
        if (epoch != 0) {
            out.domain("authority_claimed", name, region, since + MINUTE).epoch(epoch).payload();
            out.put("level", "autonomous").put("master", name + "-control").open("autonomy");
            out.put("can_operate_isolated", true).put("can_modify_policies", true).shut().close();
            out.domain("authority_released", name, region, fleet.justNow()).epoch(epoch).payload();
            out.put("master", name + "-control").close();
        }
        fleet.walkZone(zone, SECOND / 5, node -> reconnect(node, since));
    }

    private void openWindow(int zone, long since) {
        lost[zone] = false;
        fleet.walkZone(zone, SECOND / 5, node -> reconnect(node, since));
        fleet.agenda.after(fleet.beats(150, 250), () -> closeWindow(zone));
    }

    private void closeWindow(int zone) {
        lost[zone] = true;
        long since = fleet.now();
        fleet.walkZone(zone, 20_000, node -> depart(node, true, "window_closed", 0));
        fleet.agenda.after(fleet.beats(500, 900), () -> openWindow(zone, since));
    }

    /// One node alone; a few stay away long past what was promised.
    void isolate(int node) {
        long since = fleet.now();
        long promised = fleet.beats(40, 200);
        depart(node, fleet.dice.perMille(600), "uplink_failure", since + promised);
        long real = fleet.dice.perMille(60) ? promised + fleet.beats(1200, 3000) : promised;
        fleet.agenda.after(real, () -> reconnect(node, since));
    }

    private void depart(int node, boolean autonomous, String reason, long returnEta) {
        if (!fleet.nodes.inContact(node)) {
            return;
        }
        Link from = fleet.nodes.link(node);
        Link to = autonomous ? Link.AUTONOMOUS : Link.DISCONNECTED;
        fleet.nodes.link(node, to);
        fleet.nodes.countOutage(node);
        if (fleet.dice.perMille(800)) {
            out.node("connection_lost", node, fleet.justNow(), Source.CONNECTIVITY).payload();
            out.put("mode", to.word());
        } else {
            out.node("state_transition", node, fleet.justNow(), Source.CONNECTIVITY).payload();
            out.put("from", from.word()).put("to", to.word());
        }
        out.put("reason", reason);
        if (returnEta != 0) {
            out.putTime("return_eta", returnEta / SECOND * SECOND);
        }
        out.close();
    }

    private void reconnect(int node, long since) {
        if (!fleet.nodes.link(node).away()) {
            return;
        }
        if (fleet.dice.perMille(40)) {
            move(node, Link.LIVE, "short_interruption");
            return;
        }
        fleet.nodes.link(node, Link.RETURNING);
        out.node("connection_established", node, fleet.justNow(), Source.CONNECTIVITY).payload();
        out.put("latency_ms", 40 + fleet.dice.below(900)).put("reason", "link_up").close();
        long pause = fleet.dice.between(3 * SECOND, 90 * SECOND);
        if (fleet.dice.perMille(30)) {
            fleet.agenda.after(pause, () -> relapse(node, since));
        } else {
            fleet.agenda.after(pause, () -> startReplay(node, since));
        }
    }

    private void relapse(int node, long since) {
        move(node, Link.AUTONOMOUS, "link_flapped");
        fleet.agenda.after(fleet.beats(20, 80), () -> reconnect(node, since));
    }

    private void move(int node, Link to, String reason) {
        Link from = fleet.nodes.link(node);
        fleet.nodes.link(node, to);
        out.node("state_transition", node, fleet.justNow(), Source.CONNECTIVITY).payload();
        out.put("from", from.word()).put("to", to.word()).put("reason", reason).close();
    }

    private void startReplay(int node, long since) {
        long until = fleet.now();
        double hours = (until - since) / (double) Fleet.HOUR;
        int usual = (int) (hours * eventsPerHour * 1.5) + fleet.dice.below(4);
        int factor = fleet.dice.perMille(10) ? 60 : 1;
        int count = Math.min(MOST_BACKLOG, (3 + usual) * factor);
        fleet.nodes.link(node, Link.REPLAYING);
        out.node("replay_started", node, fleet.justNow(), Source.CONNECTIVITY).payload();
        out.put("total", count).putTime("eta", (until + count * SECOND) / SECOND * SECOND).close();
        Backlog.Outage outage =
                new Backlog.Outage(node, fleet.nodes.outages(node), since, until - SECOND, count);
        Replay replay = new Replay(outage);
        fleet.agenda.after(SECOND, () -> continueReplay(replay));
    }

    /// One event more: each block of four in another order, one in twenty told again later.
    private void continueReplay(Replay replay) {
        Backlog.Outage outage = replay.outage;
        if (replay.index == outage.count()) {
            completeReplay(replay);
            return;
        }
        int index = replay.index++;
        int twist = Dice.pick(Dice.hash(fleet.seed, outage.node(), outage.number()), 4);
        int shuffled = index ^ twist;
        backlog.tell(
                outage,
                shuffled < outage.count() && (index | 3) < outage.count() ? shuffled : index);
        if (fleet.dice.perMille(50)) {
            backlog.tell(outage, fleet.dice.below(Math.max(1, index & ~3)));
        }
        if (replay.index % PROGRESS_EVERY == 0 && replay.index < outage.count()) {
            progress(replay);
        }
        fleet.agenda.after(fleet.dice.between(SECOND / 20, SECOND), () -> continueReplay(replay));
    }

    private void progress(Replay replay) {
        Backlog.Outage outage = replay.outage;
        out.node("replay_progressed", outage.node(), fleet.justNow(), Source.CONNECTIVITY);
        out.payload().put("processed", replay.index).put("total", outage.count()).close();
    }

    private void completeReplay(Replay replay) {
        int node = replay.outage.node();
        fleet.nodes.link(node, Link.LIVE);
        fleet.nodes.attestedAt(node, 0);
        fleet.nodes.reportedAt(node, 0);
        out.node("replay_completed", node, fleet.now(), Source.CONNECTIVITY).payload();
        out.put("processed", replay.outage.count()).put("latency_ms", 50).close();
    }
}
