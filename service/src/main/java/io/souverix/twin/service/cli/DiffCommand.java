package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.StoryView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `twin diff ID --from TIME [--to TIME]`.
@Command(
        name = "diff",
        header = "Show what changed of a twin between two instants.",
        description = {
            "Show what changed of a twin between two instants, by all that is known now. With -o json"
                    + " the changes are an RFC 6902 patch."
        },
        footer = {
            "  twin diff sx-rempart-2026-prod-1-node-42 --from 2026-02-27T03:00:00Z",
            "  twin diff sx-rempart-2026-prod-1-node-42 --from 2026-02-27T03:00:00Z --to"
                    + " 2026-02-27T03:45:00Z",
        })
final class DiffCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "Id of the node.")
    private String id = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "The one instant, such as 2026-02-27T03:45:00Z.")
    private String from = "";

    @Option(
            names = {"--to", "--at"},
            paramLabel = "TIME",
            description = "The other; default: now.")
    private @Nullable String to;

    @Option(
            names = "--known-at",
            paramLabel = "TIME",
            description = "As it was known then: only what was recorded by that time counts.")
    private @Nullable String knownAt;

    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                Question.of("/v1/twins")
                        .segment(id)
                        .segment("diff")
                        .with("from", from)
                        .with("to", to)
                        .with("known_at", knownAt);
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.ask(question);
            output.print(terminal, answer, paint -> StoryView.diff(answer, paint));
        }
        return CommandTree.SUCCESS;
    }
}
