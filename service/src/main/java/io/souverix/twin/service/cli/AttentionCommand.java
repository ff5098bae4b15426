package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.AttentionView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twin attention [ACTION ID]`.
@Command(
        name = "attention",
        header = "Show what deserves attention, or say what is done about it.",
        description = {
            "Show what deserves attention, the worst first: failed attestation, expiring"
                    + " certificates, high drift, nodes lost together, contested domains and the"
                    + " like. With an action, say what is done about an item."
        },
        footer = {
            "  twin attention",
            "  twin attention --severity critical",
            "  twin attention ack 3f09c1d2a4b5e6f7 --by ana",
            "  twin attention assign 3f09c1d2a4b5e6f7 --assignee ben --note 'looks like fibre'",
            "  twin attention snooze 3f09c1d2a4b5e6f7 --until 2026-02-28T08:00:00Z",
        })
final class AttentionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private final CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "ack, assign, snooze or reopen; default: show the inbox.")
    private @Nullable String action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "Id of the item.")
    private @Nullable String id;

    @Option(names = "--rule", paramLabel = "RULE", description = "Only items of that rule.")
    private @Nullable String rule;

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "Only items so severe.")
    private @Nullable String severity;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "open, acknowledged or snoozed; default: all but snoozed ones.")
    private @Nullable String state;

    @Option(names = "--by", paramLabel = "NAME", description = "Who says so.")
    private @Nullable String by;

    @Option(names = "--assignee", paramLabel = "NAME", description = "Who takes care of it.")
    private @Nullable String assignee;

    @Option(names = "--until", paramLabel = "TIME", description = "Until when it is snoozed.")
    private @Nullable String until;

    @Option(names = "--note", paramLabel = "TEXT", description = "What else there is to say.")
    private @Nullable String note;

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final PageOptions page = new PageOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    AttentionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (action != null) {
            return handle(action);
        }
        Question question =
                asOf.of(Question.of("/v1/attention"))
                        .with("rule", rule)
                        .with("severity", severity)
                        .with("state", state)
                        .with("limit", page.limit)
                        .with("cursor", page.cursor);
        try (ServiceClient client = service.connect(terminal)) {
            Json inbox = client.ask(question);
            output.print(terminal, inbox, paint -> AttentionView.list(inbox, paint));
            Members.string(inbox, "next_cursor")
                    .ifPresent(cursor -> output.hintOfMore(terminal, cursor));
        }
        return CommandTree.SUCCESS;
    }

    private int handle(String word) {
        if (id == null) {
            throw new ParameterException(spec.commandLine(), "an action needs the ID of an item");
        }
        String whole = word.equals("ack") ? "acknowledge" : word;
        JsonObject.Builder order = new JsonObject.Builder().put("action", whole);
        put(order, "assignee", assignee);
        put(order, "until", until);
        put(order, "by", by);
        put(order, "note", note);
        try (ServiceClient client = service.connect(terminal)) {
            Json answer = client.order(Question.of("/v1/attention").segment(id), order.build());
            output.print(terminal, answer, paint -> AttentionView.handling(answer, paint));
        }
        return CommandTree.SUCCESS;
    }

    private static void put(JsonObject.Builder order, String name, @Nullable String value) {
        if (value != null) {
            order.put(name, value);
        }
    }
}
