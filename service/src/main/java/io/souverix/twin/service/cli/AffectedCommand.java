package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.SbomView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `twin affected PURL`.
@Command(
        name = "affected",
        header = "Show which nodes run a package.",
        description = {
            "Show which nodes run a package in a range of versions, by the SBOM of what they run,"
                    + " each with the path of dependencies. Versions that cannot be ordered are"
                    + " listed, too, and marked."
        },
        footer = {
            "  twin affected pkg:npm/lodash --versions '<4.17.21'",
            "  twin affected pkg:maven/org.apache.logging.log4j/log4j-core --versions"
                    + " '>=2.0,<2.17.1' --at 2026-02-27T03:45:00Z",
        })
final class AffectedCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "PURL", description = "Package URL, such as pkg:npm/lodash.")
    private String purl = "";

    @Option(
            names = "--versions",
            paramLabel = "RANGE",
            description =
                    "VERS, or its constraints alone: '>=1.0.0,<2.0.0'; default: the version in the"
                            + " PURL, or every one.")
    private @Nullable String versions;

    @Option(
            names = "--include",
            paramLabel = "WHAT",
            description = "decommissioned: decommissioned nodes, too.")
    private @Nullable String include;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    AffectedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                asOf.of(
                        Question.of("/v1/sboms/affected")
                                .with("purl", purl)
                                .with("versions", versions)
                                .with("include", include)
                                .with("limit", page.limit)
                                .with("cursor", page.cursor));
        try (ServiceClient client = service.connect(terminal)) {
            Json affected = client.ask(question);
            output.print(terminal, affected, paint -> SbomView.affected(affected, paint));
        }
        return CommandTree.SUCCESS;
    }
}
