package io.souverix.twin.service.cli;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.backup.Backup;
import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.ProgressLine.Unit;
import io.souverix.twin.service.cli.output.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `twin restore`.
@Command(
        name = "restore",
        header = "Make a data directory from a backup.",
        description = {
            "Make a data directory of what a backup holds, or held at a moment: with --to only what"
                    + " was recorded by then counts. The log is checked along its chain of hashes as"
                    + " it is copied. The directory appears under its name when it is whole; a"
                    + " restore that is cut short leaves only DIR.restoring, which the next one"
                    + " removes. The backup is only read."
        },
        footer = {
            "  twin restore /backup/twin --data data",
            "  twin restore /backup/twin --data data --to 2026-02-27T03:45:00Z",
        })
final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "BACKUP", description = "The directory of the backup.")
    private Path backup = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description =
                    "Only what was recorded by that time, such as 2026-02-27T03:45:00Z; default:"
                            + " all.")
    private @Nullable String moment;

    @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();
    @Mixin private final OutputOptions output = new OutputOptions();

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path directory = configuration.settings().data();
        long uptoMicros = moment == null ? Long.MAX_VALUE : micros(moment);
        StoredData.require(backup);
        Backup.Done done;
        try (ProgressLine progress = new ProgressLine(terminal)) {
            done =
                    Backup.restore(
                            backup,
                            directory,
                            uptoMicros,
                            (bytes, all) ->
                                    progress.report(
                                            BackupCommand.BYTES_OF_LOG, bytes, all, Unit.BYTES));
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.words(e), "Name another directory with --data.", e);
        }
        String text =
                "restored %s to %s: %s\n"
                        .formatted(backup, directory, BackupCommand.described(done.log()));
        output.print(terminal, BackupCommand.json(done), _ -> text);
        return CommandTree.SUCCESS;
    }

    private static long micros(String text) {
        return Times.parse(text)
                .orElseThrow(() ->
                        new Failure(
                                "found --to " + text + ", expected a time",
                                "Such as 2026-02-27T03:45:00Z."));
    }
}
