package io.souverix.twin.engine.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Prints how fast a [SegmentLog] is on the disk of a directory: durable appends, scans, single
/// reads, verification, opening. Run by hand; nothing is asserted.
final class LogSpeed {
    private static final int RECORD_BYTES = 250;
    private static final long BYTES = 1L << 30;

    private LogSpeed() {}

    /// Measures in a new directory below the one that the argument names.
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "log-speed");
        try {
            measure(directory.resolve("small"), 1, 20_000);
            measure(directory.resolve("large"), 1_000, (int) (BYTES / RECORD_BYTES / 1_000));
        } finally {
            delete(directory);
        }
    }

    private static void measure(Path directory, int recordsInFrame, int frames) {
        System.out.printf("%d records of %d bytes in a frame%n", recordsInFrame, RECORD_BYTES);
        List<RecordBatch> batches = List.of(batch(recordsInFrame));
        long[] addresses = new long[frames];
        try (SegmentLog log = SegmentLog.open(directory, SegmentLogOptions.DEFAULT)) {
            long start = System.nanoTime();
            for (int i = 0; i < frames; i++) {
                addresses[i] = log.append(batches, i);
            }
            print("append", start, log.end(), frames);
            for (int round = 0; round < 5; round++) {
                scan(log, frames);
            }
            read(log, addresses);
            start = System.nanoTime();
            log.verify(ProgressListener.SILENT);
            print("verify", start, log.end(), frames);
        }
        long start = System.nanoTime();
        SegmentLog.open(directory, SegmentLogOptions.DEFAULT).close();
        System.out.printf("  open    %8.1f ms%n", (System.nanoTime() - start) / 1e6);
    }

    private static RecordBatch batch(int records) {
        Random random = new Random(1);
        RecordBatch.Builder builder = new RecordBatch.Builder();
        for (int i = 0; i < records; i++) {
            builder.add(Expected.record(random, RECORD_BYTES));
        }
        return builder.build();
    }

    private static void scan(SegmentLog log, int frames) {
        long start = System.nanoTime();
        long[] records = {0};
        log.scan(log.start(), frame -> records[0] += frame.count());
        print("scan", start, log.end(), frames);
        if (records[0] != log.records()) {
            throw new IllegalStateException(records[0] + " records of " + log.records());
        }
    }

    private static void read(SegmentLog log, long[] addresses) {
        int reads = 500_000;
        Random random = new Random(2);
        long start = System.nanoTime();
        for (int i = 0; i < reads; i++) {
            log.read(addresses[random.nextInt(addresses.length)]);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("  read    %8.0f records/s%n", reads / seconds);
    }

    private static void print(String what, long start, long bytes, int frames) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "  %-7s %8.0f MB/s %9.0f frames/s%n",
                what, bytes / seconds / 1e6, frames / seconds);
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
