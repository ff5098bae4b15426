package io.souverix.twin.torture;

import io.souverix.twin.simulator.FleetSimulation;
import io.souverix.twin.simulator.Scenario;
import io.souverix.twin.simulator.SimulatedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A day of a simulated fleet as it is delivered: the first half of what comes in time, and then the
/// rest, with the backlog of the nodes that fell silent some time of that day and come back after it.
///
/// @param first as lines, in the order of delivery; so is `second`
record LateFleet(List<String> first, List<String> second, Instant start, Instant end) {
    /// Measured, as the simulator does: events of a registration, and those that follow from one
    /// thing that happens to a node.
    private static final double EVENTS_PER_REGISTRATION = 6.5;

    private static final double EVENTS_PER_HAPPENING = 1.4;
    private static final Duration DAY = Duration.ofDays(1);

    /// One node in so many falls silent.
    private static final int ONE_SILENT_IN = 9;

    static LateFleet of(long seed, QuestionTrial.Size size) {
        double happenings = (double) size.events() / size.nodes() - EVENTS_PER_REGISTRATION;
        double rate = Math.max(0.05, happenings / EVENTS_PER_HAPPENING / DAY.toHours());
        Scenario scenario =
                Scenario.of(size.nodes(), seed).withEventsPerNodeHour(rate).lasting(DAY);
        FleetSimulation simulation = new FleetSimulation(scenario);
        Random random = new Random(seed);
        Map<String, Instant> silences = new LinkedHashMap<>();
        List<String> prompt = new ArrayList<>();
        List<String> late = new ArrayList<>();
        for (SimulatedEvent event = simulation.next(); event != null; event = simulation.next()) {
            String line = new String(event.json(), StandardCharsets.UTF_8);
            Instant silent =
                    silences.computeIfAbsent(
                            event.subject(), _ -> silence(random, scenario.start()));
            boolean away = line.contains("\"node_id\"") && event.timestamp().isAfter(silent);
            (away ? late : prompt).add(line);
        }
        List<String> second = new ArrayList<>(prompt.subList(prompt.size() / 2, prompt.size()));
        second.addAll(late);
        return new LateFleet(
                List.copyOf(prompt.subList(0, prompt.size() / 2)),
                second,
                scenario.start(),
                scenario.start().plus(DAY));
    }

    /// From when on a node says nothing until the day is over.
    private static Instant silence(Random random, Instant start) {
        return random.nextInt(ONE_SILENT_IN) == 0
                ? start.plusSeconds(random.nextInt((int) DAY.toSeconds()))
                : Instant.MAX;
    }
}
