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

/// `twin why ID PATH`.
@Command(
        name = "why",
        header = "Show which event made a value of a twin what it is.",
        description = {
            "Show the event that set a value of a twin, and the ones it replaced, newest first. What"
                    + " time alone changed is said so: no event did."
        },
        footer = {
            "  twin why sx-rempart-2026-prod-1-node-42 connectivity/state",
            "  twin why sx-rempart-2026-prod-1-node-42 state/desired/rate_limit/max_cps",
        })
final class WhyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "ID", description = "Id of the node.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "The value: names of members of the twin with / between them.")
    private String path = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many events, 1 to 1000; default: 20.")
    private @Nullable Integer limit;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    WhyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                asOf.of(Question.of("/v1/twins").segment(id).segment("why"))
                        .with("path", path)
                        .with("limit", limit);
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.ask(question);
            output.print(terminal, answer, paint -> StoryView.why(answer, paint));
        }
        return CommandTree.SUCCESS;
    }
}
