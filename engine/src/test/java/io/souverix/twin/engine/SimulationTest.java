package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.PlainJson;
import io.souverix.twin.engine.log.CorruptLogException;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.log.SimulatedDisk;
import io.souverix.twin.engine.log.SimulatedDisk.Fault;
import io.souverix.twin.engine.log.SimulatedDisk.Operation;
import io.souverix.twin.engine.log.SimulatedLog;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lives of an engine whose clock and disk are the test's: the clock stands, jumps and goes back, any
/// operation of the disk may fail, be cut short or be the last one, syncs may lie, and the power may go
/// at any moment, while what is derived is as the crash left it, older, or gone. Whatever happens,
/// every acknowledged event is there, once; what was not answered is there as a whole or not at all; and
/// the fleet is that of the events that are there. Where the disk has lost what it said was durable,
/// the engine refuses to open. `-Dseed=N` runs one case, `-Dcases=N` so many.
final class SimulationTest {
    private static final int CASES = Integer.getInteger("cases", 25);
    private static final int LIVES = 5;
    private static final int JUDGED_ONE_IN = 10;
    private static final List<Fault> FAULTS =
            List.of(Fault.FAIL, Fault.SHORT, Fault.HALF, Fault.DIE, Fault.DIE_LATE);

    @Test
    void whatever_the_disk_does_nothing_acknowledged_is_lost(@TempDir Path directory)
            throws Exception {
        ((Trial) SimulationTest::simulate).several("SimulationTest", CASES, directory);
    }

    static void simulate(long seed, Path directory) throws IOException, InterruptedException {
        new Lives(seed, directory).run();
    }

    private static final class Lives {
        private final long seed;
        private final Path directory;
        private final Random random;
        private final SimulatedDisk disk = new SimulatedDisk();
        private final JudgeRules rules;
        private final List<String> lines;
        private final List<List<Event>> batches = new ArrayList<>();
        private final Set<EventHash> acknowledged = new HashSet<>();
        private final Map<Path, Set<EventHash>> checkpointed = new HashMap<>();
        private List<List<Event>> unanswered = new ArrayList<>();
        private Path home;
        private int homes;
        private volatile Instant now;
        private volatile boolean faulted;

        Lives(long seed, Path directory) {
            this.seed = seed;
            this.directory = directory;
            this.random = new Random(seed);
            this.rules = Histories.rules(seed);
            this.lines = Histories.events(seed);
            this.now = Histories.present(lines, seed);
            this.home = directory.resolve("home-0");
            Histories.delivery(lines, seed).forEach(batch -> batches.add(Lines.events(batch)));
        }

        void run() throws IOException, InterruptedException {
            for (int life = 0; life < LIVES; life++) {
                DiskNature nature = DiskNature.draw(random);
                Path derived = live(nature);
                boolean power = random.nextInt(3) == 0 || nature.lies();
                if (power) {
                    disk.losePower(random);
                } else {
                    disk.kill();
                }
                home = derived;
                if (!meet(nature)) {
                    return;
                }
            }
            settle();
        }

        private void let(DiskNature nature) {
            int at = random.nextInt(150);
            Fault one =
                    random.nextInt(4) == 0 ? Fault.NONE : FAULTS.get(random.nextInt(FAULTS.size()));
            int[] operations = {0};
            faulted = false;
            disk.faults((operation, file) -> {
                if (operation == Operation.READ) {
                    return Fault.NONE;
                }
                Fault fault = nature.fault(operation, file, operations[0]++ - at, one);
                faulted |= fault != Fault.NONE && fault != Fault.LIE;
                return fault;
            });
        }

        private EngineOptions options() {
            return EngineOptions.defaults()
                    .withRules(JudgedRules.of(rules))
                    .withClock(() -> now)
                    .withShards(1 + random.nextInt(3))
                    .withCheckpoints(Long.MAX_VALUE, random.nextInt(3) == 0);
        }

        private TwinEngine open() {
            return TwinEngine.over(
                    SimulatedLog.open(disk), home, options(), TwinEngine.Progress.SILENT);
        }

        /// Lives until the end of the process; gives the directory that the next one finds.
        private Path live(DiskNature nature) throws IOException, InterruptedException {
            let(nature);
            TwinEngine engine;
            try {
                engine = open();
            } catch (SimulatedDisk.Death | LogException e) {
                requireFaulted(e);
                return home;
            }
            Path older = null;
            int steps = 1 + random.nextInt(Math.max(1, batches.size() / LIVES));
            for (int i = 0; i < steps && take(engine); i++) {
                now = now.plusMillis(passing());
                if (random.nextInt(8) == 0) {
                    engine.checkpoint();
                    checkpointed.put(home, Set.copyOf(acknowledged));
                    older = older == null && random.nextBoolean() ? kept() : older;
                }
            }
            return end(engine, older);
        }

        private long passing() {
            return switch (random.nextInt(6)) {
                case 0 -> -random.nextInt(5_000);
                case 1 -> 3_600_000L * random.nextInt(20);
                case 2, 3 -> 0;
                default -> random.nextInt(2_000);
            };
        }

        private void requireFaulted(RuntimeException e) {
            boolean corrupt = e instanceof CorruptLogException;
            if (!faulted || corrupt) {
                throw e;
            }
        }

        /// A batch that is under way.
        private record Sent(List<Event> batch, CompletableFuture<Appended> answer) {}

