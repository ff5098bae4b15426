package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.RolloutsView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `twin rollouts [CAMPAIGN]`.
@Command(
        name = "rollouts",
        header = "Show how versions are rolled out.",
        description = {
            "Show how the rollouts of versions go, by campaign and target version: how many nodes are"
                    + " in progress, overdue, completed, failed, or have not begun; or one campaign"
                    + " wave by wave."
        },
        footer = {"  twin rollouts", "  twin rollouts spring --at 2026-02-27T03:45:00Z"})
final class RolloutsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "CAMPAIGN", description = "Name of one campaign.")
    private @Nullable String campaign;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    RolloutsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question = Question.of("/v1/rollouts");
        if (campaign != null) {
            question.segment(campaign);
        }
        asOf.of(question).with("limit", page.limit).with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.ask(question);
            output.print(
                    terminal, answer, paint -> RolloutsView.text(answer, campaign != null, paint));
            Members.string(answer, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
