package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.TrustView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `twin trust [ID]`.
@Command(
        name = "trust",
        header = "Show how far a node can be trusted.",
        description = {
            "Show what speaks for the integrity of a node, part by part with the reasons: its"
                    + " certificate chain, its attestation, where its software comes from, and what"
                    + " that is made of. Without an ID the certificates of all nodes, those that end"
                    + " first at the front."
        },
        footer = {
            "  twin trust sx-rempart-2026-prod-1-node-42",
            "  twin trust sx-rempart-2026-prod-1-node-42 --at 2026-02-27T03:45:00Z -o json",
            "  twin trust --expiring-within 30d",
        })
final class TrustCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Id of one node.")
    private @Nullable String id;

    @Option(
            names = "--expiring-within",
            paramLabel = "DURATION",
            description =
                    "Only certificates that end within so long (30d, 12h), expired ones included.")
    private @Nullable String expiringWithin;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    TrustCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                id == null
                        ? Question.of("/v1/trust/certificates")
                        : Question.of("/v1/twins").segment(id).segment("trust");
        asOf.of(question)
                .with("expiring_within", expiringWithin)
                .with("limit", page.limit)
                .with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json trust = client.ask(question);
            output.print(
                    terminal,
                    trust,
                    paint ->
                            id == null
                                    ? TrustView.certificates(trust, paint)
                                    : TrustView.text(trust, paint));
            Members.string(trust, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
