package io.souverix.twin.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/// What happens how often: the table of everything that befalls a node in contact. Of all
/// happenings [#DUTIES] in a hundred are its regular duties, the others are drawn from the table.
///
/// Happenings come at the scenario's rate for the fleet as a whole and pick a node each. What
/// takes time (an update, an outage) puts its later steps on the agenda.
final class Behaviour {
    private static final int DUTIES = 55;

    private final Fleet fleet;
    private final Telemetry telemetry;
    private final Registration registration;
    private final List<Runnable> plans;
    private final List<Habit> habits;
    private final int[] habitOf;
    private final Mishaps mishaps;

    private record Habit(int weight, IntConsumer step) {}

    Behaviour(Fleet fleet, double eventsPerNodeHour) {
        this.fleet = fleet;
        Reports reports = new Reports(fleet);
        Links links = new Links(fleet);
        Rollouts rollouts = new Rollouts(fleet, reports);
        Policies policies = new Policies(fleet, reports);
        Outages outages = new Outages(fleet, new Backlog(fleet, links), eventsPerNodeHour);
        Upkeep upkeep = new Upkeep(fleet, reports);
        telemetry = new Telemetry(fleet, reports);
        mishaps = new Mishaps(fleet);
        registration = new Registration(fleet, reports, links);
        MultiMaster multiMaster = new MultiMaster(fleet, reports, outages);
        plans =
                List.of(
                        registration::planLateBatches,
                        rollouts::plan,
                        policies::plan,
                        outages::plan,
                        multiMaster::plan);
        habits = table(links, rollouts, policies, outages, upkeep);
        habitOf = drawn(habits);
    }

    private List<Habit> table(
            Links links, Rollouts rollouts, Policies policies, Outages outages, Upkeep upkeep) {
        return List.of(
                new Habit(190, orDuty(rollouts::step)),
                new Habit(140, orDuty(policies::step)),
                new Habit(110, telemetry::wobble),
                new Habit(170, telemetry::measure),
                new Habit(80, telemetry::sync),
                new Habit(80, links::report),
                new Habit(30, policies::meddle),
                new Habit(28, policies::audit),
                new Habit(25, upkeep::rotateCertificate),
                new Habit(20, upkeep::updateSbom),
                new Habit(18, telemetry::falter),
                new Habit(15, mishaps::note),
                new Habit(15, links::change),
                new Habit(12, links::cluster),
                new Habit(20, _ -> mishaps.redeliver()),
                new Habit(10, outages::isolate),
                new Habit(10, upkeep::planMaintenance),
                new Habit(10, upkeep::validateChain),
                new Habit(10, upkeep::reportFirmware),
                new Habit(5, mishaps::blunder),
                new Habit(4, mishaps::flicker),
                new Habit(3, mishaps::jump),
                new Habit(2, mishaps::reuseId),
                new Habit(1, upkeep::decommission));
    }

    /// A step of a campaign; where none runs, the node does its duty.
    private IntConsumer orDuty(BooleanSupplier step) {
        return node -> {
            if (!step.getAsBoolean()) {
                telemetry.duty(node);
            }
        };
    }

    private static int[] drawn(List<Habit> habits) {
        int[] drawn = new int[habits.stream().mapToInt(Habit::weight).sum()];
        int at = 0;
        for (int habit = 0; habit < habits.size(); habit++) {
            int end = at + habits.get(habit).weight;
            Arrays.fill(drawn, at, end, habit);
            at = end;
        }
        return drawn;
    }

    /// The next piece of registration; false when it is over, and life begins.
    boolean register() {
        return registration.step();
    }

    /// Puts on the agenda what happens to the fleet as a whole.
    void begin() {
        plans.forEach(Runnable::run);
    }

    /// One thing happens to one node.
    void happen() {
        int node = fleet.idleNode();
        if (node < 0) {
            return;
        }
        if (fleet.dice.below(100) < DUTIES) {
            telemetry.duty(node);
        } else {
            habits.get(habitOf[fleet.dice.below(habitOf.length)]).step.accept(node);
        }
        mishaps.watch();
    }
}
