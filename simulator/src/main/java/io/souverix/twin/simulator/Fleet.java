package io.souverix.twin.simulator;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// What all parts of the simulation share: the plan, the nodes' state, the chance, the clock, and
/// the outbox. Owned by the one thread that runs the simulation.
final class Fleet {
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    /// One in so many nodes has a clock that is off.
    private static final int ONE_SKEWED_IN = 200;

    private static final int TRIES = 60;

    final FleetPlan plan;
    final Nodes nodes;
    final Dice dice;
    final Agenda agenda;
    final Outbox out;
    final Releases releases;
    final Bundles bundles;
    final long seed;
    final long start;
    final long beat;

    /// Epochs are one sequence for the whole fleet; each region's master acts under its own.
    private long newestEpoch = 1;

    private final long[] epochs;

    private int known;

    Fleet(Scenario scenario) {
        seed = scenario.seed();
        start = micros(scenario.start());
        beat = scenario.beat().toNanos() / 1000;
        plan = new FleetPlan(scenario.nodes());
        nodes = new Nodes(scenario.nodes());
        dice = new Dice(seed);
        agenda = new Agenda(start);
        out = new Outbox(plan);
        releases = new Releases(seed);
        bundles = new Bundles();
        epochs = new long[plan.regions()];
        Arrays.fill(epochs, newestEpoch);
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1000;
    }

    long now() {
        return agenda.now();
    }

    int second() {
        return (int) ((now() - start) / SECOND);
    }

    /// When something happened that is heard of now: some milliseconds ago.
    long justNow() {
        return now() - dice.between(2_000, 700_000);
    }

    /// The same by the clock of the node, which is off by up to 50 s ahead or 150 s behind at a
    /// few nodes.
    long byClockOf(int node) {
        return justNow() + skew(node);
    }

    /// Microseconds the node's clock is ahead.
    private long skew(int node) {
        long hash = Dice.hash(seed, node, 1);
        if (Dice.pick(hash, ONE_SKEWED_IN) != 0 && node != 5) {
            return 0;
        }
        long seconds = 20L + Dice.pick(hash >>> 7, 30);
        return node % 3 == 1 ? -3 * seconds * SECOND : seconds * SECOND;
    }

    /// Nodes 0 until this number have been heard of.
    int known() {
        return known;
    }

    void know(int count) {
        known = count;
    }

    /// A node at random that is in contact and in the middle of nothing, or -1 if there is none
    /// to be found quickly.
    int idleNode() {
        for (int i = 0; i < TRIES; i++) {
            int node = dice.below(known);
            if (nodes.idle(node)) {
                return node;
            }
        }
        return -1;
    }

    /// Does something to each node of a zone, one after the other with a short pause.
    void walkZone(int zone, long pause, IntConsumer step) {
        walkZone(zone, zone, pause, step);
    }

    private void walkZone(int zone, int node, long pause, IntConsumer step) {
        if (node >= known) {
            return;
        }
        step.accept(node);
        agenda.after(
                dice.between(1, 2 * pause), () -> walkZone(zone, node + plan.zones(), pause, step));
    }

    /// Some beats, from so many hundredths of one to so many.
    long beats(int fromHundredths, int toHundredths) {
        return beat / 100 * dice.between(fromHundredths, toHundredths);
    }

    /// The epoch under which the region's master declares what is desired.
    long epoch(int region) {
        return epochs[region];
    }

    long nextEpoch() {
        return ++newestEpoch;
    }

    void epoch(int region, long epoch) {
        epochs[region] = epoch;
    }

    Releases.Release release(int node) {
        return releases.release(plan.component(node), nodes.release(node));
    }

    Releases.Release wantedRelease(int node) {
        return releases.release(plan.component(node), nodes.wantedRelease(node));
    }

    Bundles.Bundle bundle(int node) {
        return bundles.bundle(plan.component(node), nodes.bundle(node));
    }

    Bundles.Bundle wantedBundle(int node) {
        return bundles.bundle(plan.component(node), nodes.wantedBundle(node));
    }
}
