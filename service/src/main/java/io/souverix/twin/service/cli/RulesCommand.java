package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.output.YamlText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `twin rules`.
@Command(
        name = "rules",
        header = "Show the rules that answers are made by.",
        description = {
            "Show the effective rules (what drift ignores, severities, horizons, what is trusted) and"
                    + " their version."
        },
        footer = {"  twin rules", "  twin rules -o json"})
final class RulesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    RulesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (ServiceClient client = service.connect(terminal)) {
            Json rules = client.ask(asOf.of(Question.of("/v1/rules")));
            output.print(terminal, rules, _ -> YamlText.of(rules));
        }
        return CommandTree.SUCCESS;
    }
}
