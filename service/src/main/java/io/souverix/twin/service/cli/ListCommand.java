package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.TwinsView;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `twin list [FILTER]`.
@Command(
        name = "list",
        header = "List twins.",
        description = "List the twins that a filter lets through, in an order, page by page.",
        footer = {
            "  twin list",
            "  twin list 'connectivity.state==autonomous;drift.score=gt=50'",
            "  twin list 'identity.zone==edge-*' --sort=-connectivity.sync_debt --limit 10",
            "  twin list --fields identity.zone,lifecycle.software.actual_version",
            "  twin list --at 2026-02-27T03:45:00Z -o json",
        })
final class ListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            description = "By the value of a field, -FIELD for the greatest first; default: by id.")
    private @Nullable String sort;

    @Option(
            names = "--fields",
            paramLabel = "PATHS",
            description = "Only these parts of the twins, with commas between them.")
    private @Nullable String fields;

    @Mixin private final FilterOptions filter = new FilterOptions();
    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Question question =
                filter.of(asOf.of(Question.of("/v1/twins")))
                        .with("sort", sort)
                        .with("fields", fields)
                        .with("limit", page.limit)
                        .with("cursor", page.cursor);
        List<String> columns = fields == null ? List.of() : List.of(fields.split(",", -1));
        try (ServiceClient client = service.connect(terminal)) {
            Json twins = client.ask(question);
            output.print(
                    terminal,
                    twins,
                    paint ->
                            columns.isEmpty()
                                    ? TwinsView.text(twins, paint)
                                    : TwinsView.text(twins, columns, paint));
            Members.string(twins, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }
}
