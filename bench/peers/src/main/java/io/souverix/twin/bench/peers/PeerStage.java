package io.souverix.twin.bench.peers;

import io.souverix.twin.bench.Bench;
import io.souverix.twin.bench.Figure;
import io.souverix.twin.bench.Goal;
import io.souverix.twin.bench.Load;
import io.souverix.twin.bench.Scratch;
import io.souverix.twin.bench.Stage;
import io.souverix.twin.bench.Stopwatch;
import io.souverix.twin.core.event.EventReader;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// One peer doing the job with the events of the load, once cold and once warm, each time in a fresh
/// place; its results are checked against plain maps. Batches of 1,000, events in memory beforehand.
public abstract class PeerStage implements Stage {
    static final String INGEST = "peer-ingest";
    static final String REPLAY = "peer-replay";
    static final String READ = "peer-read";
    static final String COUNT = "peer-count";

    private static final int BATCH = 1_000;
    private static final int READS = 5_000;
    private static final int COUNTS = 100;

    /// A tenth is sent twice.
    private static final int AGAIN = 10;

    private final String word;
    private final String title;
    private final int mostEvents;

    /// @param mostEvents how many events are enough for its pace
    PeerStage(String word, String title, int mostEvents) {
        this.word = word;
        this.title = title;
        this.mostEvents = mostEvents;
    }

    @Override
    public String name() {
        return "peer-" + word;
    }

    @Override
    public Set<String> rows() {
        return Set.of(INGEST, REPLAY, READ, COUNT);
    }

    @Override
    public boolean needsFleet() {
        return false;
    }

    /// Why it cannot run here and how to get what it lacks; null where it can.
    @Nullable String missing() {
        return null;
    }

    /// Begins from nothing.
    abstract Peer start(Path directory) throws Exception;

    @Override
    public void run(Bench bench) throws Exception {
        String missing = missing();
        if (missing != null) {
            System.err.println("  (" + title + " is left out: " + missing + ")");
            return;
        }
        List<PeerEvent> events = events(bench.load(), bench.quick() ? mostEvents / 4 : mostEvents);
        Expected expected = Expected.of(events);
        double[][] figures = new double[2][];
        for (int round = 0; round < figures.length; round++) {
            bench.say("round " + (round + 1) + " of " + figures.length);
            try (Scratch scratch = bench.scratch()) {
                Peer peer = start(scratch.path());
                try {
                    figures[round] = round(peer, events, expected);
                } finally {
                    peer.close();
                }
            }
        }
        String[] keys = {INGEST, REPLAY, READ, COUNT};
        String[] whats = {
            "the same job: durable ingest, batches of 1,000",
            "the same job: replay",
            "the same job: read the state of a node, one thread",
            "the same job: counts a state"
        };
        String[] units = {"events/s", "events/s", "reads/s", "ms"};
        for (int i = 0; i < keys.length; i++) {
            bench.report(
                    new Figure(
                            keys[i],
                            whats[i],
                            title,
                            units[i],
                            bench.size().nodes(),
                            events.size(),
                            figures[0][i],
                            new double[] {figures[1][i]},
                            Double.NaN,
                            Goal.NONE));
        }
    }

    private static double[] round(Peer peer, List<PeerEvent> events, Expected expected)
            throws Exception {
        int count = events.size();
        double ingest =
                count
                        / Stopwatch.seconds(() -> {
                            append(peer, events);
                            peer.settle();
                        });
        expected.check("after the ingest", peer);
        append(peer, events.subList(0, count / AGAIN));
        peer.settle();
        expected.check("after duplicates", peer);
        double replay = count / Stopwatch.seconds(peer::replay);
        expected.check("after the replay", peer);
        List<String> nodes = expected.nodes();
        Random random = new Random(1);
        double reads =
                READS
                        / Stopwatch.seconds(() -> {
                            for (int i = 0; i < READS; i++) {
                                String node = nodes.get(random.nextInt(nodes.size()));
                                expected.checkState(node, peer.state(node));
                            }
                        });
        double counts =
                Stopwatch.seconds(() -> {
                    for (int i = 0; i < COUNTS; i++) {
                        var _ = peer.counts();
                    }
                })
                        * 1_000
                        / COUNTS;
        return new double[] {ingest, replay, reads, counts};
    }

    private static void append(Peer peer, List<PeerEvent> events) throws Exception {
        for (int at = 0; at < events.size(); at += BATCH) {
            peer.append(events.subList(at, Math.min(events.size(), at + BATCH)));
        }
    }

    private static List<PeerEvent> events(Load load, int most) throws Exception {
        List<PeerEvent> events = new ArrayList<>(most);
        EventReader reader = new EventReader();
        try (Load.Lines lines = load.lines()) {
            var _ =
                    lines.next(
                            most,
                            (bytes, at, length) -> {
                                PeerEvent event = PeerEvent.read(reader, bytes, at, length);
                                if (event != null) {
                                    events.add(event);
                                }
                            });
        }
        return events;
    }
}
