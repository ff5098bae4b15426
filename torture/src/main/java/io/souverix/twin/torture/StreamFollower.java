package io.souverix.twin.torture;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A client of the stream of twins that counts what it is told of each node, and dies and comes back.
/// The events of a node are numbered by their ids in the order in which they were taken.
final class StreamFollower implements Callable<Integer> {
    private final Random random;
    private final IntSupplier port;
    private final Predicate<Map<String, Integer>> done;
    private final Map<String, Integer> seen = new HashMap<>();
    private final Map<String, String> revisions = new HashMap<>();
    private String place;
    private int connections;

    /// @param place from where on it is to be told
    /// @param done whether so many events of each node are all
    StreamFollower(
            long seed, String place, IntSupplier port, Predicate<Map<String, Integer>> done) {
        this.random = new Random(seed);
        this.place = place;
        this.port = port;
        this.done = done;
    }

    /// What is told of as one.
    private record Message(@Nullable String id, String name, JsonObject data) {}

    /// Follows until it has seen all; gives how often it came back.
    @Override
    public Integer call() throws IOException, InterruptedException {
        while (!done.test(seen)) {
            try (Wire wire = new Wire(port.getAsInt())) {
                connections++;
                follow(wire, 1 + random.nextInt(200));
            } catch (IOException _) {
                Thread.sleep(20);
            }
        }
        requireServed();
        return connections;
    }

    private void follow(Wire wire, int life) throws IOException, InterruptedException {
        wire.write(
                "GET /v1/stream?topics=twins&initial=true HTTP/1.1\r\nHost: x\r\nLast-Event-ID: "
                        + place
                        + "\r\n\r\n");
        Wire.Reply head = wire.reply(false);
        if (head.status() == 503) {
            return;
        }
        if (head.status() != 200) {
            throw new AssertionError("the stream: " + head.status() + " " + wire.rest(head).text());
        }
        for (int i = 0; i < life && !done.test(seen); i++) {
            Message message = next(wire);
            if (message == null) {
                return;
            }
            take(message);
            if (random.nextInt(100) == 0) {
                Thread.sleep(random.nextInt(50));
            }
        }
    }

    private static @Nullable Message next(Wire wire) throws IOException {
        String id = null;
        String name = null;
        for (String line = wire.lineOrEnd(); line != null; line = wire.lineOrEnd()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ") && name != null) {
                return new Message(id, name, object(line.substring(6)));
            }
        }
        return null;
    }

    private void take(Message message) {
        switch (message.name()) {
            case "snapshot" -> keep(message.data(), true);
            case "change" -> {
                count(message.data());
                keep(message.data(), false);
            }
            case "gone" -> seen.clear();
            default -> {
                // where it stands
            }
        }
        if (message.id() != null) {
            place = message.id();
        }
    }

    /// A snapshot says how many events it has seen.
    private void keep(JsonObject data, boolean snapshot) {
        if (data.member("twin") instanceof JsonObject twin
                && twin.member("meta") instanceof JsonObject meta) {
            String node = text(data, "node_id");
            revisions.put(node, text(meta, "revision"));
            if (snapshot && meta.member("events") instanceof JsonNumber events) {
                seen.put(node, events.value().intValueExact());
            }
        }
    }

    /// The next one, or one that was told before.
    private void count(JsonObject change) {
        if (!(change.member("events") instanceof JsonArray(List<Json> events))) {
            return;
        }
        String node = text(change, "node_id");
        for (Json event : events) {
            int number = Integer.parseInt(text((JsonObject) event, "id"));
            int next = seen.getOrDefault(node, 0);
            if (number > next) {
                throw new AssertionError(
                        "%s: told of event %d, expected %d first (connection %d)"
                                .formatted(node, number, next, connections));
            }
            seen.put(node, Math.max(next, number + 1));
        }
    }

    /// What was told last is what is served.
    private void requireServed() throws IOException {
        for (Map.Entry<String, String> told : revisions.entrySet()) {
            Wire.Reply reply = Wire.get(port.getAsInt(), "/v1/twins/" + told.getKey());
            String served =
                    reply.json().member("meta") instanceof JsonObject meta
                            ? text(meta, "revision")
                            : reply.text();
            if (!served.equals(told.getValue())) {
                throw new AssertionError(
                        "%s: told of revision %s last, and %s is served"
                                .formatted(told.getKey(), told.getValue(), served));
            }
        }
    }

    private static String text(JsonObject object, String name) {
        return object.member(name) instanceof JsonString(String text)
                ? text
                : String.valueOf(object.member(name));
    }

    private static JsonObject object(String text) {
        try {
            return (JsonObject) new JsonReader().read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
