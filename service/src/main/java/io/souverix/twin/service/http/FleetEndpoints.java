package io.souverix.twin.service.http;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.engine.EngineStatus;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The reads of the whole fleet. Thread-safe.
final class FleetEndpoints {
    static final Set<String> PROJECTION_PARAMETERS =
            Reading.parameters("filter", "group_by", "include");
    static final Set<String> PROJECTIONS_PARAMETERS = Set.of("min_position");

    private final TwinEngine engine;
    private final Reading reading;

    FleetEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
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
        AsOf asOf = reading.begin(exchange);
        Projection projection = ProjectionParameters.projection(exchange);
        List<Dimension> by = ProjectionParameters.groupBy(exchange);
        boolean all = Filters.includesDecommissioned(exchange);
        CompiledFilter filter = Filters.of(exchange);
        exchange.send(200, engine.projection(projection, by, all, asOf, filter));
    }
}
