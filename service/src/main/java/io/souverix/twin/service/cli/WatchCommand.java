package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.service.cli.client.EventStream;
import io.souverix.twin.service.cli.client.EventStream.Told;
import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.OutputFormat;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.output.YamlText;
import io.souverix.twin.service.cli.view.ChangeView;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `twin watch [FILTER]`.
@Command(
        name = "watch",
        header = "Watch what changes, as it changes.",
        description = {
            "Watch what changes in the fleet until it is interrupted, one line a change. When the"
                    + " connection breaks it comes back to where it stood, and nothing is missed;"
                    + " where that place is no longer retained, it says so and begins anew."
        },
        footer = {
            "  twin watch",
            "  twin watch 'connectivity.state==autonomous' --topics connectivity,drift",
            "  twin watch --topics projections -o json",
            "  twin watch --initial --count 10",
        })
final class WatchCommand implements Callable<Integer> {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILTER",
            description = "Which twins, as for 'twin list'; default: all.")
    private @Nullable String filter;

    @Option(
            names = "--topics",
            paramLabel = "TOPICS",
            description =
                    "What of them, with commas between: twins drift connectivity lifecycle trust"
                            + " authority graph projections; default: twins.")
    private @Nullable String topics;

    @Option(names = "--initial", description = "First show everything as it is.")
    private boolean initial;

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Go on after a position, or after the id of an event.")
    private @Nullable String after;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "End after so many changes; default: never.")
    private long count = Long.MAX_VALUE;

    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    private @Nullable String lastId;
    private long seen;

    WatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Question question =
                Question.of("/v1/stream")
                        .with("filter", filter)
                        .with("topics", topics)
                        .with("initial", initial ? "true" : null)
                        .with("after", after);
        Duration pause = FIRST_PAUSE;
        boolean connected = false;
        try (ServiceClient client = service.connect(terminal)) {
            while (seen < count) {
                long before = seen;
                try (EventStream stream = client.stream(question, lastId)) {
                    connected = true;
                    follow(stream);
                } catch (Failure e) {
                    if (!connected) {
                        throw e;
                    }
                } catch (IOException _) {
                    // It comes back below.
                }
                if (seen < count) {
                    pause = seen > before ? FIRST_PAUSE : longer(pause);
                    comeBack(pause);
                }
            }
        }
        return CommandTree.SUCCESS;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void comeBack(Duration pause) throws InterruptedException {
        terminal.flush();
        terminal.err().println("The stream ended; it is taken up again.");
        Thread.sleep(pause);
    }

    private void follow(EventStream stream) throws IOException {
        Optional<Told> next = stream.next();
        while (next.isPresent()) {
            Told told = next.get();
            show(told);
            lastId = told.id() == null ? lastId : told.id();
            if (told.name().equals("change") && ++seen == count) {
                return;
            }
            next = stream.next();
        }
    }

    private void show(Told told) {
        if (told.name().equals("gone")) {
            terminal.flush();
            terminal.err().println("Its place is no longer retained; everything is shown anew.");
        }
        OutputFormat format = output.format(terminal);
        if (format == OutputFormat.TABLE) {
            terminal.out().print(ChangeView.line(told.name(), told.data(), terminal.paint()));
        } else {
            Json line = event(told);
            terminal.out()
                    .print(
                            format == OutputFormat.JSON
                                    ? JsonWriter.text(line) + "\n"
                                    : "---\n" + YamlText.of(line));
        }
        terminal.flush();
    }

    private static Json event(Told told) {
        return new JsonObject.Builder()
                .put("event", told.name())
                .put("id", told.id())
                .put("data", told.data())
                .build();
    }
}
