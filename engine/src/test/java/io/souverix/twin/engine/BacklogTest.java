package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node returns and tells what happened while it was away, after newer events are there already:
/// the same fleet as if all had come in time, and work in proportion. `-Dseed=N`, `-Dbacklog=N`.
final class BacklogTest {
    private static final int BACKLOG = Integer.getInteger("backlog", 20_000);
    private static final int BATCH = 1_000;
    private static final int NEWER = 200;
    private static final String NODE = "n-away";
    private static final List<String> STATES =
            List.of("live", "delayed", "edge-cached", "autonomous", "disconnected");

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);
    private final EngineOptions options =
            EngineOptions.defaults()
                    .withShards(2)
                    .withClock(InstantSource.fixed(Facts.START.plus(Duration.ofDays(30))))
                    .withCheckpoints(Long.MAX_VALUE, false)
                    .withTwinBytes(1);

    @BeforeEach
    void sayTheSeed() {
        System.out.println("BacklogTest seed " + seed);
    }

    /// What the node tells of so many moments, a few of them at the same one.
    private List<String> told(String prefix, int count, int fromSecond) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = prefix + i;
            int second = fromSecond + i / 3 * 2;
            lines.add(
                    switch (random.nextInt(6)) {
                        case 0, 1 -> Facts.state(NODE, id, second, STATES.get(random.nextInt(5)));
                        case 2 ->
                                Facts.node(
                                        NODE,
                                        id,
                                        second,
                                        "actual_state_reported",
                                        "{'config_changes':{'a.b%d':%d}}"
                                                .formatted(i % 7, random.nextInt(3)));
                        case 3 ->
                                Facts.node(
                                        NODE,
                                        id,
                                        second,
                                        "desired_state_changed",
                                        "{'config_changes':{'a.b%d':%d}}"
                                                .formatted(i % 5, random.nextInt(3)));
                        case 4 -> Facts.node(NODE, id, second, "sync_completed", "{}");
                        default -> Facts.heartbeat(NODE, id, second);
                    });
        }
        return lines;
    }

    private static List<List<String>> batches(List<String> lines) {
        List<List<String>> batches = new ArrayList<>();
        for (int at = 0; at < lines.size(); at += BATCH) {
            batches.add(lines.subList(at, Math.min(lines.size(), at + BATCH)));
        }
        return batches;
    }

    /// The answers of an engine that was told everything in time.
    private List<String> inTime(List<String> sorted) {
        try (TwinEngine engine = TwinEngine.inMemory(options)) {
            for (List<String> batch : batches(sorted)) {
                assertThat(Lines.append(engine, batch).late()).isZero();
            }
            return Answers.of(engine);
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    @Test
    void a_late_backlog_gives_the_same_fleet_with_checkpoints_and_duplicates(
            @TempDir Path directory) {
        List<String> backlog = told("late-", BACKLOG, 0);
        List<String> newer = told("new-", NEWER, BACKLOG);
        List<String> expected = inTime(joined(backlog, newer));
        for (int way = 0; way < 3; way++) {
            Path data = directory.resolve("way-" + way);
            try (TwinEngine engine = TwinEngine.open(data, options, TwinEngine.Progress.SILENT)) {
                var _ = Lines.append(engine, newer);
                if (way > 0) {
                    engine.checkpoint();
                }
                tellLate(engine, backlog, way);
                Answers.requireSame(Answers.of(engine), expected, "way " + way + ", seed " + seed);
            }
            try (TwinEngine engine = TwinEngine.open(data, options, TwinEngine.Progress.SILENT)) {
                String reopened = "reopened, way " + way + ", seed " + seed;
                Answers.requireSame(Answers.of(engine), expected, reopened);
            }
        }
    }

    /// In batches, each with some events that were told before.
    private void tellLate(TwinEngine engine, List<String> backlog, int way) {
        int sent = 0;
        for (List<String> batch : batches(backlog)) {
            List<String> lines = new ArrayList<>(batch);
            int again = sent == 0 ? 0 : random.nextInt(50);
            for (int i = 0; i < again; i++) {
                lines.add(random.nextInt(lines.size()), backlog.get(random.nextInt(sent)));
            }
            if (way == 2) {
                Collections.shuffle(lines, random);
            }
            Appended found = Lines.append(engine, lines);
            sent += batch.size();
            assertThat(List.of(found.applied(), found.late(), found.duplicates()))
                    .as("seed " + seed)
                    .isEqualTo(List.of(0, batch.size(), again));
            if (way > 0 && random.nextInt(5) == 0) {
                engine.checkpoint();
            }
        }
    }

    @Test
    void a_backlog_in_batches_is_read_in_proportion() {
        WatchedLog log = new WatchedLog();
        List<String> backlog = told("late-", BACKLOG, 0);
        List<String> newer = told("new-", NEWER, BACKLOG);
        try (TwinEngine engine = TwinEngine.over(log, options)) {
            var _ = Lines.append(engine, newer);
            long before = log.reads();
            for (List<String> batch : batches(backlog)) {
                var _ = Lines.append(engine, batch);
            }
            long batches = Math.ceilDiv(BACKLOG, BATCH);
            // Each late event is read a few times (folded, compared with its equals in time), each
            // newer one once a batch.
            assertThat(log.reads() - before)
                    .as("seed " + seed)
                    .isLessThan(3L * BACKLOG + 2 * batches * NEWER);
            Answers.requireSame(Answers.of(engine), inTime(joined(backlog, newer)), "seed " + seed);
        }
    }

    @Test
    void late_events_one_by_one_are_folded_from_the_last_one_on() {
        WatchedLog log = new WatchedLog();
        int count = Math.min(BACKLOG, 1_500);
        List<String> backlog = told("late-", count, 0);
        List<String> newer = told("new-", NEWER, BACKLOG);
        try (TwinEngine engine = TwinEngine.over(log, options)) {
            var _ = Lines.append(engine, newer);
            long before = log.reads();
            for (String line : backlog) {
                assertThat(Lines.append(engine, List.of(line)).late()).isEqualTo(1);
            }
            assertThat(log.reads() - before)
                    .as("seed " + seed)
                    .isLessThan((long) count * (NEWER + 200));
            Answers.requireSame(Answers.of(engine), inTime(joined(backlog, newer)), "seed " + seed);
        }
    }

    @Test
    void a_backlog_told_backwards_gives_the_same_fleet() {
        List<String> backlog = told("late-", Math.min(BACKLOG, 600), 0);
        List<String> newer = told("new-", NEWER, BACKLOG);
        List<String> expected = inTime(joined(backlog, newer));
        try (TwinEngine engine = TwinEngine.inMemory(options)) {
            var _ = Lines.append(engine, newer.reversed());
            for (String line : backlog.reversed()) {
                var _ = Lines.append(engine, List.of(line));
            }
            Answers.requireSame(Answers.of(engine), expected, "seed " + seed);
        }
    }
}
