package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Batch;
import io.souverix.twin.service.cli.client.EventFile;
import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.client.Outcome;
import io.souverix.twin.service.cli.client.Sender;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.OutcomeView;
import io.souverix.twin.simulator.FleetSimulation;
import io.souverix.twin.simulator.Scenario;
import io.souverix.twin.simulator.SimulatedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `twin simulate`.
@Command(
        name = "simulate",
        header = "Write or send the events of a simulated fleet.",
        description = {
            "Write the events of a simulated fleet, one a line, or send them to a service:"
                    + " registration, rollouts, lost zones, nodes that come back and replay. The"
                    + " same options give the same bytes on every machine."
        },
        footer = {
            "  twin simulate --nodes 1000 --seed 42 --output day.ndjson.gz",
            "  twin simulate --nodes 100000 --events 1000000 --output load.ndjson.zst",
            "  twin simulate --nodes 50 --span 2h | head",
            "  twin simulate --nodes 200 --start 2026-02-26T00:00:00Z --send",
        })
final class SimulateCommand implements Callable<Integer> {
    /// How many events are made between two reports of progress.
    private static final int STRIDE = 1_000;

    private final Terminal terminal;

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Option(
            names = "--events",
            paramLabel = "N",
            description = {
                "So many events. Without --span, exactly so many, about an hour of life, as load"
                        + " files want it; with it, at most so many."
            })
    private @Nullable Long events;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description =
                    "When the service first hears of the fleet; default: 2026-02-26T00:00:00Z. With"
                            + " --send, mind that a service refuses the future.")
    private @Nullable Instant start;

    @Option(
            names = "--span",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long it runs from there, such as 90m or 2d; default: 1d.")
    private @Nullable Duration span;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "How often something happens to a node in an hour; default: 4.")
    private @Nullable Double rate;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Write to a file, compressed where it ends in .gz or .zst; default: standard"
                            + " output.")
    private @Nullable String output;

    @Option(names = "--send", description = "Send to a service instead of writing.")
    private boolean send;

    @Mixin private final ServiceOptions service = new ServiceOptions();

    SimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (send && output != null) {
            throw fleet.usage("--send and --output exclude each other");
        }
        Scenario scenario = scenario();
        long total = scenario.events() == Long.MAX_VALUE ? -1 : scenario.events();
        try (ProgressLine progress = new ProgressLine(terminal)) {
            if (send) {
                return send(scenario, total, progress);
            }
            return write(scenario, total, progress);
        }
    }

    private Scenario scenario() {
        Scenario scenario = fleet.scenario();
        try {
            if (events != null) {
                scenario = span == null ? scenario.holding(events) : scenario.limitedTo(events);
            }
            scenario = span == null ? scenario : scenario.lasting(span);
            scenario = start == null ? scenario : scenario.startingAt(start);
            return rate == null ? scenario : scenario.withEventsPerNodeHour(rate);
        } catch (IllegalArgumentException e) {
            throw fleet.usage(Failure.words(e));
        }
    }

    private int write(Scenario scenario, long total, ProgressLine progress) throws IOException {
        if (output == null) {
            write(scenario, total, terminal.out(), progress);
            return terminal.flush() ? CommandTree.SUCCESS : CommandTree.FAILURE;
        }
        EventFile file = new EventFile(output);
        long written;
        try (OutputStream target = file.create()) {
            written = write(scenario, total, target, progress);
        } catch (IOException e) {
            throw new Failure(
                    output + " cannot be written to its end: " + Failure.words(e),
                    "Is there room on the disk?",
                    e);
        }
        progress.clear();
        terminal.err().println("wrote " + Figures.counted(written, "event") + " to " + output);
        return CommandTree.SUCCESS;
    }

    private long write(Scenario scenario, long total, OutputStream target, ProgressLine progress)
            throws IOException {
        FleetSimulation simulation = new FleetSimulation(scenario);
        long count = 0;
        for (SimulatedEvent event = simulation.next(); event != null; event = simulation.next()) {
            target.write(event.json());
            target.write('\n');
            if (++count % STRIDE == 0) {
                progress.report("simulating", count, total);
                if (output == null && terminal.out().checkError()) {
                    break; // the reader has gone
                }
            }
        }
        target.flush();
        return count;
    }

    private int send(Scenario scenario, long total, ProgressLine progress) {
        FleetSimulation simulation = new FleetSimulation(scenario);
        Outcome outcome = Outcome.NOTHING;
        try (ServiceClient client = service.connect(terminal)) {
            Sender sender = new Sender(client, Sender.Pause.SLEEP);
            Batch batch = new Batch();
            long count = 0;
            SimulatedEvent event = simulation.next();
            while (event != null) {
                batch.add(event.json(), ++count);
                event = simulation.next();
                if (batch.isFull() || event == null) {
                    outcome = outcome.plus(sender.send(batch, "simulation"));
                    batch.clear();
                    progress.report("sending", count, total);
                }
            }
        }
        progress.clear();
        terminal.out().print(OutcomeView.text(outcome, terminal.paint()));
        terminal.flush();
        terminal.err().print(OutcomeView.remarks(outcome, terminal.errorPaint()));
        return outcome.rejected() == 0 ? CommandTree.SUCCESS : CommandTree.FAILURE;
    }
}
