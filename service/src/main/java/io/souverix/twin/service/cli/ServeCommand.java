package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.config.Settings;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
            "  twin serve --retain 90d",
            "  twin serve --host 0.0.0.0 --insecure-bind     behind something that guards access",
        })
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Lifetime lifetime;

    @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();
    @Mixin private final ListenOptions listen = new ListenOptions();

    @Option(
            names = "--retain",
            paramLabel = "DURATION",
            converter = Durations.class,
            description =
                    "How much of the past is retained, such as 90d: what was recorded earlier is"
                            + " dropped but for what stands, and older events are refused; at least"
                            + " 1h. Default: all of it.")
    private @Nullable Duration retain;

    @Spec private final CommandSpec spec = CommandSpec.create();

    ServeCommand(Terminal terminal, Lifetime lifetime) {
        this.terminal = terminal;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = retaining(listen.over(configuration.settings()));
        try (Serving serving = Serving.start(settings, terminal)) {
            lifetime.begin();
            serving.announce(terminal);
            lifetime.awaitEnd();
        }
        terminal.err().println("twin has ended");
        return CommandTree.SUCCESS;
    }

    private Settings retaining(Settings settings) {
        Duration least = Settings.LEAST_RETAINED;
        if (retain == null) {
            return settings;
        }
        if (retain.compareTo(least) < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--retain is "
                            + retain.toSeconds()
                            + "s, expected at least "
                            + least.toSeconds()
                            + "s");
        }
        return settings.withRetain(retain);
    }
}
