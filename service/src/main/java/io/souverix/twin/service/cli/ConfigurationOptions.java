package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.config.ConfigurationException;
import io.souverix.twin.service.config.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a service is set up: its configuration file, and the data directory on top.
final class ConfigurationOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The data directory: events, and what is derived from them; default: what the"
                            + " configuration says, or else data.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The configuration, YAML or JSON (docs/configuration.md): rules that events are"
                            + " judged by, limits, address. What the command line says wins over it.")
    private @Nullable Path file;

    /// @throws Failure where the file is none
    Settings settings() {
        try {
            Settings settings = file == null ? Settings.defaults() : Settings.read(file);
            return data == null ? settings : settings.withData(data);
        } catch (ConfigurationException e) {
            throw new Failure(
                    "the configuration is not taken: " + Failure.words(e),
                    "docs/configuration.md says what may stand in it.",
                    e);
        }
    }
}
