package io.souverix.twin.service.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of a list is wanted.
final class PageOptions {
    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many, 1 to 1000; default: as the service pleases.")
    @Nullable Integer limit;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Go on from there: the next_cursor of the page before.")
    @Nullable String cursor;
}
