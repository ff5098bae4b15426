package io.souverix.twin.engine;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.NodeRegistered;
import io.souverix.twin.core.event.Payload.ProvisioningStarted;
import io.souverix.twin.core.event.Payload.Registration;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPatch;
import io.souverix.twin.core.json.JsonPointer;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.story.Retelling;
import io.souverix.twin.core.story.Story;
import io.souverix.twin.core.story.Timeline;
import io.souverix.twin.core.story.Timeline.Interval;
import io.souverix.twin.core.story.Timeline.Lane;
import io.souverix.twin.core.story.Why;
import io.souverix.twin.core.story.Why.Setting;
import io.souverix.twin.engine.commit.FleetSubjects;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Standing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Explains a node by its story: why a value is what it is, what changed between two instants, and
/// the swim lanes of its states. Thread-safe.
public final class Explanations {
    private final TwinEngine engine;
    private final Rules rules;
    private final FleetSubjects fleet;
    private final Function<String, Queries> queries;

    Explanations(
            TwinEngine engine,
            Rules rules,
            FleetSubjects fleet,
            Function<String, Queries> queries) {
        this.engine = engine;
        this.rules = rules;
        this.fleet = fleet;
        this.queries = queries;
    }

    /// The event that set a value, and those it replaced, newest first.
    ///
    /// @param path into the twin; its first step names a part of it
    /// @param limit how many events are listed, 1 to [TwinEngine#MAX_PAGE]
    /// @return with a body without `value` where the path leads nowhere and never did
    public Answer why(String id, JsonPointer path, AsOf asOf, int limit) {
        return about(
                id,
                asOf,
                (story, now) -> {
                    Why why = Why.of(retelling(id, asOf), story, now, path, limit);
                    List<Json> settings =
                            why.settings().stream().map(Explanations::setting).toList();
                    boolean known = why.value() != null || why.total() > 0;
                    JsonObject.Builder body =
                            new JsonObject.Builder().put("node_id", id).put("path", path.text());
                    if (known) {
                        body.put("value", Json.orNull(why.value()));
                    }
                    return body.put("by_time", why.byTime())
                            .put(
                                    "set_by",
                                    Json.orNull(settings.isEmpty() ? null : settings.getFirst()))
                            .put("replaced", new JsonArray(settings.stream().skip(1).toList()))
                            .put("total", why.total())
                            .build();
                });
    }

    private static Json setting(Setting setting) {
        Event event = setting.event();
        return new JsonObject.Builder()
                .put("event_id", event.id())
                .put("timestamp", Times.text(event.timestampMicros()))
                .put(event.subject().kind().member(), event.subject().id())
                .put("event_type", event.typeName())
                .put("source", event.source())
                .put("epoch", event.epoch())
                .put("value", Json.orNull(setting.value()))
                .put("replaced", Json.orNull(setting.replaced()))
                .build();
    }

    /// What changed of the twin between two instants, as an RFC 6902 patch of the one answer that
    /// makes the other; `meta` is no part of it.
    public Answer diff(String id, AsOf earlier, AsOf later) {
        Answer before = engine.twin(id, earlier);
        Answer after = engine.twin(id, later);
        if (!(before instanceof Answer.Found(JsonObject from, JsonObject fromMeta))
                || !(after instanceof Answer.Found(JsonObject to, JsonObject meta))) {
            return before instanceof Answer.Found ? after : before;
        }
        return new Answer.Found(
                new JsonObject.Builder()
                        .put("node_id", id)
                        .put("from", Json.orNull(fromMeta.member("at")))
                        .put("to", Json.orNull(meta.member("at")))
                        .put("patch", JsonPatch.between(from, to))
                        .build(),
                meta);
    }

