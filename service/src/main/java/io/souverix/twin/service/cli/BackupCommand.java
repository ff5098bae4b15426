package io.souverix.twin.service.cli;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.backup.Backup;
import io.souverix.twin.engine.log.LogCopy.Copied;
import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.ProgressLine.Unit;
import io.souverix.twin.service.cli.output.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `twin backup`.
@Command(
        name = "backup",
        header = "Copy a data directory, while it is served or not.",
        description = {
            "Copy what was acknowledged of a data directory into another one; where that holds an"
                    + " earlier backup, only what is new. Every new frame of the log is read back"
                    + " from the copy and checked along the chain of hashes. The directory may be in"
                    + " use. A backup that is cut short leaves the earlier one as it was; the next"
                    + " one goes on from there.",
            "",
            "What is derived is not copied: it is made anew when the backup is served. 'twin verify"
                    + " --data BACKUP' checks a backup from its first byte on."
        },
        footer = {
            "  twin backup /backup/twin --data data",
            "  twin backup /backup/twin --data data -o json",
        })
final class BackupCommand implements Callable<Integer> {
    static final String BYTES_OF_LOG = "bytes of the log";

    private final Terminal terminal;

    @Parameters(
            paramLabel = "BACKUP",
            description = "The directory of the backup, made where there is none.")
    private Path backup = Path.of("");

    @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();
    @Mixin private final OutputOptions output = new OutputOptions();

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path directory = StoredData.require(configuration.settings().data());
        Backup.Done done;
        try (ProgressLine progress = new ProgressLine(terminal)) {
            done =
                    Backup.take(
                            directory,
                            backup,
                            (bytes, all) -> progress.report(BYTES_OF_LOG, bytes, all, Unit.BYTES));
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.words(e), "Name another directory for the backup.", e);
        }
        String text =
                "backed up %s to %s: %s new of %s, %s\n"
                        .formatted(
                                directory,
                                backup,
                                Figures.bytes(done.log().newBytes()),
                                Figures.bytes(done.log().bytes()),
                                described(done.log()));
        output.print(terminal, json(done), _ -> text);
        return CommandTree.SUCCESS;
    }

    /// Up to where a log was copied, for people.
    static String described(Copied log) {
        return log.records() == 0
                ? "no events yet"
                : "%s, the last recorded at %s, frame %s"
                        .formatted(
                                Figures.counted(log.records(), "event"),
                                Times.text(log.recordedAtMicros()),
                                log.lastFrameHash().substring(0, 16));
    }

    static JsonObject json(Backup.Done done) {
        Copied log = done.log();
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("events", log.records())
                        .put("segments", log.segments())
                        .put("bytes", log.bytes())
                        .put("new_bytes", log.newBytes())
                        .put("other_files", done.otherFiles())
                        .put("last_frame_hash", log.lastFrameHash());
        if (log.records() > 0) {
            json.put("recorded_at", Times.text(log.recordedAtMicros()));
        }
        return json.build();
    }
}
