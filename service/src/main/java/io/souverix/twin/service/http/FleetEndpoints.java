package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
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
    static final Set<String> PROJECTION_PARAMETERS = Reading.parameters("group_by", "include");

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

    /// One projection's aggregates.
    void projection(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        Projection projection = named(exchange.variable(0));
        List<Dimension> by = groupBy(exchange);
        boolean all = includesDecommissioned(exchange);
        exchange.send(200, ProjectionEndpoints.answer(engine, projection, by, all, asOf));
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

    /// One dimension, or two different ones with a comma between them.
    static List<Dimension> groupBy(Exchange exchange) {
        @Nullable String text = exchange.query().text("group_by");
        List<Dimension> by = new ArrayList<>();
        for (String word : text == null ? new String[0] : text.split(",", -1)) {
            Arrays.stream(Dimension.values())
                    .filter(dimension -> dimension.word().equals(word) && !by.contains(dimension))
                    .forEach(by::add);
        }
        if (text != null && (by.size() > 2 || by.size() != text.split(",", -1).length)) {
            throw Query.invalid(
                    "group_by",
                    "found "
                            + Texts.shown(text)
                            + ", expected one of "
                            + String.join(", ", words(Dimension.values()))
                            + ", or two of them joined by a comma");
        }
        return by;
    }

    private static List<String> words(Worded[] values) {
        return Arrays.stream(values).map(Worded::word).toList();
    }
}
