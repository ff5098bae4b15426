package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.PlainJson;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed with -9 while it acknowledges, again and again: every acknowledged event is
/// there, once, and in the end the fleet is the judge's. `-Dseed=N`, `-Dkills=N`.
final class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 8);

    @Test
    void what_was_acknowledged_before_a_kill_is_there_once(@TempDir Path directory)
            throws Exception {
        ((Trial) KillTest::kill).several("KillTest", 1, directory);
    }

    static void kill(long seed, Path directory) throws IOException, InterruptedException {
        new Case(seed).run(directory.resolve("data"));
    }

    private static final class Case {
        private final long seed;
        private final Random random;
        private final List<String> lines;
        private final List<List<String>> batches;
        private final Set<EventHash> acknowledged = new HashSet<>();

        Case(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.lines = Histories.events(seed);
            this.batches = Histories.delivery(lines, seed);
        }

        void run(Path directory) throws IOException, InterruptedException {
            int next = 0;
            for (int kill = 0; kill < KILLS && next < batches.size(); kill++) {
                next = runAndKill(directory, next);
                requireAcknowledged(directory);
                next = Math.max(0, next - random.nextInt(3));
            }
            try (TwinEngine engine = open(directory)) {
                for (List<String> batch : batches) {
                    var _ = Lines.append(engine, batch);
                }
                assertThat(engine.status().digest())
                        .isEqualTo(sum(Set.copyOf(hashes(lines))).hex());
                assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
                new JudgedFleet(
                                new Judge(
                                        lines.stream().map(PlainJson::readObject).toList(),
                                        Histories.rules(seed)),
                                "seed " + seed)
                        .requireAgreement(engine, Histories.present(lines, seed));
            }
        }

        private TwinEngine open(Path directory) {
            return TwinEngine.open(
                    directory, KillChild.options(seed, lines), TwinEngine.Progress.SILENT);
        }

        /// Lets a child append from a batch on, kills it, and gives the batch after the last acknowledged.
        private int runAndKill(Path directory, int from) throws IOException, InterruptedException {
            int last = from - 1;
            boolean duringOpening = random.nextInt(5) == 0;
            int patience = 1 + random.nextInt(Math.max(1, batches.size() / KILLS));
            try (Child child =
                    Child.start(
                            directory,
                            KillChild.class,
                            directory.toString(),
                            Long.toString(seed),
                            Integer.toString(from))) {
                if (duringOpening) {
                    Thread.sleep(random.nextInt(600));
                } else {
                    for (String line = child.out().readLine();
                            line != null && !line.equals("DONE") && last - from + 1 < patience;
                            line = child.out().readLine()) {
                        last = acknowledge(line, last);
                    }
                }
                child.kill();
                for (String line = child.out().readLine();
                        line != null;
                        line = child.out().readLine()) {
                    last = acknowledge(line, last);
                }
            }
            return last + 1;
        }

        private int acknowledge(String line, int last) {
            if (line.equals("OPEN") || line.equals("DONE")) {
                return last;
            }
            int batch = Integer.parseInt(line);
            acknowledged.addAll(hashes(batches.get(batch)));
            return batch;
        }

        private static List<EventHash> hashes(List<String> some) {
            return Lines.events(some).stream().map(Event::hash).toList();
        }

        private static EventHash sum(Set<EventHash> hashes) {
            return hashes.stream().reduce(EventHash.ZERO, EventHash::plus);
        }

        private void requireAcknowledged(Path directory) {
            try (TwinEngine engine = open(directory)) {
                List<EventHash> found = new ArrayList<>();
                Set<String> nodes = new HashSet<>();
                for (Event event : Lines.events(lines)) {
                    if (event.subject().kind() == Subject.Kind.NODE
                            && nodes.add(event.subject().id())) {
                        found.addAll(historyOf(engine, event.subject().id()));
                    }
                }
                assertThat(found).as("once, seed " + seed).doesNotHaveDuplicates();
                for (Event event : Lines.events(lines)) {
                    if (event.subject().kind() == Subject.Kind.NODE
                            && acknowledged.contains(event.hash())) {
                        assertThat(found).as("seed " + seed).contains(event.hash());
                    }
                }
                assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
            }
        }

        private static List<EventHash> historyOf(TwinEngine engine, String node) {
            List<EventHash> hashes = new ArrayList<>();
            String cursor = null;
            do {
                Optional<EventsQuery.Page> page =
                        engine.events(
                                node,
                                new EventsQuery(
                                        Long.MIN_VALUE,
                                        Long.MAX_VALUE,
                                        List.of(),
                                        false,
                                        7,
                                        AsOf.PRESENT,
                                        cursor));
                page.ifPresent(p -> p.events().forEach(s -> hashes.add(s.event().hash())));
                cursor = page.map(EventsQuery.Page::nextCursor).orElse(null);
            } while (cursor != null);
            return hashes;
        }
    }
}
