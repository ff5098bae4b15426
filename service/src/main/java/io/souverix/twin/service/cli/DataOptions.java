package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The data directory that is worked on without a running service.
final class DataOptions {
    static final String DEFAULT = "data";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DEFAULT,
            description = "The data directory; default: data.")
    private Path directory = Path.of(DEFAULT);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration the service runs with: the rules in it judge events.")
    private @Nullable Path configuration;

    /// The directory, which must hold data.
    Path existing() {
        if (!Files.isDirectory(directory.resolve("log"))) {
            throw new Failure(
                    "there is no data in " + directory.toAbsolutePath(),
                    "Name the directory of a service with --data.");
        }
        return directory;
    }

    @Nullable Path configuration() {
        return configuration;
    }
}
