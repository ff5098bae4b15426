package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.simulator.FleetSimulation;
import io.souverix.twin.simulator.Scenario;
import io.souverix.twin.simulator.SimulatedEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The events that are sent: the simulator's, as lines in a file, so that a load of any size takes no
/// memory. The fleet's life ends a little before it is written, so that twins are fresh.
///
/// @param file one event a line
/// @param ids of some of its nodes, each once
/// @param first when the service first hears of it; `last` when it hears the last of it
public record Load(Path file, List<String> ids, Instant first, Instant last) {
    /// How many ids are kept.
    static final int MOST_IDS = 50_000;

    private static final long SEED = 42;
    private static final int BUFFER_BYTES = 1 << 20;

    /// The life of a load takes about 70 minutes.
    private static final Duration LIFE = Duration.ofMinutes(75);

    public Load {
        ids = List.copyOf(ids);
    }

    /// Writes the load of a size into a directory, unless a recent one is there.
    static Load prepare(Path directory, Size size) throws IOException {
        Path file = file(directory, size);
        Path about = about(directory, size);
        if (!Files.exists(about)) {
            write(file, about, size);
        }
        List<String> lines = Files.readAllLines(about);
        return new Load(
                file,
                lines.subList(2, lines.size()),
                Instant.parse(lines.get(0)),
                Instant.parse(lines.get(1)));
    }

    private static Path file(Path directory, Size size) {
        return directory.resolve("load-%d-%d.ndjson".formatted(size.nodes(), size.events()));
    }

    /// What is known of a load that was written whole.
    static Path about(Path directory, Size size) {
        return directory.resolve(file(directory, size).getFileName() + ".about");
    }

    private static void write(Path file, Path about, Size size) throws IOException {
        Instant start = Instant.now().minus(LIFE);
        Scenario scenario =
                Scenario.of(size.nodes(), SEED).holding(size.events()).startingAt(start);
        FleetSimulation simulation = new FleetSimulation(scenario);
        List<String> ids = new ArrayList<>();
        // The first to be heard of is the first of its zone; every so many are of all zones.
        int stride = Math.max(1, size.nodes() / MOST_IDS);
        int registered = 0;
        Instant last = start;
        long written = 0;
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            for (SimulatedEvent event = simulation.next();
                    event != null && written < size.events();
                    event = simulation.next()) {
                out.write(event.json());
                out.write('\n');
                written++;
                last = event.deliveredAt();
                if (isFirstOfNode(event) && registered++ % stride == 0 && ids.size() < MOST_IDS) {
                    ids.add(event.subject());
                }
            }
        }
        if (written < size.events() || last.isAfter(Instant.now())) {
            throw new IllegalStateException(
                    "the simulation gave %,d events up to %s, expected %,d before now"
                            .formatted(written, last, size.events()));
        }
        List<String> lines = new ArrayList<>(List.of(start.toString(), last.toString()));
        lines.addAll(ids);
        Files.write(about, lines);
    }

    private static boolean isFirstOfNode(SimulatedEvent event) {
        byte[] json = event.json();
        return contains(json, "\"provisioning_completed\"");
    }

    private static boolean contains(byte[] json, String word) {
        outer:
        for (int at = 0; at + word.length() <= json.length; at++) {
            for (int i = 0; i < word.length(); i++) {
                if (json[at + i] != word.charAt(i)) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }

    /// An instant of the fleet's life: 0 is its beginning, 1 its end.
    Instant instant(double share) {
        return first.plusNanos((long) (Duration.between(first, last).toNanos() * share));
    }

    /// The lines of the file, a part at a time.
    public Lines lines() throws IOException {
        return new Lines(Files.newInputStream(file));
    }

    /// Goes through lines without keeping them. For one thread.
    public static final class Lines implements AutoCloseable {
        private final InputStream in;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private int from;
        private int to;

        private Lines(InputStream in) {
            this.in = in;
        }

        /// What is done with a line: bytes of a buffer that is used again.
        @FunctionalInterface
        public interface Visitor {
            void line(byte[] bytes, int offset, int length);
        }

        /// Shows the next lines; answers how many there were.
        public int next(int most, Visitor visitor) throws IOException {
            for (int shown = 0; shown < most; shown++) {
                int end = lineFeed();
                if (end < 0) {
                    return shown;
                }
                visitor.line(buffer, from, end - from);
                from = end + 1;
            }
            return most;
        }

        /// The next events; fewer than `most` only at the end.
        List<Event> events(EventReader reader, int most) throws IOException {
            List<Event> events = new ArrayList<>(most);
            var _ = next(most, (bytes, at, length) -> events.add(read(reader, bytes, at, length)));
            return events;
        }

        private int lineFeed() throws IOException {
            int at = from;
            while (true) {
                for (; at < to; at++) {
                    if (buffer[at] == '\n') {
                        return at;
                    }
                }
                System.arraycopy(buffer, from, buffer, 0, to - from);
                at -= from;
                to -= from;
                from = 0;
                int read = in.read(buffer, to, buffer.length - to);
                if (read <= 0) {
                    return -1;
                }
                to += read;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /// Reads an event that is known to be valid.
    static Event read(EventReader reader, byte[] bytes, int offset, int length) {
        return switch (reader.readNative(bytes, offset, length)) {
            case EventReader.Result.Accepted(Event event) -> event;
            case EventReader.Result.Refused(var rejection) ->
                    throw new IllegalStateException("the bench made " + rejection);
        };
    }
}
