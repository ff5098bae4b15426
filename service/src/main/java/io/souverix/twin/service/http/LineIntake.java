package io.souverix.twin.service.http;

import io.souverix.twin.core.event.EventReader.Result;
import io.souverix.twin.core.event.Rejection;
import java.io.IOException;
import java.io.InputStream;

/// Reads the events of a body that has one a line. A line that is no event costs no other line its
/// place. Thread-safe.
final class LineIntake {
    private static final Result TOO_LONG =
            new Result.Refused(
                    new Rejection(
                            Rejection.Code.LINE_TOO_LONG,
                            null,
                            null,
                            "found a line of more than "
                                    + LineReader.MAX_LINE
                                    + " bytes, expected at most that"));

    private final Gate gate;

    LineIntake(Gate gate) {
        this.gate = gate;
    }

    /// Takes every line there is. Where the compression breaks, what is left is one rejected entry.
    void take(InputStream body, EventIntake intake) throws InterruptedException {
        LineReader lines = new LineReader(body);
        long line = 0;
        try {
            while (true) {
                LineReader.Found found = lines.next();
                line++;
                switch (found) {
                    case LINE -> take(lines, line, intake);
                    case TOO_LONG -> intake.take(TOO_LONG, line);
                    case END -> {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            intake.rejectRest(
                    line + 1,
                    "found a compressed body that breaks after "
                            + line
                            + " whole lines ("
                            + e.getMessage()
                            + "), expected it to go on to its end; the lines before were read");
        }
    }

    private void take(LineReader lines, long line, EventIntake intake) throws InterruptedException {
        byte[] buffer = lines.buffer();
        int start = lines.lineStart();
        int length = lines.lineLength();
        if (!isBlank(buffer, start, length)) {
            intake.take(gate.line(buffer, start, length), line);
        }
    }

    private static boolean isBlank(byte[] bytes, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
