package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.FindingsView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `twin findings [FILTER]`.
@Command(
        name = "findings",
        header = "List what is not as it should be.",
        description =
                "List the drift findings of the whole fleet, or of the nodes that a filter lets"
                        + " through, each for itself or those that say the same in one row.",
        footer = {
            "  twin findings --grouped",
            "  twin findings 'identity.region==eu-west;drift.severity=ge=high'",
        })
final class FindingsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--grouped",
            description =
                    "A row for all findings that say the same, those of the most nodes first.")
    private boolean grouped;

    @Mixin private final FilterOptions filter = new FilterOptions();
    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    FindingsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                filter.of(asOf.of(Question.of("/v1/drift/findings")))
                        .with("group", grouped ? "identical" : null)
                        .with("limit", page.limit)
                        .with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json findings = client.ask(question);
            output.print(
                    terminal,
                    findings,
                    paint ->
                            grouped
                                    ? FindingsView.grouped(findings, paint)
                                    : FindingsView.each(findings, paint));
            Members.string(findings, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
