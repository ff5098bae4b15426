package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.TrustView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `twin trust ID`.
@Command(
        name = "trust",
        header = "Show how far a node can be trusted.",
        description = {
            "Show what speaks for the integrity of a node, part by part with the reasons: its"
                    + " certificate chain, its attestation, where its software comes from, and what"
                    + " that is made of."
        },
        footer = {
            "  twin trust sx-rempart-2026-prod-1-node-42",
            "  twin trust sx-rempart-2026-prod-1-node-42 --at 2026-02-27T03:45:00Z -o json",
        })
final class TrustCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "Id of the node.")
    private String id = "";

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    TrustCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question = asOf.of(Question.of("/v1/twins").segment(id).segment("trust"));
        try (ServiceClient client = service.connect(terminal)) {
            Json trust = client.ask(question);
            output.print(terminal, trust, paint -> TrustView.text(trust, paint));
        }
        return CommandTree.SUCCESS;
    }
}