    /// The swim lanes: the stretches that touch a period, in the order of their beginnings.
    ///
    /// @param sinceMicros the period's begin
    /// @param until its end
    /// @param cursor of the page before, or null for the first
    /// @param limit how many are given, all lanes together
    /// @throws IllegalArgumentException where the cursor is none of this list
    public Answer timeline(
            String id, long sinceMicros, AsOf until, @Nullable String cursor, int limit) {
        String list = "timeline " + id + " " + sinceMicros;
        PageCursor after = cursor == null ? null : PageCursor.parse(cursor, list);
        AsOf pinned = engine.question(after, until);
        long floor = engine.earliestMicros();
        long begin = Math.max(sinceMicros, floor);
        int offset = after == null ? 0 : Integer.parseInt(after.after());
        return about(
                id,
                pinned,
                (story, now) -> {
                    List<Interval> all =
                            Timeline.of(retelling(id, pinned), story, now).stream()
                                    .filter(i -> i.toMicros() == Times.NONE || i.toMicros() > begin)
                                    .map(i -> i.notBefore(floor))
                                    .toList();
                    int from = Math.min(offset, all.size());
                    int to = from + Math.min(all.size() - from, limit);
                    JsonObject.Builder body =
                            new JsonObject.Builder()
                                    .put("node_id", id)
                                    .put("until", Times.text(now))
                                    .put("lanes", lanes(all.subList(from, to)));
                    if (to < all.size()) {
                        body.put(
                                "next_cursor",
                                new PageCursor(list, pinned, Integer.toString(to)).token());
                    }
                    return body.build();
                });
    }

    private static Json lanes(List<Interval> intervals) {
        Map<Lane, List<Json>> byLane = new EnumMap<>(Lane.class);
        for (Interval interval : intervals) {
            byLane.computeIfAbsent(interval.lane(), _ -> new ArrayList<>()).add(interval(interval));
        }
        JsonObject.Builder lanes = new JsonObject.Builder();
        for (Lane lane : Lane.values()) {
            lanes.put(lane.word(), new JsonArray(byLane.getOrDefault(lane, List.of())));
        }
        return lanes.build();
    }

    private static Json interval(Interval interval) {
        Event event = interval.event();
        boolean stands = interval.toMicros() == Times.NONE;
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("from", Times.text(interval.fromMicros()))
                        .put("to", stands ? null : Times.text(interval.toMicros()))
                        .put("state", interval.state());
        interval.detail().forEach(json::put);
        return json.put("event_id", event == null ? null : event.id()).build();
    }

    /// Makes the body of an answer out of a story.
    @FunctionalInterface
    private interface Teller {
        JsonObject tell(Story story, long nowMicros);
    }

    private Answer about(String id, AsOf asOf, Teller teller) {
        long now = asOf.clock(engine.nowMicros());
        Answer twin = engine.twin(id, asOf);
        if (!(twin instanceof Answer.Found(JsonObject _, JsonObject meta))) {
            return twin;
        }
        return new Answer.Found(teller.tell(story(id, asOf), now), meta);
    }

    private Story story(String id, AsOf asOf) {
        List<Event> own = new ArrayList<>();
        List<Event> annulledFirst = new ArrayList<>(1);
        Set<String> components = new HashSet<>();
        Queries shard = queries.apply(id);
        var _ =
                shard.history(
                        id,
                        Long.MIN_VALUE,
                        asOf,
                        Set.of(),
                        false,
                        (stored, standing) -> {
                            Event event = stored.event();
                            if (standing == Standing.COUNTS) {
                                own.add(event);
                                component(event, components);
                            } else if (own.isEmpty() && annulledFirst.isEmpty()) {
                                annulledFirst.add(event);
                            }
                            return true;
                        });
        Event first = annulledFirst.isEmpty() ? null : annulledFirst.getFirst();
        return new Story(first, own, fleet.facts(components, asOf));
    }

    private static void component(Event event, Set<String> components) {
        @Nullable Registration registration =
                switch (event.payload()) {
                    case NodeRegistered registered -> registered.registration();
                    case ProvisioningStarted started -> started.registration();
                    default -> null;
                };
        if (registration != null && registration.componentType() != null) {
            components.add(registration.componentType());
        }
    }

    private Retelling retelling(String id, AsOf asOf) {
        return new Retelling(
                id, rules, (identity, at) -> fleet.at(identity, new AsOf(at, asOf.before())));
    }
}
