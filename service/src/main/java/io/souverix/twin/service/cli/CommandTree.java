package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.output.Tone;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands of `twin`, wired by hand, and what they have in common: help, exit codes, and how
/// errors are told.
public final class CommandTree {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;

    private static final int HELP_WIDTH = 100;
    private static final String DEBUG = "TWIN_DEBUG";

    private final Terminal terminal;

    private CommandTree(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Runs a command line and answers its exit code.
    public static int run(Terminal terminal, Lifetime lifetime, String... arguments) {
        int code = new CommandTree(terminal).build(lifetime).execute(arguments);
        return terminal.flush() || code != SUCCESS ? code : FAILURE;
    }

    /// The commands in the order help lists them.
    private static List<Object> commands(Terminal terminal, Lifetime lifetime) {
        return List.of(
                new ServeCommand(terminal, lifetime),
                new DemoCommand(terminal, lifetime),
                new SimulateCommand(terminal),
                new SendCommand(terminal),
                new GetCommand(terminal),
                new ListCommand(terminal),
                new DriftCommand(terminal),
                new FindingsCommand(terminal),
                new TrustCommand(terminal),
                new LedgerCommand(terminal),
                new EventsCommand(terminal),
                new WhyCommand(terminal),
                new DiffCommand(terminal),
                new TimelineCommand(terminal),
                new ProjectionsCommand(terminal),
                new WatchCommand(terminal),
                new GraphCommand(terminal),
                new AffectedCommand(terminal),
                new SbomCommand(terminal),
                new AttentionCommand(terminal),
                new DomainsCommand(terminal),
                new RolloutsCommand(terminal),
                new RulesCommand(terminal),
                new VerifyCommand(terminal),
                new RebuildCommand(terminal),
                new BackupCommand(terminal),
                new RestoreCommand(terminal),
                new CompletionCommand(terminal),
                new RehearseCommand(terminal),
                new VersionCommand(terminal),
                new CommandLine.HelpCommand());
    }

    private CommandLine build(Lifetime lifetime) {
        CommandLine root = new CommandLine(new RootCommand(terminal));
        for (Object command : commands(terminal, lifetime)) {
            root.addSubcommand(command);
        }
        root.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-V", "--version")
                                .versionHelp(true)
                                .description("Show the version.")
                                .build());
        dress(root.getCommandSpec());
        root.getSubcommands().values().forEach(command -> dress(command.getCommandSpec()));
        boolean colour = terminal.paint().apply(Tone.STRONG, "x").length() > 1;
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(this::explainUsage)
                .setExecutionExceptionHandler((fault, _, _) -> explain(fault));
    }

    private static void dress(CommandSpec command) {
        command.usageMessage()
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .footerHeading("%nExamples:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
        if (!command.optionsMap().containsKey("--help")) {
            command.addOption(
                    OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help.")
                            .build());
        }
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "success");
        codes.put("1", "failure: what was asked could not be done, or not all of it");
        codes.put("2", "usage: the command line is not understood");
        return codes;
    }

    private int explainUsage(ParameterException fault, String[] arguments) {
        String command = fault.getCommandLine().getCommandSpec().qualifiedName();
        error(Failure.words(fault));
        if (!UnmatchedArgumentException.printSuggestions(fault, fault.getCommandLine().getErr())) {
            hint("'" + command + " --help' says what it takes.");
        }
        return USAGE;
    }

    private int explain(Exception fault) {
        Failure failure = FailureReport.of(fault);
        error(Failure.words(failure));
        if (!failure.advice().isEmpty()) {
            hint(failure.advice());
        }
        if (!terminal.environment().getOrDefault(DEBUG, "").isEmpty()) {
            fault.printStackTrace(terminal.err());
        }
        return FAILURE;
    }

    private void error(String message) {
        terminal.flush();
        terminal.err().println(terminal.errorPaint().apply(Tone.BAD, "twin: ") + message);
    }

    private void hint(String advice) {
        terminal.err().println("  " + advice);
    }
}
