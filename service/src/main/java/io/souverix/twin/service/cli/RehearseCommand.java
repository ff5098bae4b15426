package io.souverix.twin.service.cli;

import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.config.Settings;
import io.souverix.twin.simulator.FleetSimulation;
import io.souverix.twin.simulator.Scenario;
import io.souverix.twin.simulator.SimulatedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `twin rehearse`: what the build runs so that the JVM can remember (an AOT cache) which classes are
/// loaded and which methods are worth compiling. Hidden: it is of no use to a person.
@Command(
        name = "rehearse",
        hidden = true,
        header = "Run the service on a small simulated fleet and end.",
        description =
                "Takes events, answers questions, and starts again, in a temporary directory.",
        footer = "  twin rehearse")
final class RehearseCommand implements Callable<Integer> {
    private static final int NODES = 8_000;
    private static final int EVENTS = 160_000;
    private static final int BODY_BYTES = 1 << 20;
    private static final int ROUNDS = 400;

    /// So many that what makes nodes of what is stored is worth compiling.
    private static final int RESTARTS = 10;

    private final Terminal terminal;
    private final Lifetime lifetime;

    @Option(
            names = "--native",
            paramLabel = "FOLDER",
            description = "Where native libraries are put, so that a start need not unpack them.")
    private @Nullable Path nativeFolder;

    RehearseCommand(Terminal terminal, Lifetime lifetime) {
        this.terminal = terminal;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws IOException {
        CommandTree.rehearse(terminal, lifetime);
        if (nativeFolder != null) {
            TwinEngine.unpackLibraries(nativeFolder);
        }
        Path temporary = Files.createTempDirectory("twin-rehearse-");
        try {
            Settings settings = Settings.defaults().withData(temporary).withPort(0);
            try (Serving serving = Serving.start(settings, terminal);
                    ServiceClient client = new ServiceClient(serving.url())) {
                String node = send(client);
                ask(client, node);
            }
            for (int start = 0; start < RESTARTS; start++) {
                Serving.start(settings, terminal).close();
            }
        } finally {
            DemoCommand.delete(temporary);
        }
        return CommandTree.SUCCESS;
    }

    /// Sends the fleet's life and answers the id of a node.
    private static String send(ServiceClient client) {
        FleetSimulation fleet = new FleetSimulation(Scenario.of(NODES, 1).holding(EVENTS));
        String node = "";
        ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES * 2);
        for (SimulatedEvent event = fleet.next(); event != null; event = fleet.next()) {
            node = event.subject().contains("node-") ? event.subject() : node;
            body.writeBytes(event.json());
            body.write('\n');
            if (body.size() > BODY_BYTES) {
                client.post(body.toByteArray(), body.size());
                body.reset();
            }
        }
        client.post(body.toByteArray(), body.size());
        return node;
    }

    private static void ask(ServiceClient client, String node) {
        List<Question> questions =
                List.of(
                        Question.of("/v1/twins").segment(node),
                        Question.of("/v1/twins").segment(node).segment("drift"),
                        Question.of("/v1/twins").segment(node).segment("ledger"),
                        Question.of("/v1/twins").with("limit", 20),
                        Question.of("/v1/projections/drift").with("group_by", "zone"));
        for (int round = 0; round < ROUNDS; round++) {
            questions.forEach(client::ask);
        }
    }
}
