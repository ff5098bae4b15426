package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/// A data directory that is worked on without a running service.
final class StoredData {
    private static final String LOG = "log";

    private StoredData() {}

    /// @throws Failure where the directory holds no data
    static Path require(Path directory) {
        if (!Files.isDirectory(directory.resolve(LOG))) {
            throw new Failure(
                    "there is no data in " + directory.toAbsolutePath(),
                    "Name the directory of a service with --data.");
        }
        return directory;
    }
}
