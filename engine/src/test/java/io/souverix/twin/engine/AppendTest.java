package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.Appended.Warning;
import io.souverix.twin.engine.EventsQuery.Stored;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What comes of an append: counts, warnings, positions, at the bounds too.
final class AppendTest {
    private static final Instant NOW = Facts.START.plus(Duration.ofDays(10));

    private final WatchedLog log = new WatchedLog();
    private final TwinEngine engine =
            TwinEngine.over(
                    log,
                    EngineOptions.defaults().withShards(3).withClock(InstantSource.fixed(NOW)));

    @AfterEach
    void close() {
        log.beforeAppend(() -> {});
        engine.close();
    }

    private Appended append(String... lines) {
        return Lines.append(engine, List.of(lines));
    }

    private static void requireCounts(Appended found, int applied, int late, int duplicates) {
        assertThat(List.of(found.applied(), found.late(), found.duplicates()))
                .isEqualTo(List.of(applied, late, duplicates));
    }

    @Test
    void events_are_counted_as_applied_late_or_duplicate() {
        String middle = Facts.state("n-1", "b", 100, "live");
        requireCounts(append(middle, Facts.state("n-2", "a", 1, "live")), 2, 0, 0);
        requireCounts(append(Facts.state("n-1", "a", 50, "delayed")), 0, 1, 0);
        requireCounts(append(middle), 0, 0, 1);
        // Of the same time it is not late, wherever it stands among its equals.
        requireCounts(append(Facts.state("n-1", "a", 100, "delayed")), 1, 0, 0);
        requireCounts(
                append(
                        Facts.state("n-1", "c", 101, "live"),
                        Facts.state("n-1", "d", 60, "live"),
                        middle,
                        Facts.state("n-3", "a", 1, "live")),
                2,
                1,
                1);
        EngineStatus status = engine.status();
        assertThat(status.applied()).isEqualTo(5);
        assertThat(status.late()).isEqualTo(2);
        assertThat(status.duplicates()).isEqualTo(2);
        assertThat(status.events()).isEqualTo(7);
        assertThat(status.nodes()).isEqualTo(3);
    }

    @Test
    void duplicates_inside_one_append_are_seen() {
        String twice = Facts.state("n-1", "a", 5, "live");
        String spelledOtherwise =
                twice.replace("00:00:05Z", "01:00:05.000000000+01:00").replace(",", " ,  ");
        requireCounts(append(twice, twice, spelledOtherwise), 1, 0, 2);
        String release = release("r-1", 5, "1.4.7");
        requireCounts(append(release, release), 1, 0, 1);
    }

    private static String release(String id, long second, String version) {
        return Facts.line(
                "component",
                "souverix-rempart",
                id,
                Facts.START.plusSeconds(second).toString(),
                "release_published",
                "{'version':'" + version + "'}");
    }

    @Test
    void an_id_used_again_is_a_warning_at_its_place_in_the_append() {
        String first = Facts.state("n-1", "a", 5, "live");
        append(first, Facts.state("n-1", "z", 9, "live"), release("r", 5, "1.0.0"));
        Appended found =
                append(
                        first,
                        Facts.state("n-2", "a", 5, "live"),
                        Facts.state("n-1", "a", 5, "delayed"),
                        Facts.state("n-1", "a", 6, "delayed"),
                        first,
                        Facts.state("n-1", "z", 9, "delayed"),
                        release("r", 5, "1.0.1"));
        requireCounts(found, 3, 2, 2);
        assertThat(found.warnings()).extracting(Warning::index).isEqualTo(List.of(2, 5, 6));
        assertThat(found.warnings()).extracting(Warning::eventId).isEqualTo(List.of("a", "z", "r"));
        assertThat(found.warnings()).extracting(Warning::code).containsOnly("id_reused");
    }

    @Test
    void an_append_of_nothing_is_answered() {
        requireCounts(append(), 0, 0, 0);
    }

