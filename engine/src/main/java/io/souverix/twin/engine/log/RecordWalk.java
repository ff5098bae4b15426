package io.souverix.twin.engine.log;

/// Steps over records that lie back to back.
final class RecordWalk {
    private RecordWalk() {}

    /// How many records the range holds, or -1 if they do not fill it exactly or one is longer than
    /// [EventLog#MAX_RECORD_BYTES].
    static int count(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        int count = 0;
        while (at < end) {
            if (end - at < RecordBatch.LENGTH_BYTES) {
                return -1;
            }
            int size = LittleEndian.getInt(bytes, at);
            if (size < 0
                    || size > EventLog.MAX_RECORD_BYTES
                    || size > end - at - RecordBatch.LENGTH_BYTES) {
                return -1;
            }
            at += RecordBatch.LENGTH_BYTES + size;
            count++;
        }
        return count;
    }
}
