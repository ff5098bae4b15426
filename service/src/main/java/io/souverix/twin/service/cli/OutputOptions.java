package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.JsonText;
import io.souverix.twin.service.cli.output.OutputFormat;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.output.YamlText;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a command writes its result.
final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description =
                    "json (whole, as the service answers), yaml (the same) or table (what a person"
                            + " asks for first); default: table on a terminal, json otherwise.")
    private @Nullable OutputFormat output;

    OutputFormat format(Terminal terminal) {
        if (output != null) {
            return output;
        }
        return terminal.outIsTerminal() ? OutputFormat.TABLE : OutputFormat.JSON;
    }

    /// Writes a result; `table` is asked only where a table is wanted.
    void print(Terminal terminal, Json result, Function<Paint, String> table) {
        terminal.out()
                .print(
                        switch (format(terminal)) {
                            case JSON -> JsonText.of(result);
                            case YAML -> YamlText.of(result);
                            case TABLE -> table.apply(terminal.paint());
                        });
    }

    /// Where to go on, for a person who looks at a page of more. Programs find it in the result.
    void hintOfMore(Terminal terminal, String cursor) {
        if (format(terminal) == OutputFormat.TABLE) {
            terminal.flush();
            terminal.err().println("There is more: go on with --cursor " + cursor);
        }
    }
}
