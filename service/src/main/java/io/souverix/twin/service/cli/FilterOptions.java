package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Question;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which twins are meant.
final class FilterOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILTER",
            description =
                    "Comparisons joined by ; (and) or , (or), such as"
                            + " 'connectivity.state==autonomous;drift.score=gt=50'; default: all.")
    private @Nullable String filter;

    @Option(
            names = "--include",
            paramLabel = "WHAT",
            description = "decommissioned: decommissioned nodes, too.")
    private @Nullable String include;

    Question of(Question question) {
        return question.with("filter", filter).with("include", include);
    }
}
