package io.souverix.twin.service.http;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.TwinEngine.TwinsPage;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.ListQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET /v1/twins`: the twins that a filter lets through, a page or all of them. Thread-safe.
final class TwinListEndpoint {
    static final Set<String> PARAMETERS =
            Reading.parameters("filter", "sort", "fields", "limit", "cursor", "include");

    private static final int DEFAULT_LIMIT = 100;
    private static final int STREAMED_PAGE = 500;

    private final TwinEngine engine;
    private final Reading reading;

    TwinListEndpoint(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The way in.
    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/twins", PARAMETERS, List.of(Route.JSON, Route.NDJSON), this::answer));
    }

    void answer(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        if (exchange.accepted().equals(Route.NDJSON)) {
            stream(exchange, asOf);
            return;
        }
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT);
        TwinsPage page = page(exchange, query(exchange, asOf, limit));
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("twins", new Json.JsonArray(new ArrayList<Json>(page.twins())));
        if (page.nextCursor() != null) {
            answer.put("next_cursor", page.nextCursor());
        }
        Reading.put(answer, page.asOf());
        String position = new Position(page.asOf().before()).token();
        exchange.send(200, answer.put("position", position).build());
    }

    private static ListQuery query(Exchange exchange, AsOf asOf, int limit) {
        return new ListQuery(
                Filters.of(exchange),
                Filters.parsed(exchange, "sort", Order::parse, Order.BY_ID),
                Filters.fields(exchange),
                asOf,
                Filters.includesDecommissioned(exchange),
                limit,
                exchange.query().text("cursor"));
    }

    private TwinsPage page(Exchange exchange, ListQuery query) {
        return Reading.page(exchange, () -> engine.twins(query));
    }

    private void stream(Exchange exchange, AsOf asOf) {
        if (exchange.query().text("limit") != null) {
            throw Query.invalid("limit", "found it, but a stream is of all twins; leave it out");
        }
        ListQuery query = query(exchange, asOf, STREAMED_PAGE);
        TwinsPage page = page(exchange, query);
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
                    page = engine.twins(query.from(cursor));
                }
            } while (cursor != null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
