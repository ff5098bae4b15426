package io.souverix.twin.engine;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.lifecycle.Rollout;
import io.souverix.twin.core.lifecycle.Rollout.Stage;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the rollouts of versions go: by campaign and target version, in waves. Thread-safe.
public final class RolloutQueries {
    /// How many nodes of a stage are named.
    public static final int MAX_NAMED = 100;

    private static final String LIST = "rollouts";

    /// Numbers first, by value; then the rest by its text.
    private static final Comparator<Json> WAVES =
            Comparator.comparing((Json wave) -> !(wave instanceof JsonNumber))
                    .thenComparing((a, b) ->
                            a instanceof JsonNumber x && b instanceof JsonNumber y
                                    ? x.value().compareTo(y.value())
                                    : JsonWriter.text(a).compareTo(JsonWriter.text(b)));

    private final TwinEngine engine;
    private final FleetQueries nodes;

    RolloutQueries(TwinEngine engine, FleetQueries nodes) {
        this.engine = engine;
        this.nodes = nodes;
    }

    private record Key(String campaign, String targetVersion) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::campaign).thenComparing(Key::targetVersion);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /// The nodes of a rollout or of a wave of it, by stage.
    private static final class Nodes {
        private final Map<Stage, TreeSet<String>> byStage = new EnumMap<>(Stage.class);

        private void add(Stage stage, String id) {
            byStage.computeIfAbsent(stage, _ -> new TreeSet<>()).add(id);
        }

        private Set<String> in(Stage stage) {
            return byStage.getOrDefault(stage, new TreeSet<>());
        }

        private long count(Stage stage) {
            return in(stage).size();
        }

        private JsonObject.Builder put(JsonObject.Builder json) {
            long open = count(Stage.IN_PROGRESS) + count(Stage.OVERDUE);
            return json.put("nodes", open + count(Stage.COMPLETED) + count(Stage.FAILED))
                    .put("in_progress", open)
                    .put("overdue", count(Stage.OVERDUE))
                    .put("completed", count(Stage.COMPLETED))
                    .put("failed", count(Stage.FAILED));
        }
    }

    /// All there is, as of a question.
    private static final class Tallies {
        private final TreeMap<Key, Nodes> wholes = new TreeMap<>();
        private final Map<Key, TreeMap<Json, Nodes>> waves = new TreeMap<>();
        private final Map<String, TreeSet<String>> waiting = new TreeMap<>();

        private void take(String id, Rollout rollout) {
            if (rollout.campaign() == null) {
                waiting.computeIfAbsent(rollout.targetVersion(), _ -> new TreeSet<>()).add(id);
                return;
            }
            Key key = new Key(rollout.campaign(), rollout.targetVersion());
            wholes.computeIfAbsent(key, _ -> new Nodes()).add(rollout.stage(), id);
            waves.computeIfAbsent(key, _ -> new TreeMap<>(WAVES))
                    .computeIfAbsent(Json.orNull(rollout.wave()), _ -> new Nodes())
                    .add(rollout.stage(), id);
        }

        private Set<String> waiting(Key key) {
            return waiting.getOrDefault(key.targetVersion(), new TreeSet<>());
        }

        private JsonObject.Builder json(Key key) {
            List<Json> rows = new ArrayList<>();
            waves.getOrDefault(key, new TreeMap<>())
                    .forEach((wave, some) ->
                            rows.add(some.put(new JsonObject.Builder().put("wave", wave)).build()));
            JsonObject.Builder json =
                    new JsonObject.Builder()
                            .put("campaign", key.campaign())
                            .put("target_version", key.targetVersion());
            return wholes.getOrDefault(key, new Nodes())
                    .put(json)
                    .put("pending", waiting(key).size())
                    .put("waves", new JsonArray(rows));
        }
    }

    private Tallies tallies(AsOf asked, AsOf pinned) {
        Tallies tallies = new Tallies();
        if (asked.countsAll()) {
            nodes.tick(pinned.nowMicros());
        }
        nodes.eachFace(
                asked.countsAll() ? AsOf.PRESENT : pinned,
                (id, face) -> {
                    Rollout rollout = face.facets().rollout();
                    if (rollout != null && !face.decommissioned()) {
                        tallies.take(id, rollout);
                    }
                });
        return tallies;
    }

    /// A page of rollouts, in the order of campaign and target version.
    ///
    /// @param cursor of the page before, or null for the first
    /// @throws IllegalArgumentException where the cursor is none of this list
    public JsonObject list(AsOf asOf, @Nullable String cursor, int limit) {
        PageCursor after = cursor == null ? null : PageCursor.parse(cursor, LIST);
        AsOf pinned = engine.question(after, asOf);
        int offset = after == null ? 0 : Integer.parseInt(after.after());
        Tallies tallies = tallies(after == null ? asOf : pinned, pinned);
        List<Key> keys = List.copyOf(tallies.wholes.keySet());
        int from = Math.min(offset, keys.size());
        int to = from + Math.min(limit, keys.size() - from);
        List<Json> page = new ArrayList<>();
        for (Key key : keys.subList(from, to)) {
            page.add(tallies.json(key).build());
        }
        JsonObject.Builder answer = new JsonObject.Builder().put("rollouts", new JsonArray(page));
        if (to < keys.size()) {
            answer.put("next_cursor", new PageCursor(LIST, pinned, Integer.toString(to)).token());
        }
        return put(answer, pinned).build();
    }

    private static JsonObject.Builder put(JsonObject.Builder answer, AsOf pinned) {
        answer.put("at", Times.text(pinned.nowMicros()));
        TwinQueries.putKnownAt(answer, pinned);
        return answer.put("position", new Position(pinned.before()).token());
    }

    /// One campaign with the nodes of each stage; empty where no node takes part in it.
    public Optional<JsonObject> campaign(String campaign, AsOf asOf) {
        AsOf pinned = engine.pinned(asOf);
        Tallies tallies = tallies(asOf, pinned);
        List<Json> rollouts = new ArrayList<>();
        for (Key key : tallies.wholes.keySet()) {
            if (key.campaign().equals(campaign)) {
                rollouts.add(named(tallies, key));
            }
        }
        if (rollouts.isEmpty()) {
            return Optional.empty();
        }
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("campaign", campaign)
                        .put("rollouts", new JsonArray(rollouts));
        return Optional.of(put(answer, pinned).build());
    }

    private static JsonObject named(Tallies tallies, Key key) {
        Nodes whole = tallies.wholes.getOrDefault(key, new Nodes());
        JsonObject.Builder ids = new JsonObject.Builder();
        for (Stage stage : Stage.values()) {
            Set<String> all =
                    new TreeSet<>(stage == Stage.PENDING ? tallies.waiting(key) : whole.in(stage));
            if (stage == Stage.IN_PROGRESS) {
                all.addAll(whole.in(Stage.OVERDUE));
            }
            List<String> some = all.stream().limit(MAX_NAMED).toList();
            ids.put(stage.word(), Json.strings(some));
        }
        return tallies.json(key).put("node_ids", ids.build()).build();
    }
}
