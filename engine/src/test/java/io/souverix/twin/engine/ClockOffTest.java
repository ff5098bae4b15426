package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.AttentionQueries.Filter;
import io.souverix.twin.engine.past.AsOf;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A clock is off where an event was recorded before its own timestamp. `-Dseed=N`.
final class ClockOffTest {
    private static final Filter CLOCK_OFF = new Filter(Alert.CLOCK_OFF, null, null);

    private final AtomicReference<Instant> now = new AtomicReference<>(Facts.START);
    @TempDir Path directory;

    private TwinEngine open() {
        return TwinEngine.open(
                directory,
                EngineOptions.defaults().withShards(2).withClock(now::get),
                TwinEngine.Progress.SILENT);
    }

    private void at(long second) {
        now.set(Facts.START.plusSeconds(second));
    }

    private static AsOf past(long second) {
        return AsOf.at(Times.micros(Facts.START.plusSeconds(second)));
    }

    private static String of(String source, String node, String id, long second) {
        String event = Facts.heartbeat(node, id, second);
        return event.replaceFirst("\\{", "{\"source\":\"" + source + "\",");
    }

    private static void take(TwinEngine engine, String... lines) {
        var _ = Lines.append(engine, List.of(lines));
    }

    private static List<JsonObject> items(TwinEngine engine, AsOf asOf) {
        List<JsonObject> items = new ArrayList<>();
        JsonObject page =
                engine.insight().attention().list(asOf, CLOCK_OFF, null, TwinEngine.MAX_PAGE);
        if (page.member("items") instanceof JsonArray(List<Json> elements)) {
            elements.forEach(item -> items.add((JsonObject) item));
        }
        return items;
    }

    @Test
    void a_source_whose_events_are_ahead_is_raised_once_for_an_hour() {
        try (TwinEngine engine = open()) {
            take(engine, of("manager/a", "n-1", "fine", 60), of("manager/b", "n-1", "late", -900));
            assertThat(items(engine, AsOf.PRESENT)).isEmpty();
            take(engine, of("manager/a", "n-1", "e1", 100), of("manager/a", "n-2", "e2", 130));
            JsonObject item = items(engine, AsOf.PRESENT).getFirst();
            assertThat(items(engine, AsOf.PRESENT)).hasSize(1);
            assertThat(Answers.value(item, "title")).isEqualTo("\"manager/a: clock is off\"");
            assertThat(Answers.value(item, "nodes")).isEqualTo("0");
            assertThat(Answers.value(item, "evidence"))
                    .contains("\"clock\":\"manager/a\"", "\"ahead_seconds\":100", "\"e1\"");
            assertThat(Answers.value(item, "links")).isEqualTo("[\"/v1/twins/n-1\"]");
            at(130 + 3_599);
            assertThat(items(engine, AsOf.PRESENT)).hasSize(1);
            at(130 + 3_600);
            assertThat(items(engine, AsOf.PRESENT)).isEmpty();
            assertThat(items(engine, past(99))).isEmpty();
            assertThat(items(engine, past(100))).hasSize(1);
            assertThat(items(engine, past(3_729))).hasSize(1);
            assertThat(items(engine, past(3_730))).isEmpty();
        }
    }

    @Test
    void an_event_without_a_source_tells_of_its_nodes_own_clock() {
        try (TwinEngine engine = open()) {
            take(engine, Facts.heartbeat("n-1", "e1", 100), Facts.heartbeat("n-2", "e1", 100));
            assertThat(items(engine, AsOf.PRESENT))
                    .extracting(item -> Answers.value(item, "title"))
                    .containsExactlyInAnyOrder("\"n-1: clock is off\"", "\"n-2: clock is off\"");
        }
    }

    @Test
    void what_was_seen_of_clocks_outlives_checkpoints_and_restarts() {
        List<JsonObject> before;
        try (TwinEngine engine = open()) {
            take(engine, of("manager/a", "n-1", "e1", 100));
            engine.checkpoint();
            take(engine, of("manager/b", "n-1", "e2", 200));
            before = items(engine, AsOf.PRESENT);
            assertThat(before).hasSize(2);
        }
        try (TwinEngine engine = open()) {
            assertThat(items(engine, AsOf.PRESENT)).isEqualTo(before);
        }
        Path derived = directory.resolve("derived");
        Foundation.delete(derived);
        try (TwinEngine engine = open()) {
            assertThat(items(engine, AsOf.PRESENT)).isEqualTo(before);
        }
    }

    @Test
    void at_every_instant_it_is_what_a_recount_says() {
        long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.println("ClockOffTest seed " + seed);
        Random random = new Random(seed);
        TreeSet<Long> ahead = new TreeSet<>();
        try (TwinEngine engine = open()) {
            long second = 0;
            for (int i = 0; i < 30; i++) {
                second += random.nextInt(4_000);
                at(second);
                long timestamp = second + random.nextInt(300) - 100;
                take(engine, of("manager/a", "n-" + i % 3, "e" + i, timestamp));
                if (timestamp - second > 60) {
                    ahead.add(timestamp);
                }
            }
            at(second + 10_000);
            for (int i = 0; i < 200; i++) {
                long asked = random.nextLong(second + 10_000);
                boolean raised = !ahead.subSet(asked - 3_600, false, asked, true).isEmpty();
                assertThat(items(engine, past(asked)))
                        .as("at " + asked + ", seed " + seed)
                        .hasSize(raised ? 1 : 0);
            }
        }
    }
}
