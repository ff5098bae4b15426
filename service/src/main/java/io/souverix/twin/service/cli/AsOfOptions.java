package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Question;
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

    @Option(
            names = "--known-at",
            paramLabel = "TIME",
            description =
                    "As it was known then: only what was recorded by that time counts; alone it is"
                            + " the instant, too.")
    @Nullable String knownAt;

    /// Whether the question is of the past.
    boolean given() {
        return at != null || knownAt != null;
    }

    /// Adds what was given to a question.
    Question of(Question question) {
        return question.with("at", at).with("known_at", knownAt);
    }
}