        /// Appends one to four batches at the same time; false where the engine takes no more.
        private boolean take(TwinEngine engine) throws InterruptedException {
            int together = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
            List<Sent> sent = new ArrayList<>();
            boolean refused = false;
            for (int i = 0; i < together; i++) {
                List<Event> batch = batches.get(random.nextInt(batches.size()));
                try {
                    sent.add(new Sent(batch, engine.append(batch)));
                } catch (AppendRefused e) {
                    assertThat(e.reason()).isEqualTo(AppendRefused.Reason.UNAVAILABLE);
                    refused = true;
                }
            }
            for (Sent each : sent) {
                try {
                    var _ = each.answer().get();
                    each.batch().forEach(event -> acknowledged.add(event.hash()));
                } catch (ExecutionException e) {
                    refused = true;
                    unanswered.add(each.batch());
                }
            }
            if (refused && !faulted) {
                throw new AssertionError("refused without a fault, seed " + seed);
            }
            return !refused;
        }

        /// Ends the process: in order, or as a crash does, which leaves what is derived as it is.
        private Path end(TwinEngine engine, @Nullable Path older) throws IOException {
            if (random.nextInt(4) == 0) {
                closed(engine);
                return home;
            }
            Path left =
                    switch (random.nextInt(8)) {
                        case 0 -> directory.resolve("home-" + ++homes);
                        case 1 -> older == null ? kept() : older;
                        default -> kept();
                    };
            disk.kill();
            closed(engine);
            return left;
        }

        private static void closed(TwinEngine engine) {
            try {
                engine.close();
            } catch (SimulatedDisk.Death | LogException _) {
                // The process is gone; nobody is told.
            }
        }

        /// A copy of what is derived as it lies there now. The store may be tidying up meanwhile:
        /// then once more.
        private Path kept() throws IOException {
            while (true) {
                Path copy = directory.resolve("home-" + ++homes);
                try {
                    DataCopies.copy(home, copy);
                    checkpointed.put(copy, checkpointed.getOrDefault(home, Set.of()));
                    return copy;
                } catch (NoSuchFileException _) {
                    // again
                }
            }
        }

        /// What is there after a crash is what was acknowledged, and of what was not answered some,
        /// each as a whole. False where the disk lied, so that it rightly is not.
        private boolean meet(DiskNature nature) {
            try (TwinEngine engine = open()) {
                String digest = engine.status().digest();
                if (adopt(digest)) {
                    requireHistories(engine);
                    assertThat(engine.verify(TwinEngine.Progress.SILENT).differences())
                            .as("seed " + seed)
                            .isEmpty();
                    return true;
                }
                // The head too is not yet synced: then nothing but a checkpoint can tell.
                boolean untold = nature.lies() && hasAllCheckpointed(engine);
                if (!untold) {
                    throw new AssertionError(
                            "seed %d, %s: found %d events, expected %d acknowledged and some of %d batches"
                                    .formatted(
                                            seed,
                                            nature,
                                            engine.status().events(),
                                            acknowledged.size(),
                                            unanswered.size()));
                }
                return false;
            } catch (CorruptLogException | LostEventsException e) {
                if (nature.lies()) {
                    return false;
                }
                throw e;
            }
        }

        private boolean hasAllCheckpointed(TwinEngine engine) {
            Set<EventHash> there = found(engine);
            return nodeEvents(checkpointed.getOrDefault(home, Set.of())).stream()
                    .allMatch(there::contains);
        }

        private boolean adopt(String digest) {
            for (int subset = 0; subset < 1 << unanswered.size(); subset++) {
                Set<EventHash> there = new HashSet<>(acknowledged);
                for (int i = 0; i < unanswered.size(); i++) {
                    if ((subset >> i & 1) == 1) {
                        unanswered.get(i).forEach(event -> there.add(event.hash()));
                    }
                }
                EventHash sum = there.stream().reduce(EventHash.ZERO, EventHash::plus);
                if (sum.hex().equals(digest)) {
                    acknowledged.addAll(there);
                    unanswered = new ArrayList<>();
                    return true;
                }
            }
            return false;
        }

        private void requireHistories(TwinEngine engine) {
            assertThat(found(engine)).as("seed " + seed).isEqualTo(nodeEvents(acknowledged));
        }

        /// The events of all nodes, of which none comes twice.
        private Set<EventHash> found(TwinEngine engine) {
            Set<EventHash> found = new HashSet<>();
            for (String node : Answers.nodes(engine)) {
                for (EventsQuery.Stored stored : Answers.history(engine, node)) {
                    assertThat(found.add(stored.event().hash())).as("once, seed " + seed).isTrue();
                }
            }
            return found;
        }

        private Set<EventHash> nodeEvents(Set<EventHash> some) {
            Set<EventHash> ofNodes = new HashSet<>();
            for (List<Event> batch : batches) {
                for (Event event : batch) {
                    if (event.subject().kind() == Subject.Kind.NODE
                            && some.contains(event.hash())) {
                        ofNodes.add(event.hash());
                    }
                }
            }
            return ofNodes;
        }

        /// All is told in the end, and the fleet is the one of an engine that never failed; now and
        /// then the judge looks at it too, who is slow.
        private void settle() {
            disk.faults((_, _) -> Fault.NONE);
            now = Histories.present(lines, seed).plus(Duration.ofMinutes(random.nextInt(60)));
            try (TwinEngine engine = open();
                    TwinEngine unharmed = TwinEngine.inMemory(options())) {
                for (List<Event> batch : batches) {
                    append(engine, batch);
                    append(unharmed, batch);
                }
                Answers.requireSame(Answers.of(engine), Answers.of(unharmed), "seed " + seed);
                if (random.nextInt(JUDGED_ONE_IN) == 0) {
                    new JudgedFleet(
                                    new Judge(
                                            lines.stream().map(PlainJson::readObject).toList(),
                                            rules),
                                    "seed " + seed)
                            .requireAgreement(engine, now);
                }
            }
        }

        private static void append(TwinEngine engine, List<Event> batch) {
            try {
                var _ = engine.append(batch).get();
            } catch (AppendRefused | ExecutionException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
