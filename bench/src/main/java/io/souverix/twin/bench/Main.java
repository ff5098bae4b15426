package io.souverix.twin.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `twin bench`.
@Command(
        name = "twin bench",
        mixinStandardHelpOptions = false,
        sortOptions = false,
        header = "Measure the service and its parts, beside their limits.",
        description = {
            "Every row of the table, in process and over HTTP, cold and warm, at several sizes of the"
                    + " fleet. Each stage runs in a JVM of its own. Nothing else should run on the"
                    + " machine; where something does, it is said how much it took."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  twin bench --quick                     a few minutes, 10,000 nodes",
            "  twin bench --nodes 100000 --only 'filter*' --only aggregate",
            "  twin bench --json bench.json           everything, to 1,000,000 nodes: most of an hour",
            "  twin bench --resume bench.json         the same, after it was cut",
            "  twin bench --peers --only 'peer-*'     what others use, doing the same",
            "  twin bench --curves                    how costs grow: an hour",
            "  twin bench --ui                        the user interface, in a browser",
        })
public final class Main implements Callable<Integer> {
    private static final int FEWEST_NODES = 1_000;
    private static final int MOST_NODES = 1_000_000;
    private static final int MOST_RUNS = 100;
    private static final int DEFAULT_RUNS = 3;
    private static final int QUICK_EVENTS = 1_000_000;

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "A small fleet and few rounds.")
    private boolean quick;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            split = ",",
            description = "Sizes of the fleet, joined by commas; default: 10000,100000,1000000.")
    private @Nullable List<Integer> nodes;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "So many events of the simulator; default: ten a node, twenty at 10,000.")
    private @Nullable Integer events;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How often warm things are measured; default: 3.")
    private @Nullable Integer runs;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            description = "Only rows or stages of such a name, such as 'ingest*'; may be repeated.")
    private List<String> only = List.of();

    @Option(names = "--list", description = "Name the stages and their rows, and end.")
    private boolean list;

    @Option(names = "--peers", description = "Measure what others use, doing the same, too.")
    private boolean peers;

    @Option(
            names = "--curves",
            description = {
                "Measure how costs grow: from 1,000 to 1,000,000 nodes, and from 100,000 to 20,000,000"
                        + " events of 10,000 nodes. An hour; with --quick a tenth of it."
            })
    private boolean curves;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where loads and data directories are made; default: the temporary one.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--keep",
            description = "Keep them there, and use what the last run kept in the last hour.")
    private boolean keep;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures there as well, after each stage.")
    private @Nullable Path json;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "Take over what another run wrote there with --json, measure what it lacks, and"
                            + " write it there too, unless --json says where.")
    private @Nullable Path resume;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Write the table anew between the marks of a page (docs/performance.md).")
    private @Nullable Path page;

    public static void main(String[] arguments) {
        CommandLine line =
                new CommandLine(new Main())
                        .setUsageHelpWidth(100)
                        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                        .setParameterExceptionHandler(Main::explain)
                        .setExecutionExceptionHandler(Main::explainFailure);
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help.")
                                .build());
        System.exit(line.execute(arguments));
    }

    private static int explain(ParameterException fault, String[] arguments) {
        PrintWriter err = fault.getCommandLine().getErr();
        err.println("twin bench: " + fault.getMessage());
        err.println("  'twin bench --help' says what it takes.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explainFailure(
            Exception fault, CommandLine line, CommandLine.ParseResult parsed) {
        line.getErr().println("twin bench: " + fault);
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws Exception {
        if (curves && (peers || nodes != null || events != null)) {
            throw usage("--curves: found --peers, --nodes or --events, expected none beside it");
        }
        List<Stage> stages = curves ? Stages.curves() : peers ? Stages.ownAndPeers() : Stages.own();
        if (list) {
            for (Stage stage : stages) {
                System.out.printf("%-14s %s%n", stage.name(), String.join(" ", rows(stage)));
            }
            return CommandLine.ExitCode.OK;
        }
        Settings settings = settings();
        List<String> unknown = settings.unknown(stages);
        if (!unknown.isEmpty()) {
            throw usage(
                    "--only: found no row or stage "
                            + String.join(", ", unknown)
                            + "; 'twin bench --list' names them");
        }
        return new Run(settings, stages).run() ? CommandLine.ExitCode.OK : 1;
    }

    private static List<String> rows(Stage stage) {
        return stage.rows().stream().sorted().toList();
    }

    private List<Size> sizes() {
        if (curves) {
            return Stream.concat(Settings.NODES_CURVE.stream(), Settings.EVENTS_CURVE.stream())
                    .filter(size -> !quick || size.events() <= QUICK_EVENTS)
                    .distinct()
                    .toList();
        }
        List<Integer> asked =
                nodes != null
                        ? nodes
                        : quick ? List.of(10_000) : List.of(10_000, 100_000, 1_000_000);
        return asked.stream()
                .map(count -> bounded("--nodes", count, FEWEST_NODES, MOST_NODES))
                .map(count -> events == null ? Size.of(count) : sized(count, events))
                .toList();
    }

    private Settings settings() {
        int rounds = runs == null ? DEFAULT_RUNS : bounded("--runs", runs, 1, MOST_RUNS);
        if (!directory.toFile().isDirectory()) {
            throw usage("--directory: found no directory " + directory);
        }
        return new Settings(
                sizes(),
                rounds,
                quick,
                curves,
                only,
                directory.toAbsolutePath(),
                keep,
                json == null ? resume : json,
                earlier(rounds),
                page);
    }

    private Earlier earlier(int rounds) {
        try {
            return resume == null
                    ? Earlier.NONE
                    : Earlier.read(resume, Settings.how(rounds, quick, only));
        } catch (IOException e) {
            throw usage("--resume: " + e.getMessage());
        }
    }

    /// A fleet needs about seven events a node to be heard of.
    private Size sized(int count, int wanted) {
        return new Size(count, bounded("--events", wanted, count * 8, 50 * MOST_NODES));
    }

    private int bounded(String option, int found, int least, int most) {
        if (found < least || found > most) {
            throw usage("%s: found %d, expected %,d to %,d".formatted(option, found, least, most));
        }
        return found;
    }

    private ParameterException usage(String message) {
        return new ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), message);
    }
}
