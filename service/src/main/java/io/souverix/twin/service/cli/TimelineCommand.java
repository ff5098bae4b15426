package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.StoryView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `twin timeline ID`.
@Command(
        name = "timeline",
        header = "Show the states a node was in, aspect by aspect.",
        description = {
            "Show the states a node was in, from when to when: its connectivity, lifecycle, drift,"
                    + " trust and updates, each in a lane of its own."
        },
        footer = {
            "  twin timeline sx-rempart-2026-prod-1-node-42",
            "  twin timeline sx-rempart-2026-prod-1-node-42 --since 2026-02-27T00:00:00Z",
        })
final class TimelineCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "Id of the node.")
    private String id = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Leave out what ended before; default: all of its past.")
    private @Nullable String since;

    @Option(
            names = {"--until", "--at"},
            paramLabel = "TIME",
            description = "As it was known to stand then; default: now.")
    private @Nullable String until;

    @Option(
            names = "--known-at",
            paramLabel = "TIME",
            description = "As it was known then: only what was recorded by that time counts.")
    private @Nullable String knownAt;

    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    TimelineCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                Question.of("/v1/twins")
                        .segment(id)
                        .segment("timeline")
                        .with("since", since)
                        .with("until", until)
                        .with("known_at", knownAt)
                        .with("limit", page.limit)
                        .with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.ask(question);
            output.print(terminal, answer, paint -> StoryView.timeline(answer, paint));
            Members.string(answer, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
