package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.DriftView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `twin drift ID`.
@Command(
        name = "drift",
        header = "Show how far a node has drifted.",
        description = {
            "Show how far a node is from what is desired of it: version, configuration and policy,"
                    + " with a finding for every difference, since when it stands and which events"
                    + " made it."
        },
        footer = {
            "  twin drift sx-rempart-2026-prod-1-node-42",
            "  twin drift sx-rempart-2026-prod-1-node-42 --at 2026-02-27T03:45:00Z -o json",
        })
final class DriftCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "Id of the node.")
    private String id = "";

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    DriftCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question = asOf.of(Question.of("/v1/twins").segment(id).segment("drift"));
        try (ServiceClient client = service.connect(terminal)) {
            Json drift = client.ask(question);
            output.print(terminal, drift, paint -> DriftView.text(drift, paint));
        }
        return CommandTree.SUCCESS;
    }
}
