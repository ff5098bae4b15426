package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Sender;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `twin demo`.
@Command(
        name = "demo",
        header = "Run the service with a simulated fleet.",
        description = {
            "Run a service with a simulated fleet: a day of its past is filled in (a few hours for a"
                    + " fleet of many thousands), then its life goes on as you watch, until Ctrl-C."
                    + " Events come in through the HTTP interface, as they would from a real fleet.",
            "",
            "Without --data everything is gone at the end. With it, the same fleet goes on where it"
                    + " stood when the demo is started again."
        },
        footer = {
            "  twin demo",
            "  twin demo --nodes 5000 --seed 7 --speed 60",
            "  twin demo --data demo-data --port 0",
        })
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Lifetime lifetime;

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Option(
            names = "--speed",
            paramLabel = "X",
            description =
                    "How many times faster than life the fleet lives, 1 to 600; default: so that"
                            + " one or two events come every second.")
    private @Nullable Integer speed;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "How often something happens to a node in an hour, before --speed; default: 4.")
    private @Nullable Double rate;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the data there; default: a directory that is deleted at the end.")
    private @Nullable Path data;

    @Mixin private final ListenOptions listen = new ListenOptions();

    DemoCommand(Terminal terminal, Lifetime lifetime) {
        this.terminal = terminal;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = listen.over(Settings.defaults());
        DemoFleet asked = DemoFleet.asked(fleet, speed, rate, Instant.now(Clock.systemUTC()));
        if (data != null) {
            Files.createDirectories(data);
            run(settings.withData(data), DemoFleet.remembered(data, asked));
            return CommandTree.SUCCESS;
        }
        Path temporary = Files.createTempDirectory("twin-demo-");
        try {
            run(settings.withData(temporary), asked);
        } finally {
            delete(temporary);
        }
        return CommandTree.SUCCESS;
    }

    private void run(Settings settings, DemoFleet demo) throws IOException, InterruptedException {
        try (Serving serving = Serving.start(settings, terminal);
                ServiceClient client = new ServiceClient(serving.url())) {
            lifetime.begin();
            demo.remember(settings.data(), serving.status().events());
            DemoLife life =
                    new DemoLife(demo, new Sender(client, Sender.Pause.SLEEP), lifetime, terminal);
            life.catchUp();
            if (!lifetime.isOver()) {
                serving.announce(terminal);
                terminal.out().print(DemoLife.guide(serving.url(), life.exampleNode()));
                terminal.flush();
                life.goOn();
            }
        }
        terminal.err().println("the demo has ended");
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
