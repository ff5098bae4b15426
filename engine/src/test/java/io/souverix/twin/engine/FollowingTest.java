package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.EventsQuery.Stored;
import io.souverix.twin.engine.changes.Bounds;
import io.souverix.twin.engine.changes.Message.Kind;
import io.souverix.twin.engine.changes.Topic;
import io.souverix.twin.engine.changes.ViewFilter;
import io.souverix.twin.engine.changes.Watch;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.past.AsOf;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client is told, put together, is what the service answers: from any beginning, through kills
/// and resumptions, whether or not others listened meanwhile. `-Dseed=N` runs one case.
final class FollowingTest {
    private static final int CASES = Integer.getInteger("cases", 8);
    private static final Watch TWINS = Watch.ofNodes(Set.of(Topic.TWINS), ViewFilter.ALL);

    /// Twins that are live, and what of it does not depend on how long.
    private record Live(boolean tellsTime) implements ViewFilter {
        @Override
        public String text() {
            return "connectivity.state==live" + (tellsTime ? " " : "");
        }

        @Override
        public boolean test(TwinView view) {
            return view.twin().connectivity().state() == ConnectivityState.LIVE;
        }
    }

    private static boolean isLive(JsonObject twin) {
        return twin.member("connectivity") instanceof JsonObject connectivity
                && Follower.text(connectivity, "state").equals("live");
    }

    @Test
    void what_followers_are_told_is_what_is_served_at_every_position(@TempDir Path directory)
            throws Exception {
        ((Trial) FollowingTest::follow).several("FollowingTest", CASES, directory);
    }

    static void follow(long seed, Path directory) {
        Random random = new Random(seed);
        List<String> lines = Histories.events(seed);
        Instant present = Histories.present(lines, seed);
        EngineOptions options =
                EngineOptions.defaults()
                        .withShards(1 + random.nextInt(3))
                        .withClock(InstantSource.fixed(present))
                        .withChanges(Bounds.DEFAULT.withChannel(1 + random.nextInt(20)))
                        // So few that twins leave memory all the time.
                        .withTwinBytes(random.nextInt(20_000));
        try (TwinEngine engine = TwinEngine.open(directory, options, TwinEngine.Progress.SILENT);
                Follower all = new Follower(engine, TWINS);
                Follower live = new Follower(engine, watch(new Live(false)));
                Follower timed = new Follower(engine, watch(new Live(true)))) {
            List<Follower> followers = List.of(all, live, timed);
            int begin = random.nextInt(Math.min(10, Histories.delivery(lines, seed).size()));
            int step = 0;
            for (List<String> batch : Histories.delivery(lines, seed)) {
                if (step++ == begin) {
                    followers.forEach(Follower::start);
                }
                var _ = Lines.append(engine, batch);
                if (random.nextInt(4) == 0) {
                    engine.checkpoint();
                }
                if (step > begin && random.nextInt(4) == 0) {
                    compare(engine, followers, "seed " + seed + ", step " + step);
                }
                if (step > begin && random.nextInt(6) == 0) {
                    Follower one = followers.get(random.nextInt(followers.size()));
                    one.kill();
                    one.start();
                }
            }
            compare(engine, followers, "seed " + seed + ", at the end");
        }
    }

    private static Watch watch(ViewFilter filter) {
        return Watch.ofNodes(Set.of(Topic.TWINS), filter);
    }

    private static void compare(TwinEngine engine, List<Follower> followers, String what) {
        followers.forEach(follower -> follower.reach(engine.position()));
        assertThat(followers.get(0).twins).as(what).isEqualTo(served(engine, _ -> true));
        Map<String, JsonObject> live = served(engine, FollowingTest::isLive);
        assertThat(followers.get(1).twins).as("filtered, " + what).isEqualTo(live);
        assertThat(followers.get(2).twins).as("timed, " + what).isEqualTo(live);
    }

    private static Map<String, JsonObject> served(TwinEngine engine, Predicate<JsonObject> filter) {
        Map<String, JsonObject> twins = new TreeMap<>();
        for (JsonObject twin :
                engine.twins(AsOf.PRESENT, true, null, TwinEngine.MAX_PAGE).twins()) {
            if (filter.test(twin) && twin.member("identity") instanceof JsonObject identity) {
                twins.put(Follower.text(identity, "immutable_id"), plain(twin));
            }
        }
        return twins;
    }

