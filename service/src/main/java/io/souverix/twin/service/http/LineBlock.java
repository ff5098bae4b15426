package io.souverix.twin.service.http;

import io.souverix.twin.core.event.EventReader.Result;
import java.util.Arrays;

/// Some lines of a body, and what comes of reading them as events. Filled by one thread, then read
/// by one, then looked at by the first.
final class LineBlock {
    /// How many lines a block has at most.
    static final int MAX_LINES = 512;

    /// How many bytes a block has at most, unless a single line has more.
    static final int MAX_BYTES = 128 * 1024;

    private static final int TOO_LONG = -1;

    private byte[] bytes = new byte[4 * 1024];
    private int[] ends = new int[16];
    private long[] numbers = new long[16];
    private Result[] results = new Result[0];
    private int filled;
    private int count;

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
            bytes = Arrays.copyOf(bytes, Math.max(filled + length, 4 * bytes.length));
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

    /// Reads every line.
    LineBlock read(Gate gate) {
        results = new Result[count];
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (ends[i] == TOO_LONG) {
                results[i] = LineIntake.TOO_LONG;
            } else {
                results[i] = gate.line(bytes, start, ends[i] - start);
                start = ends[i];
            }
        }
        return this;
    }

    /// What came of a line; for blocks that were read.
    Result result(int index) {
        return results[index];
    }

    long number(int index) {
        return numbers[index];
    }
}
