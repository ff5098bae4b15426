package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What a log should hold: the plain list it is compared with.
final class Expected {
    /// One record with the address it was given.
    record Entry(long address, byte[] bytes) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private long micros = 1_000_000;
    private int dropped;

    List<Entry> entries() {
        return entries;
    }

    /// The values the log's end had, in order.
    List<Long> ends() {
        return ends;
    }

    /// A copy to go on with separately.
    Expected copy() {
        Expected copy = new Expected();
        copy.entries.addAll(entries);
        copy.ends.addAll(ends);
        copy.micros = micros;
        copy.dropped = dropped;
        return copy;
    }

    /// Becomes the other.
    void takeFrom(Expected other) {
        entries.clear();
        entries.addAll(other.entries);
        ends.clear();
        ends.addAll(other.ends);
        micros = other.micros;
        dropped = other.dropped;
    }

    /// Appends random records in random batches to the log, and here once the log has answered.
    void append(EventLog log, Random random, int maxRecordBytes) {
        append(log, batches(random, maxRecordBytes));
    }

    void append(EventLog log, List<RecordBatch> batches) {
        micros += 300_000;
        long address = log.append(batches, micros);
        for (RecordBatch batch : batches) {
            take(batch, address);
            address += batch.length();
        }
        ends.add(log.end());
    }

    /// Lets the time of an append pass that came to nothing.
    void skipTime() {
        micros += 300_000;
    }

    /// Takes an append for made that was never answered, if the log turns out to hold it whole.
    void adopt(List<RecordBatch> batches, List<Entry> found) {
        skipTime();
        long address = found.get(entries.size()).address();
        for (RecordBatch batch : batches) {
            take(batch, address);
            address += batch.length();
        }
    }

    /// Forgets what lies before the start of a log that dropped it.
    void dropBefore(long start) {
        int before = entries.size();
        entries.removeIf(entry -> entry.address() < start);
        dropped += before - entries.size();
    }

    private void take(RecordBatch batch, long address) {
        int at = 0;
        while (at < batch.length()) {
            int size = LittleEndian.getInt(batch.bytes(), at);
            int from = at + RecordBatch.LENGTH_BYTES;
            entries.add(
                    new Entry(address + at, Arrays.copyOfRange(batch.bytes(), from, from + size)));
            at = from + size;
        }
    }

    static List<RecordBatch> batches(Random random, int maxRecordBytes) {
        List<RecordBatch> batches = new ArrayList<>();
        for (int b = random.nextInt(3); b >= 0; b--) {
            RecordBatch.Builder builder = new RecordBatch.Builder();
            for (int r = random.nextInt(5); r >= 0; r--) {
                builder.add(record(random, random.nextInt(maxRecordBytes + 1)));
            }
            batches.add(builder.build());
        }
        return batches;
    }

    static byte[] record(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /// All records of the log from a frame boundary on, as a scan shows them.
    static List<Entry> scanned(EventLog log, long from) {
        List<Entry> found = new ArrayList<>();
        log.scan(from, frame -> addRecords(frame, found));
        return found;
    }

    /// All records that are kept of what the log dropped.
    static List<Entry> scannedKept(EventLog log) {
        List<Entry> found = new ArrayList<>();
        log.scanKept(frame -> addRecords(frame, found));
        return found;
    }

    private static void addRecords(Frame frame, List<Entry> found) {
        int before = found.size();
        int at = 0;
        while (at < frame.length()) {
            int size = LittleEndian.getInt(frame.bytes(), frame.offset() + at);
            int from = frame.offset() + at + RecordBatch.LENGTH_BYTES;
            found.add(
                    new Entry(
                            frame.baseAddress() + at,
                            Arrays.copyOfRange(frame.bytes(), from, from + size)));
            at += RecordBatch.LENGTH_BYTES + size;
        }
        assertThat(found.size() - before).isEqualTo(frame.count());
    }

    /// Holds a log's scan, reads, counts and verification against the list.
    void assertIsIn(EventLog log) {
        assertSame(scanned(log, log.start()), entries);
        for (Entry entry : entries) {
            assertThat(log.read(entry.address())).isEqualTo(entry.bytes());
        }
        assertThat(log.records()).isEqualTo(dropped + entries.size());
        LogCheck check = log.verify(ProgressListener.SILENT);
        assertThat(check.records()).isEqualTo(entries.size() + scannedKept(log).size());
        assertThat(check.end()).isEqualTo(log.end());
    }

    /// Whether both hold the same records at the same addresses.
    static void assertSame(List<Entry> found, List<Entry> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).address()).isEqualTo(expected.get(i).address());
            assertThat(found.get(i).bytes()).isEqualTo(expected.get(i).bytes());
        }
    }
}
