package io.souverix.twin.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Cuts a stream into lines at its line feeds, in constant memory: a line is shown where it lies in
/// the buffer, and what is longer than [#MAX_LINE] is read over.
final class LineReader {
    /// How many bytes a line may have, its line feed not counted.
    static final int MAX_LINE = 1 << 20;

    private static final int READ = 64 * 1024;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long FEEDS = '\n' * LOW_BITS;

    private final InputStream in;
    private byte[] buffer = new byte[2 * READ];
    private int start;
    private int scanned;
    private int end;
    private boolean skipping;
    private boolean ended;

    /// Where the line lies that [#next()] found; valid until the next call.
    private int lineStart;

    private int lineLength;

    LineReader(InputStream in) {
        this.in = in;
    }

    /// What there is next.
    enum Found {
        LINE,
        TOO_LONG,
        END
    }

    byte[] buffer() {
        return buffer;
    }

    int lineStart() {
        return lineStart;
    }

    int lineLength() {
        return lineLength;
    }

    /// Finds the next line; the last one may lack its line feed.
    Found next() throws IOException {
        while (true) {
            int feed = findFeed();
            if (feed >= 0) {
                boolean rest = skipping;
                skipping = false;
                lineStart = start;
                lineLength = feed - start;
                start = feed + 1;
                scanned = start;
                if (!rest) {
                    return lineLength > MAX_LINE ? Found.TOO_LONG : Found.LINE;
                }
                continue;
            }
            scanned = end;
            if (skipping) {
                start = scanned = end = 0;
            } else if (end - start > MAX_LINE) {
                skipping = true;
                start = scanned = end = 0;
                return Found.TOO_LONG;
            }
            if (ended || !fill()) {
                ended = true;
                return last();
            }
        }
    }

    private Found last() {
        if (start == end) {
            return Found.END;
        }
        lineStart = start;
        lineLength = end - start;
        start = scanned = end;
        return Found.LINE;
    }

    /// Where the next line feed is, or -1; eight bytes at a time.
    private int findFeed() {
        int at = scanned;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long found = ((long) LONG.get(buffer, at)) ^ FEEDS;
            long feeds = (found - LOW_BITS) & ~found & HIGH_BITS;
            if (feeds != 0) {
                return at + (Long.numberOfTrailingZeros(feeds) >>> 3);
            }
        }
        for (; at < end; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (start == end) {
            start = scanned = end = 0;
        }
        if (buffer.length - end < READ) {
            makeRoom();
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }

    /// Moves the unfinished line to the front, and grows where it fills more than half.
    private void makeRoom() {
        int length = end - start;
        byte[] target =
                length > buffer.length / 2
                        ? new byte[Math.min(buffer.length * 2, MAX_LINE + 4 * READ)]
                        : buffer;
        System.arraycopy(buffer, start, target, 0, length);
        buffer = target;
        scanned -= start;
        start = 0;
        end = length;
    }
}
