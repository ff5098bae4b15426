package io.souverix.twin.service.http;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.util.List;
import java.util.Set;

/// The reads of the whole fleet. Thread-safe.
final class FleetEndpoints {
    static final Set<String> PROJECTION_PARAMETERS =
            Reading.parameters("filter", "group_by", "include");

    private final TwinEngine engine;
    private final Reading reading;

    FleetEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The way in.
    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/projections/{name}",
                        PROJECTION_PARAMETERS,
                        Route.ONLY_JSON,
                        this::projection));
    }

    /// One projection's aggregates.
    void projection(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        Projection projection = ProjectionParameters.projection(exchange);
        List<Dimension> by = ProjectionParameters.groupBy(exchange);
        boolean all = Filters.includesDecommissioned(exchange);
        CompiledFilter filter = Filters.of(exchange);
        exchange.send(200, engine.projection(projection, by, all, asOf, filter));
    }
}
