package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.engine.AppendRefused.Reason;
import io.souverix.twin.engine.TwinEngine.Verification;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.past.AsOf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// When nothing more is taken: too much waits, the log failed, or the engine closes. What was
/// acknowledged stays, and reads go on.
@Timeout(120)
final class RefusalTest {
    private final WatchedLog log = new WatchedLog();

    private static List<Event> heartbeats(String node, int from, int count) {
        List<Event> events = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            events.add(Lines.event(Facts.heartbeat(node, "e-" + i, i)));
        }
        return events;
    }

    private static Reason refusal(TwinEngine engine, List<Event> events) {
        try {
            var _ = engine.append(events);
            throw new AssertionError("taken, expected a refusal");
        } catch (AppendRefused refused) {
            return refused.reason();
        }
    }

    @Test
    void more_than_may_wait_is_refused_and_taken_once_there_is_room() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        log.beforeAppend(() -> await(open));
        try (TwinEngine engine = TwinEngine.over(log, EngineOptions.defaults())) {
            List<CompletableFuture<Appended>> waiting = new ArrayList<>();
            int appends = EngineOptions.MAX_PENDING_EVENTS / TwinEngine.MAX_APPEND;
            for (int i = 0; i < appends; i++) {
                waiting.add(engine.append(heartbeats("n-" + i, 0, TwinEngine.MAX_APPEND)));
            }
            assertThat(engine.status().pendingEvents()).isEqualTo(EngineOptions.MAX_PENDING_EVENTS);
            List<Event> one = heartbeats("n-late", 0, 1);
            assertThat(refusal(engine, one)).isEqualTo(Reason.OVERLOADED);
            assertThat(refusal(engine, one)).isEqualTo(Reason.OVERLOADED);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            open.countDown();
            for (CompletableFuture<Appended> answer : waiting) {
                assertThat(answer.get().applied()).isEqualTo(TwinEngine.MAX_APPEND);
            }
            assertThat(engine.status().pendingEvents()).isZero();
            assertThat(engine.append(one).get().applied()).isEqualTo(1);
            assertThat(engine.status().events()).isEqualTo(EngineOptions.MAX_PENDING_EVENTS + 1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void after_a_failed_write_nothing_is_taken_and_reads_go_on() throws Exception {
        requireFails(
                () -> {
                    throw new IllegalStateException("no space left");
                },
                "no space left");
    }

    @Test
    void after_an_error_in_the_log_nothing_is_taken_and_nobody_waits_for_ever() throws Exception {
        requireFails(
                () -> {
                    throw new OutOfMemoryError("for the test");
                },
                "for the test");
    }

    private void requireFails(Runnable failing, String message) throws Exception {
        try (TwinEngine engine = TwinEngine.over(log, EngineOptions.defaults())) {
            assertThat(engine.append(heartbeats("n-1", 0, 3)).get().applied()).isEqualTo(3);
            CountDownLatch open = new CountDownLatch(1);
            log.beforeAppend(() -> {
                await(open);
                failing.run();
            });
            Future<Appended> first = engine.append(heartbeats("n-1", 3, 2));
            Future<Appended> second = engine.append(heartbeats("n-2", 0, 2));
            open.countDown();
            for (Future<Appended> lost : List.of(first, second)) {
                assertThatThrownBy(lost::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining(message);
            }
            log.beforeAppend(() -> {});
            assertThat(refusal(engine, heartbeats("n-1", 5, 1))).isEqualTo(Reason.UNAVAILABLE);
            assertThat(engine.status().failure()).contains(message);
            assertThat(engine.status().pendingEvents()).isZero();
            assertThat(engine.status().events()).isEqualTo(3);
            assertThat(Answers.nodes(engine)).isEqualTo(List.of("n-1"));
            assertThat(Answers.history(engine, "n-1")).hasSize(3);
            assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
        }
    }

    @Test
    void closing_under_load_loses_nothing_acknowledged(@TempDir Path directory) throws Exception {
        EngineOptions options = EngineOptions.defaults().withShards(2);
        Set<EventHash> acknowledged = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 4; round++) {
            TwinEngine engine = TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
            int first = round * 1_000_000;
            AtomicInteger answered = new AtomicInteger();
            try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
                for (int i = 0; i < 4; i++) {
                    String node = "n-" + i;
                    senders.execute(() -> send(engine, node, first, acknowledged, answered));
                }
                while (answered.get() < 50) {
                    Thread.onSpinWait();
                }
                engine.close();
            }
            try (TwinEngine again =
                    TwinEngine.open(directory, options, TwinEngine.Progress.SILENT)) {
                Set<EventHash> found = new HashSet<>();
                for (String node : Answers.nodes(again)) {
                    Answers.history(again, node).forEach(s -> found.add(s.event().hash()));
                }
                assertThat(found).containsAll(acknowledged);
                assertThat(again.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
            }
        }
    }

    /// Appends until refused, asking for the past and sending again in between.
    private static void send(
            TwinEngine engine,
            String node,
            int first,
            Set<EventHash> acknowledged,
            AtomicInteger answered) {
        try {
            for (int at = first; ; at += 20) {
                List<Event> events = heartbeats(node, at, 20);
                var _ = engine.append(events).get();
                events.forEach(event -> acknowledged.add(event.hash()));
                answered.incrementAndGet();
                var _ = engine.append(events).get();
                var _ = engine.twin(node, AsOf.at(events.getFirst().timestampMicros()));
            }
        } catch (AppendRefused
                | ExecutionException
                | InterruptedException
                | LogException
                | IllegalStateException e) {
            // The end of it.
        }
    }

    @Test
    void a_closed_engine_refuses_and_does_not_fall(@TempDir Path directory) throws Exception {
        TwinEngine engine =
                TwinEngine.open(directory, EngineOptions.defaults(), TwinEngine.Progress.SILENT);
        var _ = engine.append(heartbeats("n-1", 0, 100)).get();
        engine.checkpoint();
        var _ = engine.append(heartbeats("n-1", 100, 100)).get();
        engine.close();
        engine.close();
        assertThat(refusal(engine, heartbeats("n-1", 0, 1))).isEqualTo(Reason.UNAVAILABLE);
        assertThatThrownBy(() -> engine.events("n-1", everything()))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(engine::checkpoint).isInstanceOf(RuntimeException.class);
    }

    private static EventsQuery everything() {
        return new EventsQuery(
                Long.MIN_VALUE, Long.MAX_VALUE, List.of(), false, 10, AsOf.PRESENT, null);
    }

    @Test
    void verification_agrees_while_events_keep_coming() throws Exception {
        try (TwinEngine engine = TwinEngine.over(log, EngineOptions.defaults().withShards(2));
                ExecutorService senders = Executors.newFixedThreadPool(3)) {
            CountDownLatch enough = new CountDownLatch(1);
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String node = "n-" + i + "-";
                sent.add(senders.submit(() -> sendUntil(engine, node, enough)));
            }
            try {
                for (int i = 0; i < 20; i++) {
                    Verification found = engine.verify(TwinEngine.Progress.SILENT);
                    assertThat(found.differences()).isEmpty();
                }
            } finally {
                enough.countDown();
            }
            int all = 0;
            for (Future<Integer> count : sent) {
                all += count.get(1, TimeUnit.MINUTES);
            }
            assertThat(engine.status().events()).isEqualTo(all);
        }
    }

    private static int sendUntil(TwinEngine engine, String prefix, CountDownLatch enough)
            throws Exception {
        int sent = 0;
        while (enough.getCount() > 0) {
            List<Event> events = heartbeats(prefix + sent / 10 % 5, sent, 10);
            var _ = engine.append(events).get();
            sent += events.size();
        }
        return sent;
    }
}
