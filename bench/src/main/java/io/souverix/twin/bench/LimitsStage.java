package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventCodec;
import io.souverix.twin.core.event.EventReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/// The limits: the same events, encoded, appended bare in frames of 1,000 with one sync each, to a
/// file and to RocksDB; and what reading them alone costs.
final class LimitsStage implements Stage {
    private static final int FRAME = 1_000;

    /// So many events are enough: nothing here depends on how many came before.
    private static final int MOST_EVENTS = 500_000;

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.FILE.key(), Row.ROCKS.key(), Row.PARSE.key(), Row.DECODE.key());
    }

    @Override
    public boolean needsFleet() {
        return false;
    }

    @Override
    public void run(Bench bench) throws Exception {
        int rounds = bench.runs() + 1;
        double[][] rates = new double[4][rounds];
        for (int round = 0; round < rounds; round++) {
            bench.say("round " + (round + 1) + " of " + rounds);
            List<Event> events;
            Stopwatch parse = Stopwatch.ofThisProcess();
            try (Load.Lines lines = bench.load().lines()) {
                parse.start();
                events = lines.events(new EventReader(), MOST_EVENTS);
                rates[0][round] = parse.stop().perSecond(events.size());
            }
            byte[][] frames = frames(events);
            rates[1][round] = decode(events);
            int count = events.size();
            try (Scratch scratch = bench.scratch()) {
                rates[2][round] = count / Stopwatch.seconds(() -> append(scratch.path(), frames));
            }
            try (Scratch scratch = bench.scratch()) {
                rates[3][round] = count / Stopwatch.seconds(() -> put(scratch.path(), frames));
            }
        }
        Row[] rows = {Row.PARSE, Row.DECODE, Row.FILE, Row.ROCKS};
        for (int i = 0; i < rows.length; i++) {
            double[] warm = java.util.Arrays.copyOfRange(rates[i], 1, rounds);
            bench.report(Figure.of(rows[i], bench.size(), warm).cold(rates[i][0]));
        }
    }

    private static double decode(List<Event> events) throws Exception {
        EventCodec codec = new EventCodec();
        byte[][] encoded = new byte[events.size()][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = new byte[EventCodec.encodedLength(events.get(i))];
            var _ = EventCodec.encode(events.get(i), encoded[i], 0);
        }
        double seconds =
                Stopwatch.seconds(() -> {
                    for (byte[] bytes : encoded) {
                        var _ = codec.decode(bytes, 0, bytes.length);
                    }
                });
        return encoded.length / seconds;
    }

    private static byte[][] frames(List<Event> events) {
        byte[][] frames = new byte[(events.size() + FRAME - 1) / FRAME][];
        for (int f = 0; f < frames.length; f++) {
            List<Event> part = events.subList(f * FRAME, Math.min(events.size(), (f + 1) * FRAME));
            int length = part.stream().mapToInt(EventCodec::encodedLength).sum();
            frames[f] = new byte[length];
            int at = 0;
            for (Event event : part) {
                at = EventCodec.encode(event, frames[f], at);
            }
        }
        return frames;
    }

    private static void append(Path directory, byte[][] frames) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        directory.resolve("frames"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            for (byte[] frame : frames) {
                ByteBuffer bytes = ByteBuffer.wrap(frame);
                while (bytes.hasRemaining()) {
                    var _ = channel.write(bytes);
                }
                channel.force(false);
            }
        }
    }

    private static void put(Path directory, byte[][] frames) throws RocksDBException {
        try (Options options = new Options().setCreateIfMissing(true);
                WriteOptions synced = new WriteOptions().setSync(true);
                RocksDB database = RocksDB.open(options, directory.toString())) {
            for (int i = 0; i < frames.length; i++) {
                database.put(synced, ByteBuffer.allocate(8).putLong(i).array(), frames[i]);
            }
        }
    }
}
