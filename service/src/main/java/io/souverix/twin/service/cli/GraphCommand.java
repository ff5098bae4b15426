package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.GraphView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twin graph [neighbors ID | path FROM TO | impact OF]`.
@Command(
        name = "graph",
        header = "Show the fleet as a graph.",
        description = {
            "Show the fleet as a graph: its outline and a page of nodes and edges; what is around a"
                    + " node; the shortest path between two; or what loses its last path when a"
                    + " node, a zone or a region fails."
        },
        footer = {
            "  twin graph --zone edge-zone-a1",
            "  twin graph neighbors sx-rempart-2026-prod-1-node-42 --hops 2",
            "  twin graph path sx-rempart-2026-prod-1-node-42 sx-relais-2026-prod-1-node-44",
            "  twin graph impact edge-zone-a1 --usable --at 2026-02-27T03:45:00Z",
        })
final class GraphCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private final CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..3",
            paramLabel = "WHAT",
            description =
                    "neighbors ID, path FROM TO, or impact OF (a node, zone or region); default: the"
                            + " graph itself.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--region", paramLabel = "NAME", description = "Only nodes of this region.")
    private @Nullable String region;

    @Option(names = "--zone", paramLabel = "NAME", description = "Only nodes of this zone.")
    private @Nullable String zone;

    @Option(
            names = "--type",
            paramLabel = "TYPES",
            description = "Only edges of these types, joined by commas.")
    private @Nullable String type;

    @Option(names = "--hops", paramLabel = "N", description = "How far neighbors are; default: 1.")
    private @Nullable Integer hops;

    @Option(
            names = "--direction",
            paramLabel = "WAY",
            description = "Follow edges out, in or both ways; default: both.")
    private @Nullable String direction;

    @Option(names = "--usable", description = "Pass over edges that are down.")
    private boolean usable;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "What fails: node, zone or region; default: the first that there is.")
    private @Nullable String kind;

    @Option(
            names = "--to",
            paramLabel = "IDS",
            description =
                    "Nodes that must be reached, joined by commas; default: the largest part that"
                            + " is left.")
    private @Nullable String to;

    @Option(names = "--limit", paramLabel = "N", description = "How many are listed at most.")
    private @Nullable Integer limit;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    GraphCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String what = words.isEmpty() ? "" : words.getFirst();
        Question question =
                switch (what) {
                    case "" -> question("/v1/graph", 0, "region", "zone", "type", "limit");
                    case "neighbors" ->
                            given(
                                    Question.of("/v1/twins").segment(word(1)).segment("neighbors"),
                                    1,
                                    "hops",
                                    "type",
                                    "direction",
                                    "usable",
                                    "limit");
                    case "path" ->
                            question("/v1/graph/path", 2, "type", "direction", "usable")
                                    .with("from", word(1))
                                    .with("to", word(2));
                    case "impact" ->
                            question("/v1/graph/impact", 1, "kind", "to", "type", "usable", "limit")
                                    .with("of", word(1));
                    default -> throw wrong("'" + what + "' is not neighbors, path or impact");
                };
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.ask(question.with("at", asOf.at));
            output.print(terminal, answer, paint -> GraphView.text(what, answer, paint));
        }
        return CommandTree.SUCCESS;
    }

    private String word(int index) {
        if (index < words.size()) {
            return words.get(index);
        }
        throw wrong("'" + words.getFirst() + "' needs " + (index == 2 ? "two ids" : "an id"));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Question question(String path, int arguments, String... names) {
        return given(Question.of(path), arguments, names);
    }

    /// Adds the options that were given, and refuses the ones that mean nothing here.
    private Question given(Question question, int arguments, String... names) {
        if (words.size() > arguments + 1) {
            throw wrong("'" + words.getLast() + "' is one argument too many");
        }
        Set<String> meant = Set.of(names);
        options()
                .forEach((name, value) -> {
                    if (value != null && !meant.contains(name)) {
                        throw wrong("--" + name + " means nothing here");
                    }
                    var _ = question.with(name, value);
                });
        return question;
    }

    private Map<String, @Nullable Object> options() {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("region", region);
        options.put("zone", zone);
        options.put("type", type);
        options.put("hops", hops);
        options.put("direction", direction);
        options.put("usable", usable ? true : null);
        options.put("kind", kind);
        options.put("to", to);
        options.put("limit", limit);
        return options;
    }
}
