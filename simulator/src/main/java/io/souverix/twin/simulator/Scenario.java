package io.souverix.twin.simulator;

import java.time.Duration;
import java.time.Instant;

/// What a simulated fleet is: its size, its chance, and how fast its life runs. The same scenario
/// gives the same bytes.
///
/// @param nodes how many nodes, 10 to 1,000,000
/// @param seed the chance; every seed is another life of the same fleet
/// @param start when the service first hears of the fleet; nodes were provisioned days before
/// @param span how long it runs from there (measured on delivery time)
/// @param beat the unit of the large movements: outages, campaigns, windows last some beats; an
///     hour in a fleet of the default kind
/// @param eventsPerNodeHour how often something happens to a node in an hour, on average
/// @param events the most events that are told; the fleet falls silent there
public record Scenario(
        int nodes,
        long seed,
        Instant start,
        Duration span,
        Duration beat,
        double eventsPerNodeHour,
        long events) {
    /// The bounds of a fleet.
    public static final int FEWEST_NODES = 10;

    public static final int MOST_NODES = 1_000_000;

    private static final Instant DEFAULT_START = Instant.parse("2026-02-26T00:00:00Z");
    private static final Duration DEFAULT_SPAN = Duration.ofDays(1);
    private static final double DEFAULT_RATE = 4;

    /// What [#holding] aims at: so many hours of life, in beats of six minutes.
    private static final double HOURS_HELD = 1.1;

    /// Measured: events of the registration of one node, and events that follow from one thing
    /// happening to one node.
    private static final double EVENTS_PER_REGISTRATION = 6.5;

    private static final double EVENTS_PER_HAPPENING = 1.4;

    public Scenario {
        require(nodes >= FEWEST_NODES && nodes <= MOST_NODES, "nodes", nodes, "10..1000000");
        require(span.isPositive(), "span", span, "a positive duration");
        require(beat.compareTo(Duration.ofMinutes(1)) >= 0, "beat", beat, "a minute or more");
        require(
                eventsPerNodeHour > 0 && eventsPerNodeHour <= 3600,
                "events per node and hour",
                eventsPerNodeHour,
                "more than 0, at most 3600");
        require(events >= 0, "events", events, "0 or more");
    }

    /// A day in the life of a fleet: about 100 events a node.
    public static Scenario of(int nodes, long seed) {
        return new Scenario(
                nodes,
                seed,
                DEFAULT_START,
                DEFAULT_SPAN,
                Duration.ofHours(1),
                DEFAULT_RATE,
                Long.MAX_VALUE);
    }

    /// The same fleet, first heard of at another instant.
    public Scenario startingAt(Instant newStart) {
        return new Scenario(nodes, seed, newStart, span, beat, eventsPerNodeHour, events);
    }

    /// The same fleet, for longer or shorter.
    public Scenario lasting(Duration newSpan) {
        return new Scenario(nodes, seed, start, newSpan, beat, eventsPerNodeHour, events);
    }

    /// The same fleet, in which more or less happens to each node.
    public Scenario withEventsPerNodeHour(double rate) {
        return new Scenario(nodes, seed, start, span, beat, rate, events);
    }

    /// The same fleet, cut off after so many events; a prefix of the longer telling.
    public Scenario limitedTo(long newEvents) {
        return new Scenario(nodes, seed, start, span, beat, eventsPerNodeHour, newEvents);
    }

    /// The same fleet living so many times faster: shorter beats, more happenings. Its clock stays
    /// that of the world, so that a driver can pace it in real time.
    public Scenario hastened(int factor) {
        Duration shorter = beat.dividedBy(factor);
        Duration newBeat =
                shorter.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : shorter;
        double rate = Math.min(3600, eventsPerNodeHour * factor);
        return new Scenario(nodes, seed, start, span, newBeat, rate, events);
    }

    /// Exactly so many events over this fleet, with the rate chosen so that registration and about
    /// an hour of life (ten beats) fit in: the form for load files.
    public Scenario holding(long wanted) {
        double happenings = (wanted - nodes * EVENTS_PER_REGISTRATION) / EVENTS_PER_HAPPENING;
        double rate = happenings / nodes / HOURS_HELD;
        return new Scenario(
                nodes,
                seed,
                start,
                Duration.ofDays(3650),
                Duration.ofMinutes(6),
                Math.clamp(rate, 0.1, 3600),
                wanted);
    }

    private static void require(boolean holds, String name, Object found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + found + ", expected " + expected);
        }
    }
}
