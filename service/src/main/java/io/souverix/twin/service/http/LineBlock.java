package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader.Result;
import io.souverix.twin.core.event.Rejection;
import io.souverix.twin.engine.EventBatch;
import io.souverix.twin.engine.TwinEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some lines of a body, and what comes of reading them as events. Filled by one thread, then read
/// by one, then looked at by the first.
final class LineBlock {
    /// How many lines a block has at most.
    static final int MAX_LINES = 512;

    /// How many bytes a block has at most, unless a single line has more.
    static final int MAX_BYTES = 128 * 1024;

    private static final int TOO_LONG = -1;

    private byte[] bytes;
    private int[] ends = new int[16];
    private long[] numbers = new long[16];
    private final List<Refused> refused = new ArrayList<>();
    private int[] accepted = new int[0];
    private @Nullable EventBatch batch;
    private int filled;
    private int count;

    /// @param bytes an array that nobody else uses; it is left for a larger one where need be
    LineBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    /// An array to begin with.
    static byte[] fresh() {
        return new byte[4 * 1024];
    }

    /// The array that held the lines of a block that was read, for another block; null where it is
    /// too large to be kept.
    byte @Nullable [] release() {
        byte[] released = bytes;
        bytes = new byte[0];
        return released.length <= MAX_BYTES ? released : null;
    }

    int count() {
        return count;
    }

    boolean hasRoom(int length) {
        return count == 0 || (count < MAX_LINES && filled + length <= MAX_BYTES);
    }

    /// Adds a line by copying it.
    ///
    /// @param number of the line in the body, from 1
    void add(byte[] source, int start, int length, long number) {
        if (bytes.length < filled + length) {
            int most = Math.min(MAX_BYTES, 4 * bytes.length);
            bytes = Arrays.copyOf(bytes, Math.max(filled + length, most));
        }
        System.arraycopy(source, start, bytes, filled, length);
        filled += length;
        add(filled, number);
    }

    /// Adds a line that was read over.
    void addTooLong(long number) {
        add(TOO_LONG, number);
    }

    private void add(int end, long number) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 4 * count);
            numbers = Arrays.copyOf(numbers, 4 * count);
        }
        ends[count] = end;
        numbers[count++] = number;
    }

    /// A line that is no event.
    ///
    /// @param index of the line in the block
    record Refused(int index, Rejection rejection) {}

    /// Reads every line, and makes the events ready to be appended.
    LineBlock read(Gate gate, TwinEngine engine) {
        List<Event> events = new ArrayList<>(count);
        accepted = new int[count];
        int start = 0;
        for (int i = 0; i < count; i++) {
            boolean tooLong = ends[i] == TOO_LONG;
            Result result =
                    tooLong ? LineIntake.TOO_LONG : gate.line(bytes, start, ends[i] - start);
            start = tooLong ? start : ends[i];
            switch (result) {
                case Result.Refused(Rejection rejection) -> refused.add(new Refused(i, rejection));
                case Result.Accepted(Event event) -> {
                    accepted[events.size()] = i;
                    events.add(event);
                }
            }
        }
        batch = events.isEmpty() ? null : engine.prepare(events);
        return this;
    }

    /// The lines that are no events; for blocks that were read, as what follows.
    List<Refused> refused() {
        return refused;
    }

    /// The events, or null where there are none.
    @Nullable EventBatch batch() {
        return batch;
    }

    /// Which line of the block an event of the batch is.
    int accepted(int place) {
        return accepted[place];
    }

    long number(int index) {
        return numbers[index];
    }
}
