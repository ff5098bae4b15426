package io.souverix.twin.service.http;

import io.souverix.twin.core.event.EventReader.Result;
import io.souverix.twin.core.event.Rejection;
import io.souverix.twin.engine.TwinEngine;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/// Reads the events of a body that has one a line: cut into blocks, of which a few are read at the
/// same time, and handed on in the order they came. A line that is no event costs no other line its
/// place. Thread-safe.
final class LineIntake {
    /// How many blocks of a body are read at the same time.
    static final int MAX_BLOCKS = 3;

    /// What comes of a line that was read over.
    static final Result TOO_LONG =
            new Result.Refused(
                    new Rejection(
                            Rejection.Code.LINE_TOO_LONG,
                            null,
                            null,
                            "found a line of more than "
                                    + LineReader.MAX_LINE
                                    + " bytes, expected at most that"));

    private final Gate gate;
    private final TwinEngine engine;

    LineIntake(Gate gate, TwinEngine engine) {
        this.gate = gate;
        this.engine = engine;
    }

    /// Takes every line there is. Where the compression breaks, what is left is one rejected entry;
    /// where the body breaks off, the whole lines before are taken.
    void take(InputStream body, EventIntake intake) throws InterruptedException {
        Blocks blocks = new Blocks(intake);
        LineReader lines = new LineReader(body);
        try {
            while (blocks.add(lines)) {
                // the next line
            }
            blocks.end();
        } catch (IOException e) {
            blocks.end();
            intake.rejectRest(
                    blocks.line + 1,
                    "found a compressed body that breaks after "
                            + blocks.line
                            + " whole lines ("
                            + e.getMessage()
                            + "), expected it to go on to its end; the lines before were read");
        } catch (RawBody.BrokenOff e) {
            blocks.end();
            throw e;
        }
    }

    /// The blocks of one body. Used by one thread.
    private final class Blocks {
        private final EventIntake intake;
        private final ArrayDeque<CompletableFuture<LineBlock>> reading = new ArrayDeque<>();
        private final ArrayDeque<byte[]> arrays = new ArrayDeque<>();
        private LineBlock block = new LineBlock(LineBlock.fresh());
        private long line;

        Blocks(EventIntake intake) {
            this.intake = intake;
        }

        /// Adds the next line; false where there is none.
        boolean add(LineReader lines) throws IOException, InterruptedException {
            LineReader.Found found = lines.next();
            if (found == LineReader.Found.END) {
                return false;
            }
            line++;
            boolean tooLong = found == LineReader.Found.TOO_LONG;
            int length = tooLong ? 0 : lines.lineLength();
            if (!block.hasRoom(length)) {
                hand();
            }
            if (tooLong) {
                block.addTooLong(line);
            } else if (!isBlank(lines.buffer(), lines.lineStart(), length)) {
                block.add(lines.buffer(), lines.lineStart(), length, line);
            }
            return true;
        }

        /// Has the block read beside this thread, and begins another.
        private void hand() throws InterruptedException {
            if (reading.size() == MAX_BLOCKS) {
                take(reading.remove().join());
            }
            LineBlock full = block;
            reading.add(
                    CompletableFuture.supplyAsync(
                            () -> full.read(gate, engine), Thread::startVirtualThread));
            block = new LineBlock(arrays.isEmpty() ? LineBlock.fresh() : arrays.remove());
        }

        /// Hands on a block that was read.
        private void take(LineBlock read) throws InterruptedException {
            byte[] released = read.release();
            if (released != null) {
                arrays.add(released);
            }
            intake.take(read);
        }

        /// Hands on all there is.
        void end() throws InterruptedException {
            while (!reading.isEmpty()) {
                take(reading.remove().join());
            }
            take(block.read(gate, engine));
            block = new LineBlock(LineBlock.fresh());
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
