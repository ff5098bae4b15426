package io.souverix.twin.service.cli.client;

import java.util.Arrays;

/// Events collected for one request, as lines of JSON. Reusable after [#clear()].
public final class Batch {
    /// How many events go in one request.
    public static final int MAX_EVENTS = 10_000;

    /// At how many bytes a request is sent.
    public static final int MAX_BYTES = 8 << 20;

    private byte[] bytes = new byte[1 << 16];
    private int length;
    private long[] lines = new long[256];
    private int events;

    /// Adds an event; `line` is where it stands, for messages.
    public void add(byte[] json, long line) {
        int longer = length + json.length + 1;
        if (longer > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(longer, 2 * bytes.length));
        }
        System.arraycopy(json, 0, bytes, length, json.length);
        bytes[longer - 1] = '\n';
        length = longer;
        if (events == lines.length) {
            lines = Arrays.copyOf(lines, 2 * events);
        }
        lines[events++] = line;
    }

    public boolean isFull() {
        return events >= MAX_EVENTS || length >= MAX_BYTES;
    }

    public boolean isEmpty() {
        return events == 0;
    }

    public int events() {
        return events;
    }

    /// The text; valid up to [#length()] and until the next change.
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// The line of the event at an index, or 0 where there is no such event.
    long line(long index) {
        return index >= 0 && index < events ? lines[(int) index] : 0;
    }

    public void clear() {
        length = 0;
        events = 0;
    }
}