    /// As it is read back: sorted.
    private static JsonObject plain(JsonObject twin) {
        try {
            return (JsonObject) new JsonReader().read(JsonWriter.bytes(twin));
        } catch (JsonFault e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_client_killed_again_and_again_sees_every_event_in_order(@TempDir Path directory)
            throws Exception {
        ((Trial) FollowingTest::resume).several("FollowingTest", 1, directory);
    }

    static void resume(long seed, Path directory) {
        Random random = new Random(seed);
        List<String> lines = Histories.events(seed);
        EngineOptions options =
                EngineOptions.defaults()
                        .withShards(3)
                        .withClock(InstantSource.fixed(Histories.present(lines, seed)));
        try (TwinEngine engine = TwinEngine.inMemory(options);
                Follower follower = new Follower(engine, TWINS).start()) {
            int taken = follower.take();
            assertThat(taken).isPositive();
            for (List<String> batch : Histories.delivery(lines, seed)) {
                var _ = Lines.append(engine, batch);
                for (int i = random.nextInt(3); i > 0; i--) {
                    var _ = follower.take();
                }
                if (random.nextInt(3) == 0) {
                    follower.kill();
                    follower.start();
                }
            }
            follower.reach(engine.position());
            assertThat(follower.counts).doesNotContainKey(Kind.GONE);
            assertThat(follower.twins).isNotEmpty();
            for (String node : follower.twins.keySet()) {
                assertThat(follower.events.get(node))
                        .as(node + ", seed " + seed)
                        .containsExactlyElementsOf(logged(engine, node));
            }
        }
    }

    /// The hashes of a node's events as they stand in the log.
    private static List<String> logged(TwinEngine engine, String node) {
        EventsQuery query =
                new EventsQuery(
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        List.of(),
                        false,
                        10_000,
                        AsOf.PRESENT,
                        null);
        List<Stored> events = new ArrayList<>(engine.events(node, query).orElseThrow().events());
        events.sort(Comparator.comparing(Stored::position));
        return events.stream().map(stored -> stored.event().hash().hex()).toList();
    }

    @Test
    void a_place_that_is_no_longer_retained_is_gone_and_everything_is_told_again() {
        EngineOptions options =
                EngineOptions.defaults().withChanges(Bounds.DEFAULT.withRing(4).withChannel(2));
        try (TwinEngine engine = TwinEngine.inMemory(options);
                Follower follower = new Follower(engine, TWINS).start()) {
            var _ = Lines.append(engine, List.of(Facts.state("a", "e0", 0, "live")));
            follower.reach(engine.position());
            follower.kill();
            for (int i = 1; i < 10; i++) {
                var _ = Lines.append(engine, List.of(Facts.state("n" + i, "e" + i, i, "live")));
            }
            follower.start();
            follower.reach(engine.position());
            assertThat(follower.counts).containsEntry(Kind.GONE, 1);
            assertThat(follower.twins).hasSize(10);
        }
    }

    @Test
    void a_client_that_is_too_slow_is_told_its_place_and_closed() throws Exception {
        EngineOptions options =
                EngineOptions.defaults().withChanges(Bounds.DEFAULT.withRing(4).withChannel(2));
        try (TwinEngine engine = TwinEngine.inMemory(options);
                Follower follower = new Follower(engine, TWINS).start()) {
            follower.reach(engine.position());
            int before = follower.changes.size();
            for (int i = 0; i < 20; i++) {
                var _ = Lines.append(engine, List.of(Facts.state("n" + i, "e" + i, i, "live")));
            }
            for (int i = 0; i < 5_000 && !follower.counts.containsKey(Kind.GONE); i++) {
                var _ = follower.take();
            }
            assertThat(follower.counts).containsEntry(Kind.GONE, 1);
            assertThat(follower.changes.size() - before).isLessThan(20);
            assertThat(engine.changes().status().overrun()).isEqualTo(1);
            follower.reach(engine.position());
            assertThat(follower.twins).hasSize(20);
        }
    }

    @Test
    void a_watch_of_one_side_is_told_of_that_side_only() {
        Watch drift = Watch.ofNodes(Set.of(Topic.CONNECTIVITY), ViewFilter.ALL);
        try (TwinEngine engine = TwinEngine.inMemory(EngineOptions.defaults());
                Follower follower = new Follower(engine, drift).start()) {
            var _ = Lines.append(engine, List.of(Facts.state("a", "e0", 0, "live")));
            follower.reach(engine.position());
            var _ = Lines.append(engine, List.of(Facts.heartbeat("a", "e1", 1)));
            var _ = Lines.append(engine, List.of(Facts.state("a", "e2", 2, "delayed")));
            follower.reach(engine.position());
            assertThat(follower.changes).hasSize(2);
            JsonObject last = follower.changes.getLast();
            assertThat(last.member("topics")).isEqualTo(Json.strings(List.of("connectivity")));
            assertThat(((JsonObject) Objects.requireNonNull(last.member("twin"))).names())
                    .containsExactly("connectivity", "meta");
        }
    }
}
