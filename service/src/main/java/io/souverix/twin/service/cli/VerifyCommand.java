package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.TwinEngine.DigestPair;
import io.souverix.twin.engine.TwinEngine.Verification;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.output.Tone;
import io.souverix.twin.service.config.Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `twin verify`.
@Command(
        name = "verify",
        header = "Check that what is kept and what is derived agree.",
        description = {
            "Check a data directory: the log byte by byte along its chain of hashes, then everything"
                    + " derived, by folding the log again from nothing and comparing with what the"
                    + " service would serve, digest by digest. The exit code is 0 only where all"
                    + " agrees.",
            "",
            "The directory must not be in use. To check a running service, take a backup of its data"
                    + " directory ('twin backup') and check that."
        },
        footer = {
            "  twin verify --data data",
            "  twin verify --data backup-of-data --config twin.yaml -o json",
        })
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();
    @Mixin private final OutputOptions output = new OutputOptions();

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = configuration.settings();
        Path directory = StoredData.require(settings.data());
        ServiceLog.quieten();
        Verification verification;
        try (ProgressLine progress = new ProgressLine(terminal);
                TwinEngine engine =
                        TwinEngine.open(
                                directory,
                                settings.engine(InstantSource.system()),
                                EngineProgress.shownOn(progress))) {
            verification = engine.verify(EngineProgress.shownOn(progress));
        }
        output.print(terminal, json(verification), paint -> table(verification, paint));
        if (verification.agrees()) {
            return CommandTree.SUCCESS;
        }
        terminal.flush();
        terminal.err()
                .println(
                        "What is derived does not agree with the log. The log is the truth: 'twin"
                                + " rebuild --data "
                                + directory
                                + "' makes the rest anew from it.");
        return CommandTree.FAILURE;
    }

    private static String table(Verification verification, Paint paint) {
        Table table =
                new Table(
                        Column.text("DIGEST OF"),
                        Column.text("SERVED"),
                        Column.text("REFOLDED"),
                        Column.text("AGREES"));
        for (DigestPair pair : verification.digests()) {
            table.row(
                    Cell.of(pair.name()),
                    Cell.of(pair.served()),
                    Cell.of(pair.refolded()),
                    agrees(pair) ? new Cell("yes", Tone.GOOD) : new Cell("no", Tone.BAD));
        }
        StringBuilder text = new StringBuilder(table.text(paint)).append('\n');
        verification.differences().forEach(line -> text.append("- ").append(line).append('\n'));
        String counts =
                Figures.counted(verification.events(), "event")
                        + " in the log, "
                        + Figures.counted(verification.nodes(), "node")
                        + ": ";
        return text.append(counts)
                .append(
                        verification.agrees()
                                ? paint.apply(Tone.GOOD, "all agrees")
                                : paint.apply(Tone.BAD, "not all agrees"))
                .append('\n')
                .toString();
    }

    private static boolean agrees(DigestPair pair) {
        return pair.served().equals(pair.refolded());
    }

    private static Json json(Verification verification) {
        List<Json> digests = new ArrayList<>();
        for (DigestPair pair : verification.digests()) {
            digests.add(
                    new JsonObject.Builder()
                            .put("name", pair.name())
                            .put("served", pair.served())
                            .put("refolded", pair.refolded())
                            .put("agrees", agrees(pair))
                            .build());
        }
        return new JsonObject.Builder()
                .put("agrees", verification.agrees())
                .put("events", verification.events())
                .put("nodes", verification.nodes())
                .put("digests", new Json.JsonArray(digests))
                .put("differences", Json.strings(verification.differences()))
                .build();
    }
}
