package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.engine.changes.ChangePosition;
import io.souverix.twin.engine.changes.Message;
import io.souverix.twin.engine.changes.Subscription;
import io.souverix.twin.engine.changes.Watch;
import io.souverix.twin.engine.changes.WatchRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A client of the change feed that keeps what it is told, and can be killed and come back.
final class Follower implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(4);

    private final TwinEngine engine;
    private final Watch watch;
    private @Nullable Subscription subscription;
    private @Nullable ChangePosition place;
    final Map<String, JsonObject> twins = new TreeMap<>();
    final Map<Message.Kind, Integer> counts = new EnumMap<>(Message.Kind.class);
    final Map<String, Set<String>> events = new LinkedHashMap<>();
    final List<JsonObject> changes = new ArrayList<>();

    Follower(TwinEngine engine, Watch watch) {
        this.engine = engine;
        this.watch = watch;
    }

    /// Begins with everything as it is, or comes back to where it stood.
    Follower start() {
        try {
            kill();
            subscription = engine.changes().subscribe(watch, place, true);
        } catch (WatchRefused e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /// Forgets the subscription, as a client does that dies.
    void kill() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }

    /// Takes messages until it stands at a position, or beyond.
    void reach(Position position) {
        for (int i = 0; i < 5_000; i++) {
            if (place != null && place.address() >= position.address() && take() == 0) {
                return;
            }
            take();
        }
        throw new AssertionError("not reached; counts " + counts);
    }

    /// Takes what there is; the number of messages that were no bookmark.
    int take() {
        Subscription open = Objects.requireNonNull(subscription);
        try {
            List<Message> messages = open.next(PATIENCE);
            messages.forEach(this::apply);
            if (open.ended()) {
                kill();
                start();
            } else if (messages.isEmpty()) {
                apply(open.bookmark());
            }
            return messages.size();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void apply(Message message) {
        counts.merge(message.kind(), 1, Integer::sum);
        JsonObject data = json(message);
        switch (message.kind()) {
            case SNAPSHOT -> keep(data);
            case CHANGE -> {
                changes.add(data);
                change(data);
            }
            case GONE -> {
                if (text(data, "reason").equals("not_retained")) {
                    twins.clear();
                }
            }
            case SYNCED, BOOKMARK -> assertThat(message.position()).isNotNull();
        }
        if (message.position() != null) {
            place = message.position();
        }
    }

    private void change(JsonObject data) {
        String node = text(data, "node_id");
        if (data.member("leave") != null) {
            twins.remove(node);
        } else {
            keep(data);
        }
        if (data.member("events") instanceof Json.JsonArray(List<Json> list)) {
            Set<String> seen = events.computeIfAbsent(node, _ -> new LinkedHashSet<>());
            list.forEach(event -> seen.add(text((JsonObject) event, "hash")));
        }
    }

    private void keep(JsonObject data) {
        if (data.member("twin") instanceof JsonObject told) {
            JsonObject twin = twins.getOrDefault(text(data, "node_id"), JsonObject.EMPTY);
            for (String name : told.names()) {
                twin = twin.with(name, told.member(name));
            }
            twins.put(text(data, "node_id"), twin);
        }
    }

    static String text(JsonObject object, String name) {
        return object.member(name) instanceof Json.JsonString(String text)
                ? text
                : String.valueOf(object.member(name));
    }

    private static JsonObject json(Message message) {
        try {
            return (JsonObject) new JsonReader().read(message.data());
        } catch (JsonFault e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
