package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.EventsView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `twin events ID`.
@Command(
        name = "events",
        header = "Show the events of a node.",
        description = {
            "Show the events of a node in the order they happened, which need not be the order they"
                    + " came in."
        },
        footer = {
            "  twin events sx-rempart-2026-prod-1-node-42 --order desc --limit 10",
            "  twin events sx-rempart-2026-prod-1-node-42 --type state_transition"
                    + " --since 2026-02-26T00:00:00Z",
        })
final class EventsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "Id of the node.")
    private String id = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that happened then or later.")
    private @Nullable String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only those that happened then or earlier.")
    private @Nullable String until;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only those of this type, or of these types with commas between them.")
    private @Nullable String type;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "asc, oldest first (default), or desc, newest first.")
    private @Nullable String order;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    EventsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                asOf.of(Question.of("/v1/twins").segment(id).segment("events"))
                        .with("since", since)
                        .with("until", until)
                        .with("type", type)
                        .with("order", order)
                        .with("limit", page.limit)
                        .with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json events = client.ask(question);
            output.print(terminal, events, paint -> EventsView.text(events, paint));
            Members.string(events, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
