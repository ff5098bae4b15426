package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.LedgerView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `twin ledger ID`.
@Command(
        name = "ledger",
        header = "Show the connectivity history of a node.",
        description = {
            "Show the connectivity ledger of a node: every state it was in, for how long, why, and"
                    + " whether the step into it was a regular one. Oldest first."
        },
        footer = {
            "  twin ledger sx-rempart-2026-prod-1-node-42",
            "  twin ledger sx-rempart-2026-prod-1-node-42 --at 2026-02-27T03:45:00Z --limit 20",
        })
final class LedgerCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "Id of the node.")
    private String id = "";

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    LedgerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                asOf.of(Question.of("/v1/twins").segment(id).segment("ledger"))
                        .with("limit", page.limit)
                        .with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json ledger = client.ask(question);
            output.print(terminal, ledger, paint -> LedgerView.text(ledger, paint));
            Members.string(ledger, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
