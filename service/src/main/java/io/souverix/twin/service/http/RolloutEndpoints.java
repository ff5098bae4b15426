package io.souverix.twin.service.http;

import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reads of rollouts. Thread-safe.
final class RolloutEndpoints {
    static final Set<String> LIST_PARAMETERS = Reading.parameters("limit", "cursor");
    static final Set<String> PARAMETERS = Reading.parameters();

    private static final int DEFAULT_LIMIT = 100;

    private final TwinEngine engine;
    private final Reading reading;

    RolloutEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/rollouts", LIST_PARAMETERS, Route.ONLY_JSON, this::list),
                Route.get("/v1/rollouts/{campaign}", PARAMETERS, Route.ONLY_JSON, this::campaign));
    }

    /// A page of rollouts.
    void list(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT);
        @Nullable String cursor = exchange.query().text("cursor");
        exchange.send(
                200,
                Reading.page(
                        exchange, () -> engine.insight().rollouts().list(asOf, cursor, limit)));
    }

    /// One campaign.
    void campaign(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        exchange.send(
                200,
                engine.insight()
                        .rollouts()
                        .campaign(exchange.variable(0), asOf)
                        .orElseThrow(() ->
                                ProblemException.of(
                                        ProblemCode.UNKNOWN_CAMPAIGN,
                                        "found no campaign "
                                                + Texts.shown(exchange.variable(0))
                                                + ", expected one that GET /v1/rollouts lists")));
    }
}
