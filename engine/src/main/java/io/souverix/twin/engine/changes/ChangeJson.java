package io.souverix.twin.engine.changes;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.NodeChange.Cause;
import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;

/// Renders changes and snapshots of nodes as docs/streams.md says.
final class ChangeJson {
    private final EventRecords records;
    private final Function<Seen, JsonObject> meta;

    /// @param meta the `meta` of a twin as answers carry it
    ChangeJson(EventRecords records, Function<Seen, JsonObject> meta) {
        this.records = records;
        this.meta = meta;
    }

    JsonObject change(Watch watch, Change change, ChangePosition position, Judgement judged) {
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("position", position.token())
                        .put("at", Times.text(change.node().atMicros()))
                        .put("node_id", change.node().nodeId())
                        .put("cause", word(change.node().cause()))
                        .put("events", events(change.node().addresses()));
        return finish(json, watch, judged);
    }

    /// A node that came into a filter, or went out of it, by the passing of time alone.
    JsonObject passing(Watch watch, ChangePosition position, Judgement judged) {
        TwinView view = judged.after().view();
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("position", position.token())
                        .put("at", Times.text(view.nowMicros()))
                        .put("node_id", view.twin().id())
                        .put("cause", word(Cause.TIME))
                        .put("events", new JsonArray(List.of()));
        return finish(json, watch, judged);
    }

    private JsonObject finish(JsonObject.Builder json, Watch watch, Judgement judged) {
        List<Json> touched = new ArrayList<>();
        judged.touched().stream().sorted().forEach(topic -> touched.add(Json.of(topic.word())));
        json.put("topics", new JsonArray(touched));
        if (judged.leave()) {
            return json.put("leave", true).build();
        }
        if (judged.enter()) {
            json.put("enter", true);
        }
        Set<Topic> shown = judged.enter() ? watch.topics() : judged.touched();
        return json.put("twin", twin(watch, judged.after(), shown)).build();
    }

    JsonObject snapshot(Watch watch, Seen seen) {
        return new JsonObject.Builder()
                .put("at", Times.text(seen.view().nowMicros()))
                .put("node_id", seen.view().twin().id())
                .put("twin", twin(watch, seen, watch.topics()))
                .build();
    }

    /// The rows of an aggregate, or the items of a list, that differ.
    static JsonObject rows(ChangePosition position, JsonObject difference) {
        JsonObject.Builder json = new JsonObject.Builder().put("position", position.token());
        difference.forEach(json::put);
        return json.build();
    }

    /// The parts that are asked for; without that the whole twin, or the members that some topics are
    /// about, with `meta`.
    private JsonObject twin(Watch watch, Seen seen, Set<Topic> topics) {
        if (!watch.shown().isAll()) {
            return watch.shown().of(seen.view(), () -> meta.apply(seen));
        }
        JsonObject.Builder twin = new JsonObject.Builder();
        if (topics.contains(Topic.TWINS)) {
            seen.view().json().forEach(twin::put);
        } else {
            topics.stream()
                    .sorted()
                    .flatMap(topic -> topic.members().stream())
                    .forEach(member -> twin.put(member, seen.view().member(member)));
        }
        return twin.put("meta", meta.apply(seen)).build();
    }

    private JsonArray events(long[] addresses) {
        List<Json> events = new ArrayList<>(addresses.length);
        LongStream.of(addresses)
                .forEach(address -> {
                    Event event = records.read(address).event();
                    events.add(
                            new JsonObject.Builder()
                                    .put("id", event.id())
                                    .put("event_type", event.typeName())
                                    .put("timestamp", Times.text(event.timestampMicros()))
                                    .put("hash", event.hash().hex())
                                    .build());
                });
        return new JsonArray(events);
    }

    private static String word(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
