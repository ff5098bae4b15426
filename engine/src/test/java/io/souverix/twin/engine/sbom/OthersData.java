package io.souverix.twin.engine.sbom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Documents and vectors that others wrote, where they are at hand: in `shared/data` of a folder above.
final class OthersData {
    private OthersData() {}

    /// A file or folder; the test is skipped where it is not there.
    static Path at(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("shared/data").resolve(name))) {
            folder = folder.getParent();
        }
        assumeTrue(folder != null, "what others wrote is not here: shared/data/" + name);
        return folder.resolve("shared/data").resolve(name);
    }
}
