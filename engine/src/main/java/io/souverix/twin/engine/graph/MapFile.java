package io.souverix.twin.engine.graph;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.graph.layout.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The homes of the map's revisions on disk, in the order they came; slots follow from them.
///
/// A file of records: length (4 bytes) and CRC32C (4 bytes) of what follows, both big-endian; then
/// the number of the revision, whether it begins here, since when it holds, and homes. A record that
/// is cut short or damaged ends the reading; the file is kept aside under another name and goes on
/// with what was read. Not thread-safe.
final class MapFile {
    private static final String NAME = "map";
    private static final String DAMAGED = "map.damaged";
    private static final String NEXT = "map.next";
    private static final int HEAD = 8;

    /// How many homes one record holds at most.
    private static final int SLICE = 50_000;

    private final Path directory;

    MapFile(Path directory) {
        this.directory = directory;
    }

    /// Homes that came together.
    ///
    /// @param begins whether the revision is packed with these; of several such in a row, with all
    record Arrival(int revision, boolean begins, long fromMicros, List<Home> homes) {
        Arrival {
            homes = List.copyOf(homes);
        }
    }

    List<Arrival> read() {
        Path file = directory.resolve(NAME);
        List<Arrival> arrivals = new ArrayList<>();
        if (!Files.exists(file)) {
            return arrivals;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            while (bytes.hasRemaining()) {
                int at = bytes.position();
                byte[] record = record(bytes);
                if (record == null) {
                    setAside(file, at, arrivals);
                    break;
                }
                arrivals.add(decoded(record));
            }
            return arrivals;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte @Nullable [] record(ByteBuffer bytes) {
        if (bytes.remaining() < HEAD) {
            return null;
        }
        int length = bytes.getInt();
        int sum = bytes.getInt();
        // Zeros are what a file system shows for space that was never written; they would pass for
        // an
        // empty record.
        if (length <= 0 || length > bytes.remaining()) {
            return null;
        }
        byte[] record = new byte[length];
        bytes.get(record);
        return checksum(record) == sum ? record : null;
    }

    private void setAside(Path file, int at, List<Arrival> readable) throws IOException {
        System.getLogger(MapFile.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "{0} is damaged at byte {1}; it is kept as {2}, and the map goes on with what"
                                + " stands before",
                        file,
                        at,
                        DAMAGED);
        Files.copy(file, directory.resolve(DAMAGED), StandardCopyOption.REPLACE_EXISTING);
        replace(readable);
    }

    private static Arrival decoded(byte[] record) {
        StateReader in = new StateReader(record, Sharing.NONE);
        int revision = (int) in.number();
        boolean begins = in.truth();
        long from = in.fixed();
        return new Arrival(revision, begins, from, in.list(Home::read));
    }

    private static int checksum(byte[] record) {
        CRC32C sum = new CRC32C();
        sum.update(record);
        return (int) sum.getValue();
    }

    /// Writes arrivals behind what is there; they are durable when this returns.
    void append(Arrival arrival) {
        write(directory.resolve(NAME), List.of(arrival), StandardOpenOption.APPEND);
    }

    /// Writes the file anew.
    void replace(List<Arrival> all) {
        Path next = directory.resolve(NEXT);
        write(next, all, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            Files.move(next, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
            syncDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, List<Arrival> arrivals, StandardOpenOption how) {
        try {
            Files.createDirectories(directory);
            try (FileChannel channel =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
                for (Arrival arrival : arrivals) {
                    for (Arrival slice : sliced(arrival)) {
                        ByteBuffer bytes = encoded(slice);
                        while (bytes.hasRemaining()) {
                            channel.write(bytes);
                        }
                    }
                }
                channel.force(true);
            }
            syncDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes the files' names durable.
    private void syncDirectory() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static List<Arrival> sliced(Arrival arrival) {
        List<Arrival> slices = new ArrayList<>();
        int size = arrival.homes().size();
        if (size == 0 && arrival.begins()) {
            slices.add(arrival);
        }
        for (int at = 0; at < size; at += SLICE) {
            slices.add(
                    new Arrival(
                            arrival.revision(),
                            arrival.begins(),
                            arrival.fromMicros(),
                            arrival.homes().subList(at, Math.min(size, at + SLICE))));
        }
        return slices;
    }

    private static ByteBuffer encoded(Arrival arrival) {
        StateWriter out = new StateWriter();
        out.number(arrival.revision()).truth(arrival.begins()).fixed(arrival.fromMicros());
        out.list(arrival.homes(), Home::write);
        byte[] record = out.toByteArray();
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + record.length);
        return bytes.putInt(record.length).putInt(checksum(record)).put(record).flip();
    }
}
