package io.souverix.twin.service.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Events one a line (NDJSON). Blank lines are passed over; whether a line is JSON is for the
/// service to say.
final class LineSource implements EventSource {
    private static final int READ = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[READ];
    private int at;
    private int end;
    private byte[] line = new byte[1024];
    private long number;

    LineSource(InputStream in) {
        this.in = in;
    }

    @Override
    public @Nullable EventLine next() throws IOException {
        while (at < end || fill()) {
            number++;
            int length = readLine();
            if (length > MAX_LINE_BYTES) {
                return new EventLine.TooLong(number);
            }
            if (!blank(length)) {
                return new EventLine.Event(Arrays.copyOf(line, length), number);
            }
        }
        return null;
    }

    /// Reads up to the next line feed and answers the length; of a line that is too long only the
    /// beginning is kept.
    private int readLine() throws IOException {
        int length = 0;
        while (at < end || fill()) {
            int feed = at;
            while (feed < end && buffer[feed] != '\n') {
                feed++;
            }
            length = keep(length, feed);
            boolean found = feed < end;
            at = found ? feed + 1 : feed;
            if (found) {
                break;
            }
        }
        return length > 0 && length <= MAX_LINE_BYTES && line[length - 1] == '\r'
                ? length - 1
                : length;
    }

    private int keep(int length, int until) {
        if (length > MAX_LINE_BYTES) {
            return length;
        }
        int longer = length + until - at;
        if (longer <= MAX_LINE_BYTES) {
            if (longer > line.length) {
                line = Arrays.copyOf(line, Math.max(longer, 2 * line.length));
            }
            System.arraycopy(buffer, at, line, length, until - at);
        }
        return longer;
    }

    private boolean blank(int length) {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
