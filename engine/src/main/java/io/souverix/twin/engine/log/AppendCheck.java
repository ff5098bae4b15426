package io.souverix.twin.engine.log;

import java.util.List;

/// The bounds of an append, the same for every log.
final class AppendCheck {
    private AppendCheck() {}

    /// What the batches of one append hold together.
    record Sum(int length, int count) {}

    /// Adds up the batches.
    ///
    /// @throws IllegalArgumentException if a bound of [EventLog#append] is passed
    static Sum check(List<RecordBatch> batches, long recordedAtMicros, long lastMicros) {
        if (recordedAtMicros < lastMicros) {
            throw new IllegalArgumentException(
                    "recorded at %d, expected at least %d".formatted(recordedAtMicros, lastMicros));
        }
        long length = 0;
        int count = 0;
        for (RecordBatch batch : batches) {
            length += batch.length();
            count += batch.count();
        }
        if (count == 0 || length > EventLog.MAX_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "%d records in %d bytes, expected at least 1 in at most %d"
                            .formatted(count, length, EventLog.MAX_FRAME_BYTES));
        }
        return new Sum((int) length, count);
    }
}
