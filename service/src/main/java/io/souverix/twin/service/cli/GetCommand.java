package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.JsonText;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.TwinView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `twin get ID [PATH]`.
@Command(
        name = "get",
        header = "Show the twin of a node.",
        description = {
            "Show the twin of a node: who it is, how it is connected, what runs on it, how far it"
                    + " has drifted and whether it is trusted; or one part of it by path."
        },
        footer = {
            "  twin get sx-rempart-2026-prod-1-node-42",
            "  twin get sx-rempart-2026-prod-1-node-42 --at 2026-02-27T03:45:00Z -o yaml",
            "  twin get sx-rempart-2026-prod-1-node-42 lifecycle/software/drift_score",
        })
final class GetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "ID", description = "Id of the node.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "Part of the twin: names of members with / between them.")
    private @Nullable String path;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    GetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question = Question.of("/v1/twins").segment(id);
        if (path != null) {
            for (String name : path.split("/")) {
                if (!name.isEmpty()) {
                    question.segment(name);
                }
            }
        }
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.ask(asOf.of(question));
            output.print(
                    terminal,
                    answer,
                    paint -> path == null ? TwinView.text(answer, paint) : part(answer));
        }
        return CommandTree.SUCCESS;
    }

    /// A scalar bare, all else as JSON.
    private static String part(Json value) {
        return switch (value) {
            case JsonObject _, Json.JsonArray _ -> JsonText.of(value);
            case JsonNumber number -> number.text() + "\n";
            case Json.JsonString _, JsonLiteral _ -> Members.text(value) + "\n";
        };
    }
}
