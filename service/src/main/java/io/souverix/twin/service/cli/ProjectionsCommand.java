package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.AggregateView;
import io.souverix.twin.service.cli.view.ProjectionsView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twin projections [NAME]`.
@Command(
        name = "projections",
        header = "Show figures of the whole fleet.",
        description = {
            "Show the figures of the whole fleet, or without a name the projections there are: how"
                    + " many nodes are in which state, how far they have drifted, what they owe."
        },
        footer = {
            "  twin projections",
            "  twin projections drift",
            "  twin projections connectivity --group-by zone",
            "  twin projections drift --filter 'lifecycle.update.campaign==spring'",
            "  twin projections drift --at 2026-02-27T03:45:00Z",
        })
final class ProjectionsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private final CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "current, drift, connectivity, lifecycle, trust or authority.")
    private @Nullable String name;

    @Option(
            names = "--group-by",
            paramLabel = "WHAT",
            description =
                    "A row for each region, zone, cluster, trust_domain or component_type, or for"
                            + " two of them with a comma between them; default: the whole fleet"
                            + " only.")
    private @Nullable String groupBy;

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "Of the nodes that it lets through only; written as for 'twin list'.")
    private @Nullable String filter;

    @Option(
            names = "--include",
            paramLabel = "WHAT",
            description = "decommissioned: count decommissioned nodes, too.")
    private @Nullable String include;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    ProjectionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question = Question.of("/v1/projections");
        if (name != null) {
            asOf.of(question.segment(name))
                    .with("filter", filter)
                    .with("group_by", groupBy)
                    .with("include", include);
        } else if (filter != null || groupBy != null || include != null || asOf.given()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--filter, --group-by, --include, --at and --known-at need the NAME of a"
                            + " projection");
        }
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.ask(question);
            output.print(
                    terminal,
                    answer,
                    paint ->
                            name == null
                                    ? ProjectionsView.text(answer, paint)
                                    : AggregateView.text(answer, paint));
        }
        return CommandTree.SUCCESS;
    }
}
