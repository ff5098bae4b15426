package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Batch;
import io.souverix.twin.service.cli.client.ByteCount;
import io.souverix.twin.service.cli.client.EventFile;
import io.souverix.twin.service.cli.client.EventLine;
import io.souverix.twin.service.cli.client.EventSource;
import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.client.Outcome;
import io.souverix.twin.service.cli.client.Sender;
import io.souverix.twin.service.cli.output.ProgressLine;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Sends files batch by batch, and keeps the sums. Used by one thread.
final class FileSending {
    private final Sender sender;
    private final ProgressLine progress;
    private final Batch batch = new Batch();
    private Outcome outcome = Outcome.NOTHING;

    FileSending(Sender sender, ProgressLine progress) {
        this.sender = sender;
        this.progress = progress;
    }

    /// What was answered so far.
    Outcome outcome() {
        return outcome;
    }

    /// Sends a file.
    ///
    /// @throws Failure where the file cannot be read to its end, or the service does not take it
    void send(EventFile file, InputStream standardInput, EventFile.Format format) {
        ByteCount consumed = new ByteCount();
        long size = file.size();
        batch.clear();
        try (EventSource source = file.open(standardInput, format, consumed)) {
            EventLine line = source.next();
            while (line != null) {
                take(line, file);
                if (batch.isFull()) {
                    flush(file, consumed, size);
                }
                line = source.next();
            }
        } catch (IOException e) {
            flush(file, consumed, size);
            throw file.unreadable(e);
        } catch (Failure broken) {
            flush(file, consumed, size);
            throw broken;
        }
        flush(file, consumed, size);
    }

    private void take(EventLine line, EventFile file) {
        switch (line) {
            case EventLine.Event(byte[] json, long number) -> batch.add(json, number);
            case EventLine.TooLong(long number) ->
                    outcome = outcome.plus(tooLong(file.shown(), number));
        }
    }

    private static Outcome tooLong(String file, long line) {
        Outcome.Remark remark =
                new Outcome.Remark(
                        file,
                        line,
                        "",
                        "line_too_long",
                        "",
                        "found an event of more than "
                                + EventSource.MAX_LINE_BYTES
                                + " bytes, expected at most that");
        return new Outcome("", 0, 0, 0, 1, List.of(remark), List.of());
    }

    private void flush(EventFile file, ByteCount consumed, long size) {
        if (!batch.isEmpty()) {
            try {
                outcome = outcome.plus(sender.send(batch, file.shown()));
            } finally {
                batch.clear();
            }
        }
        progress.report("sending " + file.shown(), consumed.bytes(), size, ProgressLine.Unit.BYTES);
    }
}
