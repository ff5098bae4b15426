package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.EngineStatus;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.TwinEngine.TwinsPage;
import io.souverix.twin.engine.past.AsOf;
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
    static final Set<String> LIST_PARAMETERS = Reading.parameters("limit", "cursor", "include");
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
        AsOf asOf = reading.begin(exchange);
        boolean all = includesDecommissioned(exchange);
        if (exchange.accepted().equals(Route.NDJSON)) {
            stream(exchange, asOf, all);
            return;
        }
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT);
        TwinsPage page = page(exchange, asOf, all, exchange.query().text("cursor"), limit);
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("twins", new Json.JsonArray(new ArrayList<Json>(page.twins())));
        if (page.nextCursor() != null) {
            answer.put("next_cursor", page.nextCursor());
        }
        Reading.put(answer, page.asOf());
        exchange.send(200, answer.put("position", position(page)).build());
    }

    private static String position(TwinsPage page) {
        return new Position(page.asOf().before()).token();
    }

    private TwinsPage page(
            Exchange exchange, AsOf asOf, boolean all, @Nullable String cursor, int limit) {
        return Reading.page(exchange, () -> engine.twins(asOf, all, cursor, limit));
    }

    static boolean includesDecommissioned(Exchange exchange) {
        return !exchange.query().word("include", List.of(DECOMMISSIONED), "").isEmpty();
    }

    private void stream(Exchange exchange, AsOf asOf, boolean all) {
        if (exchange.query().text("limit") != null) {
            throw Query.invalid("limit", "found it, but a stream is of all twins; leave it out");
        }
        TwinsPage page = page(exchange, asOf, all, exchange.query().text("cursor"), STREAMED_PAGE);
        JsonWriter writer = new JsonWriter(64 * 1024);
        try (OutputStream out = exchange.stream(Route.NDJSON)) {
            @Nullable String cursor;
            do {
                writer.clear();
                for (JsonObject twin : page.twins()) {
                    writer.write(twin).ascii("\n");
                }
                out.write(writer.buffer(), 0, writer.length());
                cursor = page.nextCursor();
                if (cursor != null) {
                    page = engine.twins(page.asOf(), all, cursor, STREAMED_PAGE);
                }
            } while (cursor != null);
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
