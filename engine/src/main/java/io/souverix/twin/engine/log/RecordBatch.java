package io.souverix.twin.engine.log;

import java.util.Arrays;

/// Records back to back, each `u32` little-endian length + bytes, ready to be written.
///
/// Handed over, not copied: the array must not change any more.
///
/// @param bytes holds the records from index 0
/// @param length how many bytes of the array are used, at most [EventLog#MAX_FRAME_BYTES]
/// @param count how many records these bytes hold
public record RecordBatch(byte[] bytes, int length, int count) {
    /// The bytes of the length field before each record.
    public static final int LENGTH_BYTES = 4;

    /// Walks the records once, so that only whole ones ever reach a log.
    public RecordBatch {
        if (length < 0 || length > bytes.length || length > EventLog.MAX_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "length %d, expected at most %d and %d"
                            .formatted(length, bytes.length, EventLog.MAX_FRAME_BYTES));
        }
        int found = RecordWalk.count(bytes, 0, length);
        if (found != count) {
            throw new IllegalArgumentException(
                    "expected %d whole records in %d bytes, found %s"
                            .formatted(count, length, found < 0 ? "a broken one" : found));
        }
    }

    /// A batch of these records.
    public static RecordBatch of(byte[]... records) {
        Builder builder = new Builder();
        for (byte[] record : records) {
            builder.add(record);
        }
        return builder.build();
    }

    /// Collects records into a batch; for one thread, reusable after [#build()].
    public static final class Builder {
        private static final int FIRST_CAPACITY = 1024;

        private byte[] bytes;
        private int length;
        private int count;

        public Builder() {
            this(FIRST_CAPACITY);
        }

        /// @param capacity how many bytes there is room for at first
        public Builder(int capacity) {
            bytes = new byte[capacity];
        }

        /// Adds one record.
        ///
        /// @return its offset in the batch
        public int add(byte[] record) {
            return add(record, 0, record.length);
        }

        /// Adds one record from a part of an array.
        ///
        /// @return its offset in the batch
        /// @throws IllegalArgumentException if the record or the batch becomes too large; nothing is
        ///     added
        public int add(byte[] source, int from, int size) {
            int offset = open(size);
            System.arraycopy(source, from, bytes, offset + LENGTH_BYTES, size);
            return offset;
        }

        /// Adds one record that the caller writes into [#bytes()] behind its length, before
        /// anything else is added.
        ///
        /// @return its offset in the batch
        /// @throws IllegalArgumentException as [#add]
        public int open(int size) {
            if (size > EventLog.MAX_RECORD_BYTES) {
                throw new IllegalArgumentException(
                        "record of %d bytes, expected at most %d"
                                .formatted(size, EventLog.MAX_RECORD_BYTES));
            }
            if (!hasRoomFor(size)) {
                throw new IllegalArgumentException(
                        "batch of %d bytes has no room for %d more, expected at most %d"
                                .formatted(length, size, EventLog.MAX_FRAME_BYTES));
            }
            int offset = length;
            int needed = length + LENGTH_BYTES + size;
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
            }
            LittleEndian.putInt(bytes, offset, size);
            length = needed;
            count++;
            return offset;
        }

        /// Where the records are collected.
        public byte[] bytes() {
            return bytes;
        }

        /// Whether a record of this size still fits in one frame with those already added.
        public boolean hasRoomFor(int size) {
            return (long) length + LENGTH_BYTES + size <= EventLog.MAX_FRAME_BYTES;
        }

        /// The bytes collected so far.
        public int length() {
            return length;
        }

        /// The records collected so far.
        public int count() {
            return count;
        }

        /// The batch of what was added; the builder is empty afterwards and shares nothing with it.
        public RecordBatch build() {
            RecordBatch batch = new RecordBatch(bytes, length, count);
            bytes = new byte[FIRST_CAPACITY];
            length = 0;
            count = 0;
            return batch;
        }
    }
}
