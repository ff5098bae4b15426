package io.souverix.twin.service.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The instant a question is about.
final class AsOfOptions {
    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "How it was at that instant, by all that is known now: a time such as"
                            + " 2026-02-27T03:45:00Z; default: now.")
    @Nullable String at;
}