    @Test
    void an_append_may_hold_so_many_events_and_no_more() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < TwinEngine.MAX_APPEND; i++) {
            lines.add(Facts.heartbeat("n-" + i % 7, "e-" + i, i));
        }
        requireCounts(Lines.append(engine, lines), TwinEngine.MAX_APPEND, 0, 0);
        List<Event> tooMany = Lines.events(lines);
        tooMany.add(tooMany.getFirst());
        assertThatThrownBy(() -> engine.append(tooMany))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10001");
    }

    @Test
    void a_position_is_visible_once_it_is_given_and_awaited_before() throws Exception {
        Position before = engine.position();
        Position first = append(Facts.heartbeat("n-1", "a", 1)).position();
        assertThat(first).isGreaterThan(before).isEqualTo(engine.position());
        assertThat(engine.await(first, Duration.ZERO)).isTrue();
        assertThat(Position.parse(first.token())).contains(first);
        // A duplicate is answered with a position that shows it.
        assertThat(append(Facts.heartbeat("n-1", "a", 1)).position()).isEqualTo(first);
        Position later = new Position(first.address() + 1);
        assertThat(engine.await(later, Duration.ofMillis(5))).isFalse();
        try (ExecutorService waiter = Executors.newSingleThreadExecutor()) {
            Future<Boolean> seen = waiter.submit(() -> engine.await(later, Duration.ofMinutes(1)));
            append(Facts.heartbeat("n-1", "b", 2));
            assertThat(seen.get(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void a_fact_about_the_fleet_is_no_duplicate_before_it_is_visible() throws Exception {
        append(
                Facts.node("n-1", "a", 1, "node_registered", REGISTERED),
                Facts.node(
                        "n-1", "b", 2, "desired_state_changed", "{'software_version':'1.4.900'}"),
                Facts.node("n-1", "c", 3, "actual_state_reported", "{'software_version':'1.4.6'}"),
                release("r-1", 1, "1.4.6"),
                release("r-2", 1, "1.4.900"));
        for (int i = 0; i < 300; i++) {
            List<Event> next = Lines.events(List.of(release("r-n" + i, 2, "1.4." + (100 + i))));
            Future<Appended> first = engine.append(next);
            do {
                var _ = engine.append(next).get();
                assertThat(Answers.value(engine, "n-1", "lifecycle/software/drift_score"))
                        .isEqualTo(Integer.toString(i + 2));
            } while (!first.isDone());
        }
    }

    private static final String REGISTERED =
            "{'component_type':'souverix-rempart','region':'r','zone':'z'}";

    @Test
    void many_at_once_append_the_same_events_and_each_counts_once() throws Exception {
        long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.println("AppendTest seed " + seed);
        List<Event> events = Lines.events(Histories.events(seed));
        int threads = 6;
        List<Future<int[]>> counts = new ArrayList<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(threads)) {
            CountDownLatch start = new CountDownLatch(1);
            for (int i = 0; i < threads; i++) {
                Random random = new Random(seed + i);
                counts.add(
                        senders.submit(() -> {
                            start.await();
                            return appendShuffled(events, random);
                        }));
            }
            start.countDown();
        }
        int taken = 0;
        int duplicates = 0;
        for (Future<int[]> count : counts) {
            taken += count.get()[0];
            duplicates += count.get()[1];
        }
        assertThat(taken).as("seed " + seed).isEqualTo(events.size());
        assertThat(duplicates).as("seed " + seed).isEqualTo(events.size() * (threads - 1));
        requireEachOnce(events, "seed " + seed);
    }

    private int[] appendShuffled(List<Event> events, Random random)
            throws AppendRefused, ExecutionException, InterruptedException {
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        int[] sum = new int[2];
        for (int at = 0, size; at < shuffled.size(); at += size) {
            size = Math.min(1 + random.nextInt(40), shuffled.size() - at);
            Appended done = engine.append(shuffled.subList(at, at + size)).get();
            sum[0] += done.applied() + done.late();
            sum[1] += done.duplicates();
        }
        return sum;
    }

    private void requireEachOnce(List<Event> events, String what) {
        assertThat(engine.status().events()).as(what).isEqualTo(events.size());
        Set<Object> hashes = new HashSet<>();
        for (String node : Answers.nodes(engine)) {
            for (Stored stored : Answers.history(engine, node)) {
                assertThat(hashes.add(stored.event().hash())).as(what).isTrue();
            }
        }
        assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).as(what).isEmpty();
    }

    @Test
    void what_is_folded_and_not_yet_visible_is_not_answered_as_a_duplicate() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        EngineOptions slow =
                EngineOptions.defaults()
                        .withShards(2)
                        .withClock(InstantSource.fixed(NOW))
                        .withMeaning(sound -> new Held(sound, held));
        assertThat(Committer.shardOf("swift".hashCode(), 2))
                .isNotEqualTo(Committer.shardOf("slow".hashCode(), 2));
        Event swift = Lines.event(Facts.state("swift", "a", 1, "live"));
        Event waiting = Lines.event(Facts.state("slow", "a", 1, "live"));
        try (TwinEngine both = TwinEngine.inMemory(slow)) {
            try {
                CompletableFuture<Appended> first = both.append(List.of(swift, waiting));
                while (!(both.twin("swift", AsOf.PRESENT) instanceof Answer.Found)) {
                    Thread.sleep(1);
                }
                CompletableFuture<Appended> again = both.append(List.of(swift));
                assertThat(again).isNotDone();
                held.countDown();
                assertThat(again.get().duplicates()).isEqualTo(1);
                assertThat(again.get().position().compareTo(first.get().position())).isPositive();
            } finally {
                held.countDown();
            }
        }
    }

    /// Folds nothing of one node until it is let.
    private record Held(Meaning sound, CountDownLatch latch) implements Meaning {
        @Override
        public void fold(Twin twin, Event event, long address) {
            if (twin.id().equals("slow")) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            sound.fold(twin, event, address);
        }

        @Override
        public Facets count(TwinView view, @Nullable Facets standing) {
            return sound.count(view, standing);
        }
    }
}
