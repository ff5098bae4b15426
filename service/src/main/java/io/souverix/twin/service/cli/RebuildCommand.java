package io.souverix.twin.service.cli;

import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.config.Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `twin rebuild`.
@Command(
        name = "rebuild",
        header = "Make anew what is derived.",
        description = {
            "Fold the log of a data directory again from the first event, beside what is derived, and"
                    + " put the result in its place once it is whole. The log itself is only read."
                    + " The directory must not be in use. To count the projections of a running"
                    + " service anew: POST /v1/projections/NAME/rebuild."
        },
        footer = {"  twin rebuild --data data", "  twin rebuild --data data --config twin.yaml"})
final class RebuildCommand implements Callable<Integer> {
    private static final String FOLDED = "events folded";

    private final Terminal terminal;

    @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

    RebuildCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = configuration.settings();
        Path directory = StoredData.require(settings.data());
        ServiceLog.quieten();
        long begun = System.nanoTime();
        AtomicLong events = new AtomicLong();
        try (ProgressLine progress = new ProgressLine(terminal)) {
            TwinEngine.rebuild(
                    directory,
                    settings.engine(InstantSource.system()),
                    (what, done, total) -> {
                        if (what.equals(FOLDED)) {
                            events.set(total);
                        }
                        progress.report(what, done, total);
                    });
        }
        long nanos = System.nanoTime() - begun;
        terminal.out()
                .println(
                        "rebuilt "
                                + directory
                                + " from "
                                + Figures.counted(events.get(), "event")
                                + " in "
                                + Figures.elapsed(nanos)
                                + " ("
                                + Figures.perSecond(events.get(), nanos)
                                + ")");
        return CommandTree.SUCCESS;
    }
}
