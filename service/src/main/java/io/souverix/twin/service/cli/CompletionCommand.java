package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.output.Terminal;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `twin completion`.
@Command(
        name = "completion",
        header = "Print a completion script for bash or zsh.",
        description = "The script lets the shell complete commands and options with the tab key.",
        footer = {
            "  source <(twin completion)                          in this shell",
            "  twin completion > ~/.local/share/bash-completion/completions/twin",
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private final CommandSpec spec = CommandSpec.create();

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println(AutoComplete.bash("twin", spec.root().commandLine()));
        return CommandTree.SUCCESS;
    }
}
