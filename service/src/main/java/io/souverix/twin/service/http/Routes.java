package io.souverix.twin.service.http;

import io.souverix.twin.engine.TwinEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// All the ways in; the first that fits answers.
final class Routes {
    private static final List<String> JSON = List.of(Route.JSON);

    private Routes() {}

    static List<Route> of(
            TwinEngine engine, ServerSettings settings, Metrics metrics, StreamEndpoints streams) {
        Reading reading = new Reading(engine, settings.clock());
        Gate gate = new Gate(settings.clock(), settings.maxFuture());
        EventsEndpoint events =
                new EventsEndpoint(engine, gate, metrics, settings.limits().appends());
        TwinEndpoints twins = new TwinEndpoints(engine, reading);
        FleetEndpoints fleet = new FleetEndpoints(engine, reading);
        HistoryEndpoint history = new HistoryEndpoint(engine, reading);
        ProjectionEndpoints projections = new ProjectionEndpoints(engine, reading);
        SchemaEndpoints schemas = new SchemaEndpoints();
        OperatingEndpoints operating = new OperatingEndpoints(engine, metrics, settings.rules());
        List<Route> routes = new ArrayList<>(GraphRoutes.of(engine, reading));
        List<Route> others = List.of(
                Route.post("/v1/events", Set.of(), JSON, events::answer),
                Route.get(
                        "/v1/twins",
                        FleetEndpoints.LIST_PARAMETERS,
                        List.of(Route.JSON, Route.NDJSON),
                        fleet::twins),
                Route.get("/v1/twins/{id}", TwinEndpoints.PARAMETERS, JSON, twins::twin),
                Route.get(
                        "/v1/twins/{id}/events", HistoryEndpoint.PARAMETERS, JSON, history::answer),
                Route.get("/v1/twins/{id}/drift", TwinEndpoints.PARAMETERS, JSON, twins::drift),
                Route.get(
                        "/v1/twins/{id}/ledger",
                        TwinEndpoints.LEDGER_PARAMETERS,
                        JSON,
                        twins::ledger),
                Route.get("/v1/twins/{id}/trust", TwinEndpoints.PARAMETERS, JSON, twins::trust),
                Route.get("/v1/twins/{id}/{path...}", TwinEndpoints.PARAMETERS, JSON, twins::part),
                Route.get(
                        "/v1/projections",
                        ProjectionEndpoints.PARAMETERS,
                        JSON,
                        projections::list),
                Route.get(
                        "/v1/projections/{name}",
                        FleetEndpoints.PROJECTION_PARAMETERS,
                        JSON,
                        fleet::projection),
                Route.post(
                        "/v1/projections/{name}/rebuild", Set.of(), JSON, projections::rebuild),
                Route.get(
                        "/v1/projections/{name}/stream",
                        StreamEndpoints.PROJECTION_PARAMETERS,
                        List.of(StreamEndpoints.EVENT_STREAM),
                        streams::projection),
                Route.get(
                        "/v1/stream",
                        StreamEndpoints.PARAMETERS,
                        List.of(StreamEndpoints.EVENT_STREAM),
                        streams::fleet),
                Route.get("/v1/schemas", Set.of(), JSON, schemas::list),
                Route.get("/v1/schemas/{type}", Set.of(), JSON, schemas::schema),
                Route.get("/v1/rules", Set.of(), JSON, operating::rules),
                Route.get("/livez", Set.of(), JSON, operating::live),
                Route.get("/startupz", Set.of(), JSON, operating::started),
                Route.get("/readyz", Set.of(), JSON, operating::ready),
                Route.get(
                        "/metrics",
                        Set.of(),
                        List.of(OperatingEndpoints.METRICS),
                        operating::metrics),
                Route.get(
                        "/openapi.yaml",
                        Set.of(),
                        List.of(OperatingEndpoints.YAML),
                        operating::openapi),
                Route.get(
                        "/asyncapi.yaml",
                        Set.of(),
                        List.of(OperatingEndpoints.YAML),
                        operating::asyncapi),
                Route.get("/", Set.of(), List.of(OperatingEndpoints.HTML), operating::index));
        routes.addAll(others);
        return routes;
    }
}
