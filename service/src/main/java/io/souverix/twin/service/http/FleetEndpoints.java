package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.EngineStatus;
import io.souverix.twin.engine.TwinEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reads of the whole fleet. Thread-safe.
final class FleetEndpoints {
    static final Set<String> LIST_PARAMETERS = Set.of("limit", "cursor", "include", "min_position");
    static final Set<String> PROJECTION_PARAMETERS = Set.of("group_by", "include", "min_position");
    static final Set<String> PROJECTIONS_PARAMETERS = Set.of("min_position");

    private static final int DEFAULT_LIMIT = 100;
    private static final int STREAMED_PAGE = 500;
    private static final String DECOMMISSIONED = "decommissioned";

    private final TwinEngine engine;
    private final Reading reading;

    FleetEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// A page of twins, or all of them, one a line.
    void twins(Exchange exchange) throws InterruptedException {
        reading.begin(exchange);
        boolean all = includesDecommissioned(exchange);
        @Nullable String cursor = exchange.query().text("cursor");
        @Nullable String after = cursor == null ? null : TwinCursor.parse(cursor, all).afterId();
        if (exchange.accepted().equals(Route.NDJSON)) {
            stream(exchange, after, all);
            return;
        }
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT);
        String position = engine.position().token();
        List<JsonObject> twins = engine.twins(after, limit, all);
        JsonObject.Builder page =
                new JsonObject.Builder()
                        .put("twins", new Json.JsonArray(new ArrayList<Json>(twins)));
        if (twins.size() == limit) {
            String last = id(twins.getLast());
            if (!engine.twins(last, 1, all).isEmpty()) {
                page.put("next_cursor", new TwinCursor(last, all).text());
            }
        }
        exchange.send(200, page.put("position", position).build());
    }

    static boolean includesDecommissioned(Exchange exchange) {
        return !exchange.query().word("include", List.of(DECOMMISSIONED), "").isEmpty();
    }

    private static String id(JsonObject twin) {
        if (twin.member("identity") instanceof JsonObject identity
                && identity.member("immutable_id") instanceof Json.JsonString(String id)) {
            return id;
        }
        throw new IllegalStateException("a twin without identity.immutable_id");
    }

    private void stream(Exchange exchange, @Nullable String after, boolean all) {
        if (exchange.query().text("limit") != null) {
            throw Query.invalid("limit", "found it, but a stream is of all twins; leave it out");
        }
        JsonWriter writer = new JsonWriter(64 * 1024);
        @Nullable String last = after;
        try (OutputStream out = exchange.stream(Route.NDJSON)) {
            List<JsonObject> page;
            do {
                page = engine.twins(last, STREAMED_PAGE, all);
                writer.clear();
                for (JsonObject twin : page) {
                    writer.write(twin).ascii("\n");
                }
                out.write(writer.buffer(), 0, writer.length());
                last = page.isEmpty() ? last : id(page.getLast());
            } while (page.size() == STREAMED_PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each projection: up to where it is folded, how far behind, and the digest of what it folded.
    void projections(Exchange exchange) throws InterruptedException {
        reading.begin(exchange);
        EngineStatus status = engine.status();
        List<Json> projections = new ArrayList<>();
        for (Projection projection : Projection.values()) {
            projections.add(
                    new JsonObject.Builder()
                            .put("name", projection.word())
                            .put("position", status.position().token())
                            .put("lag", status.pendingEvents())
                            .put("digest", status.digest())
                            .put("state", status.failure() == null ? "current" : "failed")
                            .build());
        }
        exchange.send(
                200,
                new JsonObject.Builder()
                        .put("projections", new Json.JsonArray(projections))
                        .put("position", status.position().token())
                        .build());
    }

    /// One projection's aggregates.
    void projection(Exchange exchange) throws InterruptedException {
        reading.begin(exchange);
        Projection projection = named(exchange.variable(0));
        @Nullable Dimension groupBy = groupBy(exchange);
        exchange.send(
                200, engine.projection(projection, groupBy, includesDecommissioned(exchange)));
    }

    static Projection named(String name) {
        return Arrays.stream(Projection.values())
                .filter(projection -> projection.word().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.of(
                                ProblemCode.UNKNOWN_PROJECTION,
                                "found "
                                        + Texts.shown(name)
                                        + ", expected one of "
                                        + String.join(", ", words(Projection.values()))));
    }

    static @Nullable Dimension groupBy(Exchange exchange) {
        String word = exchange.query().word("group_by", words(Dimension.values()), "");
        return Arrays.stream(Dimension.values())
                .filter(dimension -> dimension.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static List<String> words(Worded[] values) {
        return Arrays.stream(values).map(Worded::word).toList();
    }
}
