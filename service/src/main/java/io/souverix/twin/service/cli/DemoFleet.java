package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.output.JsonText;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.OrderedJson;
import io.souverix.twin.simulator.Scenario;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The fleet of a demo. It is remembered beside the data in `demo.json`: the same fleet begun at the
/// same instant tells the same events, so a demo that is started again goes on where it stood, and
/// what it tells again is duplicate.
///
/// @param start when its past begins
record DemoFleet(int nodes, long seed, Instant start, int speed, double rate) {
    /// How much past is filled in at most, and at least.
    private static final Duration LONGEST_PAST = Duration.ofDays(1);

    private static final Duration SHORTEST_PAST = Duration.ofHours(1);

    /// Large fleets have a shorter past, so that it holds about so many events.
    private static final double EVENTS_OF_PAST = 2_000_000;

    /// What the simulator's page measured: events of the registration of a node, and events that
    /// follow from one thing happening to it.
    private static final double EVENTS_PER_REGISTRATION = 6.5;

    private static final double EVENTS_PER_HAPPENING = 1.4;

    /// How long a demo may go on.
    private static final Duration SPAN = Duration.ofDays(3650);

    private static final double DEFAULT_RATE = 4;
    private static final int FASTEST = 600;
    private static final String FILE = "demo.json";

    /// What a demo shows without being told: so many happenings a second in the whole fleet.
    private static final double WATCHABLE_PER_SECOND = 1;

    /// The fleet the command line asks for, with a day behind it (less where it is large).
    static DemoFleet asked(
            FleetOptions options, @Nullable Integer speed, @Nullable Double rate, Instant now) {
        int nodes = options.scenario().nodes();
        double happenings = rate == null ? DEFAULT_RATE : rate;
        int hastened = speed == null ? watchable(nodes, happenings) : speed;
        if (hastened < 1 || hastened > FASTEST) {
            throw options.usage("--speed is " + hastened + ", expected 1 to " + FASTEST);
        }
        Instant start =
                now.minus(past(nodes, happenings * hastened)).truncatedTo(ChronoUnit.SECONDS);
        DemoFleet fleet = new DemoFleet(nodes, options.seed(), start, hastened, happenings);
        try {
            fleet.scenario();
        } catch (IllegalArgumentException e) {
            throw options.usage(Failure.words(e));
        }
        return fleet;
    }

    private static int watchable(int nodes, double rate) {
        double perSecond = nodes * rate / Duration.ofHours(1).toSeconds();
        return Math.clamp(Math.round(WATCHABLE_PER_SECOND / perSecond), 1, FASTEST);
    }

    private static Duration past(int nodes, double happeningsPerHour) {
        double hours =
                (EVENTS_OF_PAST / nodes - EVENTS_PER_REGISTRATION)
                        / (happeningsPerHour * EVENTS_PER_HAPPENING);
        return Duration.ofSeconds(
                Math.clamp(
                        (long) (hours * Duration.ofHours(1).toSeconds()),
                        SHORTEST_PAST.toSeconds(),
                        LONGEST_PAST.toSeconds()));
    }

    Scenario scenario() {
        return Scenario.of(nodes, seed)
                .startingAt(start)
                .lasting(SPAN)
                .withEventsPerNodeHour(rate)
                .hastened(speed);
    }

    /// The fleet that lives in the directory already, or the one asked for.
    ///
    /// @throws Failure where another one lives there
    static DemoFleet remembered(Path directory, DemoFleet asked) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return asked;
        }
        DemoFleet there = read(file);
        if (there.nodes != asked.nodes || there.seed != asked.seed) {
            throw new Failure(
                    directory
                            + " holds a demo of "
                            + there.nodes
                            + " nodes with seed "
                            + there.seed,
                    "Ask for the same with --nodes and --seed, or name another directory.");
        }
        return there;
    }

    private static DemoFleet read(Path file) throws IOException {
        try {
            Json json = OrderedJson.read(Files.readAllBytes(file));
            Json rate = Members.at(json, "rate");
            return new DemoFleet(
                    (int) Members.number(json, "nodes"),
                    Members.number(json, "seed"),
                    Instant.parse(Members.text(json, "start")),
                    (int) Members.number(json, "speed"),
                    rate instanceof JsonNumber number ? number.value().doubleValue() : 0);
        } catch (JsonFault | RuntimeException e) {
            throw new Failure(
                    file + " is broken: " + Failure.words(e),
                    "Delete the directory if it is a demo's, or name another one.",
                    e);
        }
    }

    /// Writes down which fleet lives in the directory.
    ///
    /// @param events how many are there
    /// @throws Failure where others' events are there
    void remember(Path directory, long events) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            return;
        }
        if (events > 0) {
            throw new Failure(
                    directory + " holds events that are not of a demo",
                    "Name another directory with --data, or leave it out.");
        }
        JsonObject json =
                new JsonObject.Builder()
                        .put("nodes", nodes)
                        .put("seed", seed)
                        .put("start", start.toString())
                        .put("speed", speed)
                        .put("rate", JsonNumber.of(BigDecimal.valueOf(rate)))
                        .build();
        Files.writeString(file, JsonText.of(json));
    }
}
