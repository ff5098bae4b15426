package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.config.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `twin serve`.
@Command(
        name = "serve",
        header = "Run the service.",
        description = {
            "Run the service on a data directory, which is made where there is none. One line on"
                    + " standard output says when and where it is ready. SIGTERM and Ctrl-C end it"
                    + " cleanly; whatever ends it, nothing that was acknowledged is lost."
        },
        footer = {
            "  twin serve",
            "  twin serve --data /var/lib/twin --port 9000 --config twin.yaml",
            "  twin serve --host 0.0.0.0 --insecure-bind     behind something that guards access",
        })
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Lifetime lifetime;

    @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();
    @Mixin private final ListenOptions listen = new ListenOptions();

    ServeCommand(Terminal terminal, Lifetime lifetime) {
        this.terminal = terminal;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = listen.over(configuration.settings());
        try (Serving serving = Serving.start(settings, terminal)) {
            lifetime.begin();
            serving.announce(terminal);
            lifetime.awaitEnd();
        }
        terminal.err().println("twin has ended");
        return CommandTree.SUCCESS;
    }
}
