package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.EventFile;
import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.client.Outcome;
import io.souverix.twin.service.cli.client.Sender;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.OutcomeView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `twin send FILE…`.
@Command(
        name = "send",
        header = "Send events from files.",
        description = {
            "Send the events of files to a service and sum up what came of them. Sending again is"
                    + " harmless: an event that is there already is a duplicate and changes nothing,"
                    + " so an interrupted run is simply repeated.",
            "",
            "Refused events are told with their place in the file, and do not keep the others from"
                    + " being taken; the exit code is 1 then."
        },
        footer = {
            "  twin send events.ndjson backlog.ndjson.gz",
            "  twin simulate --nodes 100 | twin send -",
            "  twin send --format json export.txt",
        })
final class SendCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Files of events; - is standard input. The suffixes .gz and .zst say how a file"
                            + " is compressed.")
    private List<String> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description =
                    "ndjson (one event a line), json (an array, or values one after the other) or"
                            + " auto: json for *.json and what begins with a [, else ndjson;"
                            + " default: auto.")
    private EventFile.Format format = EventFile.Format.AUTO;

    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    SendCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<EventFile> sources = files.stream().map(EventFile::new).toList();
        try (ServiceClient client = service.connect(terminal);
                ProgressLine progress = new ProgressLine(terminal)) {
            FileSending sending = new FileSending(new Sender(client, Sender.Pause.SLEEP), progress);
            try {
                for (EventFile source : sources) {
                    sending.send(source, terminal.in(), format);
                }
            } catch (Failure failure) {
                throw told(failure, sending.outcome());
            }
            progress.clear();
            return report(sending.outcome());
        }
    }

    private int report(Outcome outcome) {
        output.print(terminal, outcome.json(), paint -> OutcomeView.text(outcome, paint));
        terminal.flush();
        terminal.err().print(OutcomeView.remarks(outcome, terminal.errorPaint()));
        return outcome.rejected() == 0 ? CommandTree.SUCCESS : CommandTree.FAILURE;
    }

    private Failure told(Failure failure, Outcome outcome) {
        terminal.err().print(OutcomeView.remarks(outcome, terminal.errorPaint()));
        if (outcome.sent() == 0) {
            return failure;
        }
        return new Failure(
                Failure.words(failure)
                        + " (after "
                        + Figures.counted(outcome.sent(), "event")
                        + " were answered)",
                failure.advice(),
                failure);
    }
}
