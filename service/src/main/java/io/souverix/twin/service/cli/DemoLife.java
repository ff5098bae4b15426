package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Batch;
import io.souverix.twin.service.cli.client.Outcome;
import io.souverix.twin.service.cli.client.Sender;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.simulator.FleetSimulation;
import io.souverix.twin.simulator.SimulatedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells a service the life of a demo's fleet: all that is due at once, then every event when its
/// time comes. Used by one thread.
final class DemoLife {
    private static final String SOURCE = "simulation";

    /// How long events gather before they are sent.
    private static final Duration TICK = Duration.ofMillis(250);

    private final FleetSimulation simulation;
    private final Instant start;
    private final Sender sender;
    private final Lifetime lifetime;
    private final Terminal terminal;
    private final Clock clock = Clock.systemUTC();
    private final Batch batch = new Batch();
    private @Nullable SimulatedEvent next;
    private String exampleNode = "";
    private Outcome outcome = Outcome.NOTHING;

    DemoLife(DemoFleet fleet, Sender sender, Lifetime lifetime, Terminal terminal) {
        this.simulation = new FleetSimulation(fleet.scenario());
        this.start = fleet.start();
        this.sender = sender;
        this.lifetime = lifetime;
        this.terminal = terminal;
        this.next = simulation.next();
    }

    /// The id of a node of the fleet.
    String exampleNode() {
        return exampleNode;
    }

    /// Tells the past, until it is the present.
    void catchUp() {
        long begun = System.nanoTime();
        try (ProgressLine progress = new ProgressLine(terminal)) {
            while (!lifetime.isOver() && isDue()) {
                gather();
                send();
                progress.report("seconds of the past", secondsTold(), secondsInAll());
            }
        }
        long nanos = System.nanoTime() - begun;
        terminal.err()
                .println(
                        "filled in "
                                + Figures.counted(outcome.sent(), "event")
                                + " of the past in "
                                + Figures.elapsed(nanos)
                                + " ("
                                + Figures.perSecond(outcome.sent(), nanos)
                                + ")");
    }

    private long secondsTold() {
        return next == null
                ? secondsInAll()
                : Duration.between(start, next.deliveredAt()).toSeconds();
    }

    private long secondsInAll() {
        return Duration.between(start, clock.instant()).toSeconds();
    }

    /// Tells the present, until the end is asked for.
    void goOn() throws InterruptedException {
        while (!lifetime.endsWithin(TICK)) {
            while (!lifetime.isOver() && isDue()) {
                gather();
                send();
            }
        }
    }

    private boolean isDue() {
        return next != null && !next.deliveredAt().isAfter(clock.instant());
    }

    private void gather() {
        Instant now = clock.instant();
        while (next != null && !batch.isFull() && !next.deliveredAt().isAfter(now)) {
            batch.add(next.json(), outcome.sent() + batch.events() + 1);
            if (next.subject().contains("node-")) {
                exampleNode = next.subject();
            }
            next = simulation.next();
        }
    }

    private void send() {
        outcome = outcome.plus(sender.send(batch, SOURCE));
        batch.clear();
    }

    /// What to do with a running demo.
    static String guide(String url, String node) {
        String at = url.equals("http://127.0.0.1:8080") ? "" : " --url " + url;
        return """

        The fleet lives on while this runs; Ctrl-C ends it. Open %3$s in a browser,
        or ask in another terminal:
          twin projections connectivity --group-by region%2$s
          twin list --limit 20%2$s
          twin get %1$s%2$s
          twin drift %1$s%2$s
          twin ledger %1$s%2$s
        """
                .formatted(node, at, url);
    }
}
