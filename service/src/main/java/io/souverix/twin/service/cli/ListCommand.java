package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.TwinsView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `twin list`.
@Command(
        name = "list",
        header = "List twins.",
        description = "List twins in the order of their ids, page by page.",
        footer = {
            "  twin list",
            "  twin list --limit 1000 -o json",
            "  twin list --include decommissioned",
            "  twin list --at 2026-02-27T03:45:00Z",
        })
final class ListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--include",
            paramLabel = "WHAT",
            description = "decommissioned: list decommissioned nodes, too.")
    private @Nullable String include;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                asOf.of(Question.of("/v1/twins"))
                        .with("include", include)
                        .with("limit", page.limit)
                        .with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json twins = client.ask(question);
            output.print(terminal, twins, paint -> TwinsView.text(twins, paint));
            Members.string(twins, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
