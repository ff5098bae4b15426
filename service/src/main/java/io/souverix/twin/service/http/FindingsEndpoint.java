package io.souverix.twin.service.http;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.InvalidQueryException;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.TwinEngine.FindingsPage;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.FindingsQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `GET /v1/drift/findings`: what is not as it should be, over the whole fleet. Thread-safe.
final class FindingsEndpoint {
    static final Set<String> PARAMETERS =
            Reading.parameters("filter", "group", "limit", "cursor", "include");

    private static final int DEFAULT_LIMIT = 100;
    private static final String IDENTICAL = "identical";

    private final TwinEngine engine;
    private final Reading reading;

    FindingsEndpoint(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The way in.
    List<Route> routes() {
        return List.of(Route.get("/v1/drift/findings", PARAMETERS, Route.ONLY_JSON, this::answer));
    }

    void answer(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        FindingsQuery query =
                new FindingsQuery(
                        Filters.of(exchange),
                        !exchange.query().word("group", List.of(IDENTICAL), "").isEmpty(),
                        asOf,
                        Filters.includesDecommissioned(exchange),
                        exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT),
                        exchange.query().text("cursor"));
        FindingsPage page = page(exchange, query);
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("findings", new Json.JsonArray(new ArrayList<Json>(page.findings())));
        if (page.nextCursor() != null) {
            answer.put("next_cursor", page.nextCursor());
        }
        Reading.put(answer, page.asOf());
        String position = new Position(page.asOf().before()).token();
        exchange.send(200, answer.put("position", position).build());
    }

    private FindingsPage page(Exchange exchange, FindingsQuery query) {
        try {
            return Reading.page(exchange, () -> engine.findings(query));
        } catch (InvalidQueryException e) {
            throw ProblemException.of(ProblemCode.INVALID_FILTER, "filter: " + e.getMessage());
        }
    }
}
