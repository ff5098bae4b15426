package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.past.AsOf;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a cut of the log must leave as it is: an event that the log holds twice, since copies of it were
/// under way at once, is one; an item of attention names the same events.
final class CutLogTest {
    private static final int EVENTS = 100;

    private volatile Instant now = Facts.START.plusSeconds(EVENTS);

    @TempDir Path directory;

    private TwinEngine open() {
        EngineOptions options =
                EngineOptions.defaults()
                        .withShards(1)
                        .withClock(() -> now)
                        .withSegmentBytes(CutChild.SEGMENT_BYTES)
                        .withCheckpoints(Long.MAX_VALUE, false);
        return TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
    }

    private static List<String> reports(int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(Facts.state("n", "e" + i, i, i % 2 == 0 ? "live" : "delayed"));
        }
        return lines;
    }

    /// Whatever is cut, the log folds to what is served, now and at the next start.
    private void cutAndCompare(TwinEngine engine, Instant recordedUpto) {
        String digest = engine.status().digest();
        long floor = Times.micros(Facts.START.plusSeconds(EVENTS));
        assertThat(engine.cut(floor, Times.micros(recordedUpto))).isPositive();
        assertThat(engine.verify(TwinEngine.Progress.SILENT).differences()).isEmpty();
        assertThat(engine.status().digest()).isEqualTo(digest);
    }

    private void requireSameAfterRebuild(String digest, long events) {
        RetentionTest.delete(directory.resolve("derived"));
        try (TwinEngine engine = open()) {
            assertThat(engine.status().digest()).isEqualTo(digest);
            assertThat(engine.status().events()).isEqualTo(events);
        }
    }

    @Test
    void a_copy_in_the_same_request_that_goes_with_what_is_cut_leaves_no_trace() {
        String digest;
        try (TwinEngine engine = open()) {
            List<String> twice = new ArrayList<>(reports(0, EVENTS));
            twice.add(twice.get(3));
            var _ = Lines.append(engine, twice);
            Instant before = now;
            now = now.plusSeconds(60);
            var _ = Lines.append(engine, List.of(Facts.heartbeat("other", "o", EVENTS + 1)));
            cutAndCompare(engine, before);
            digest = engine.status().digest();
        }
        requireSameAfterRebuild(digest, EVENTS + 1);
    }

    @Test
    void a_copy_that_stays_in_the_log_where_the_first_was_cut_is_still_a_copy()
            throws AppendRefused, ExecutionException, InterruptedException {
        String digest;
        try (TwinEngine engine = open()) {
            List<String> all = reports(0, EVENTS);
            EventBatch copy = engine.prepare(Lines.events(all.subList(10, 20)));
            var _ = Lines.append(engine, all);
            Instant before = now;
            now = now.plusSeconds(60);
            assertThat(engine.append(copy).get().duplicates()).isEqualTo(10);
            cutAndCompare(engine, before);
            digest = engine.status().digest();
        }
        requireSameAfterRebuild(digest, EVENTS);
    }

    private static String under(int epoch, String id, long second, String type, String payload) {
        String line = Facts.node("n", id, second, type, payload);
        return line.substring(0, line.length() - 1) + ",\"epoch\":" + epoch + "}";
    }

    @Test
    void what_tells_of_an_epoch_that_nobody_claimed_stays() {
        List<String> lines = reports(0, EVENTS);
        lines.add(under(7, "first", 1, "desired_state_changed", "{'software_version':'1.0.0'}"));
        lines.add(under(7, "again", 2, "config_drift_detected", "{'details':[]}"));
        lines.add(under(1, "other", 3, "config_drift_detected", "{'details':[]}"));
        try (TwinEngine engine = open()) {
            var _ = Lines.append(engine, lines);
            Instant before = now;
            now = now.plusSeconds(60);
            var _ = Lines.append(engine, List.of(Facts.heartbeat("other", "o", EVENTS + 1)));
            String told = attention(engine);
            assertThat(told).contains("again");
            cutAndCompare(engine, before);
            assertThat(attention(engine)).isEqualTo(told);
        }
    }

    private static String attention(TwinEngine engine) {
        AttentionQueries.Filter all = new AttentionQueries.Filter(null, null, null);
        JsonObject items =
                engine.insight().attention().list(AsOf.PRESENT, all, null, TwinEngine.MAX_PAGE);
        return JsonWriter.text(items.with("position", null));
    }
}
