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
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/// The limits: the same events, encoded, appended bare in frames of 1,000 with one sync each, to a
/// file and to RocksDB; and what reading them alone costs.
final class LimitsBench {
    private static final int FRAME = 1_000;

    private final Settings settings;
    private final Load load;
    private final Report report;

    LimitsBench(Settings settings, Load load, Report report) {
        this.settings = settings;
        this.load = load;
        this.report = report;
    }

    void run() throws IOException, RocksDBException {
        double[] parse = new double[settings.runs()];
        double[] decode = new double[settings.runs()];
        double[] file = new double[settings.runs()];
        double[] rocks = new double[settings.runs()];
        for (int i = 0; i < settings.runs(); i++) {
            EventReader reader = new EventReader();
            parse[i] =
                    Timing.perSecond(
                            load.lines().size(),
                            () -> load.lines().forEach(line -> Load.event(reader, line)));
            List<Event> events = load.events();
            byte[][] frames = frames(events);
            decode[i] = decode(events);
            try (Scratch scratch = new Scratch(settings.directory())) {
                file[i] = Timing.perSecond(events.size(), () -> append(scratch.path(), frames));
            }
            try (Scratch scratch = new Scratch(settings.directory())) {
                rocks[i] = Timing.perSecond(events.size(), () -> put(scratch.path(), frames));
            }
        }
        report.row("read events from JSON lines, one thread", "events/s", parse);
        report.row("decode events from the log's form, one thread", "events/s", decode);
        report.row("limit: bare file, frames of 1,000, fdatasync each", "events/s", file);
        report.row("limit: bare RocksDB, frames of 1,000, synced each", "events/s", rocks);
    }

    private static double decode(List<Event> events) throws IOException, RocksDBException {
        EventCodec codec = new EventCodec();
        byte[][] encoded = new byte[events.size()][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = new byte[EventCodec.encodedLength(events.get(i))];
            var _ = EventCodec.encode(events.get(i), encoded[i], 0);
        }
        return Timing.perSecond(
                encoded.length,
                () -> {
                    for (byte[] bytes : encoded) {
                        var _ = codec.decode(bytes, 0, bytes.length);
                    }
                });
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
