package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.DomainsView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `twin domains [ID]`.
@Command(
        name = "domains",
        header = "Show the domains and who governs them.",
        description = {
            "Show the tree of regions, zones and trust domains: who is master of record, where several"
                    + " claim it, how they are federated and what they owe; or one of them with the"
                    + " history of its claims."
        },
        footer = {"  twin domains", "  twin domains region-a --at 2026-02-27T03:45:00Z"})
final class DomainsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Id of one domain.")
    private @Nullable String id;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    DomainsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question = Question.of("/v1/domains");
        if (id != null) {
            question.segment(id);
        }
        asOf.of(question).with("limit", page.limit).with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.ask(question);
            output.print(
                    terminal,
                    answer,
                    paint ->
                            id == null
                                    ? DomainsView.list(answer, paint)
                                    : DomainsView.one(answer, paint));
            Members.string(answer, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
