package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `twin` itself: without a command it shows what there is.
@Command(
        name = "twin",
        versionProvider = VersionCommand.Provider.class,
        description = {
            "The digital twin of a fleet: takes events, keeps them, and tells how every node stands,"
                    + " now or at any moment of the past."
        },
        footer = {
            "  twin demo                       a service with a simulated fleet, to look around",
            "  twin serve --data data          the service",
            "  twin send events.ndjson         events from a file",
            "  twin get NODE                   the twin of a node",
            "  twin help send                  the help of a command",
        })
final class RootCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private final CommandSpec spec = CommandSpec.create();

    RootCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(terminal.err());
        return CommandTree.USAGE;
    }
}
