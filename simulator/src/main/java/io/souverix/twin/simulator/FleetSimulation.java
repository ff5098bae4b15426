package io.souverix.twin.simulator;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A fleet that lives: the events of one scenario in the order the service receives them, made as
/// they are asked for. First the fleet is registered, then its life runs as a discrete-event
/// simulation on the clock of delivery.
///
/// Deterministic: the same scenario gives the same bytes on every machine. Memory is a few dozen
/// bytes a node, whatever the number of events. For one thread.
///
/// A driver that plays it live paces by [SimulatedEvent#deliveredAt]: what is due before now at
/// once, the rest when its time comes. It must not run ahead of the service's clock, which refuses
/// the future; [Scenario#hastened] gives a busier fleet instead.
public final class FleetSimulation {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final Fleet fleet;
    private final Behaviour behaviour;
    private final long events;
    private final long end;

    /// Mean time between two happenings in the whole fleet.
    private final long gapNanos;

    private long told;
    private boolean registered;
    private long nextHappening;
    private long nanosOver;

    public FleetSimulation(Scenario scenario) {
        fleet = new Fleet(scenario);
        behaviour = new Behaviour(fleet, scenario.eventsPerNodeHour());
        events = scenario.events();
        end = fleet.start + scenario.span().toNanos() / 1000;
        double perHour = scenario.eventsPerNodeHour() * scenario.nodes();
        gapNanos = Math.max(1, (long) (HOUR_NANOS / perHour));
    }

    /// The next event in the order of delivery; null when the scenario is over.
    public @Nullable SimulatedEvent next() {
        if (!prepare()) {
            return null;
        }
        told++;
        return fleet.out.take();
    }

    /// Writes the events of a scenario, at most `limit` of them, as lines of JSON; answers how
    /// many there were. Does not close the target.
    public static long write(Scenario scenario, long limit, OutputStream target)
            throws IOException {
        FleetSimulation simulation =
                new FleetSimulation(scenario.limitedTo(Math.min(limit, scenario.events())));
        while (simulation.prepare()) {
            simulation.told +=
                    simulation.fleet.out.drainTo(target, simulation.events - simulation.told);
        }
        return simulation.told;
    }

    /// Makes sure an event waits; false when there is none to come.
    private boolean prepare() {
        if (told >= events) {
            return false;
        }
        while (fleet.out.isEmpty() && fleet.now() <= end) {
            advance();
        }
        return fleet.now() <= end;
    }

    private void advance() {
        if (!registered) {
            if (behaviour.register()) {
                return;
            }
            registered = true;
            behaviour.begin();
            nextHappening = fleet.now();
        }
        long due = fleet.agenda.nextDue();
        if (due <= nextHappening) {
            fleet.out.clock(due);
            fleet.agenda.runNext();
        } else {
            fleet.agenda.advanceTo(nextHappening);
            fleet.out.clock(nextHappening);
            behaviour.happen();
            scheduleHappening();
        }
    }

    /// A gap of nothing to twice the mean; what is left below a microsecond is carried over.
    private void scheduleHappening() {
        long nanos = nanosOver + fleet.dice.between(0, 2 * gapNanos + 1);
        nextHappening += nanos / 1000;
        nanosOver = nanos % 1000;
    }

    /// How much is kept: for the test that memory stays bounded.
    int waiting() {
        return fleet.agenda.size() + fleet.out.size();
    }
}
