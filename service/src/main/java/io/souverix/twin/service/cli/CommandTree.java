package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.output.Tone;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
        int code = new CommandTree(terminal).build(lifetime, arguments).execute(arguments);
        return terminal.flush() || code != SUCCESS ? code : FAILURE;
    }

    /// Makes every command and reads a command line that starts the service, without running it.
    static void rehearse(Terminal terminal, Lifetime lifetime) {
        var _ = new CommandTree(terminal).build(lifetime).parseArgs("serve", "--port", "0");
    }

    /// The commands by their names, in the order help lists them.
    private static Map<String, Supplier<Object>> commands(Terminal terminal, Lifetime lifetime) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", () -> new ServeCommand(terminal, lifetime));
        commands.put("demo", () -> new DemoCommand(terminal, lifetime));
        commands.put("simulate", () -> new SimulateCommand(terminal));
        commands.put("send", () -> new SendCommand(terminal));
        commands.put("get", () -> new GetCommand(terminal));
        commands.put("list", () -> new ListCommand(terminal));
        commands.put("drift", () -> new DriftCommand(terminal));
        commands.put("findings", () -> new FindingsCommand(terminal));
        commands.put("trust", () -> new TrustCommand(terminal));
        commands.put("ledger", () -> new LedgerCommand(terminal));
        commands.put("events", () -> new EventsCommand(terminal));
        commands.put("why", () -> new WhyCommand(terminal));
        commands.put("diff", () -> new DiffCommand(terminal));
        commands.put("timeline", () -> new TimelineCommand(terminal));
        commands.put("projections", () -> new ProjectionsCommand(terminal));
        commands.put("watch", () -> new WatchCommand(terminal));
        commands.put("graph", () -> new GraphCommand(terminal));
        commands.put("affected", () -> new AffectedCommand(terminal));
        commands.put("sbom", () -> new SbomCommand(terminal));
        commands.put("attention", () -> new AttentionCommand(terminal));
        commands.put("domains", () -> new DomainsCommand(terminal));
        commands.put("rollouts", () -> new RolloutsCommand(terminal));
        commands.put("rules", () -> new RulesCommand(terminal));
        commands.put("verify", () -> new VerifyCommand(terminal));
        commands.put("rebuild", () -> new RebuildCommand(terminal));
        commands.put("backup", () -> new BackupCommand(terminal));
        commands.put("restore", () -> new RestoreCommand(terminal));
        commands.put("completion", () -> new CompletionCommand(terminal));
        commands.put("rehearse", () -> new RehearseCommand(terminal, lifetime));
        commands.put("version", () -> new VersionCommand(terminal));
        commands.put("help", () -> new CommandLine.HelpCommand());
        return commands;
    }

    /// The commands that show what others there are.
    private static final Set<String> TELL_OF_ALL = Set.of("help", "completion");

    /// The one command that is asked for, all of them where it takes all to say: making one takes
    /// milliseconds, and the service is to start in few.
    private CommandLine build(Lifetime lifetime, String... arguments) {
        Map<String, Supplier<Object>> commands = commands(terminal, lifetime);
        String asked = arguments.length == 0 ? "" : arguments[0];
        if (commands.containsKey(asked) && !TELL_OF_ALL.contains(asked)) {
            commands.keySet().retainAll(Set.of(asked));
        }
        CommandLine root = new CommandLine(new RootCommand(terminal));
        commands.forEach((name, command) -> root.addSubcommand(name, command.get()));
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
