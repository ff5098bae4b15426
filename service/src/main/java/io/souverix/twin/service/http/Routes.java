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
        TrustEndpoints trust = new TrustEndpoints(engine, reading);
        FleetEndpoints fleet = new FleetEndpoints(engine, reading);
        FindingsEndpoint findings = new FindingsEndpoint(engine, reading);
        TwinListEndpoint list = new TwinListEndpoint(engine, reading);
        HistoryEndpoint history = new HistoryEndpoint(engine, reading);
        FleetHistoryEndpoint fleetHistory = new FleetHistoryEndpoint(engine, reading);
        OperatingEndpoints operating =
                new OperatingEndpoints(engine, reading, metrics, settings.rules());
        List<Route> routes = new ArrayList<>(GraphRoutes.of(engine, reading));
        routes.addAll(InsightRoutes.of(engine, reading, settings.clock()));
        ProjectionEndpoints projections = new ProjectionEndpoints(engine, reading);
        routes.addAll(StreamRoutes.of(streams, projections, operating));
        List<Route> others =
                List.of(
                        Route.post("/v1/events", Set.of(), JSON, events::answer),
                        Route.get(
                                "/v1/twins",
                                TwinListEndpoint.PARAMETERS,
                                List.of(Route.JSON, Route.NDJSON),
                                list::answer),
                        Route.get("/v1/twins/{id}", TwinEndpoints.PARAMETERS, JSON, twins::twin),
                        Route.get(
                                "/v1/twins/{id}/events",
                                HistoryEndpoint.PARAMETERS,
                                JSON,
                                history::answer),
                        Route.get(
                                "/v1/twins/{id}/drift",
                                TwinEndpoints.PARAMETERS,
                                JSON,
                                twins::drift),
                        Route.get(
                                "/v1/twins/{id}/ledger",
                                TwinEndpoints.LEDGER_PARAMETERS,
                                JSON,
                                twins::ledger),
                        Route.get(
                                "/v1/twins/{id}/trust",
                                TwinEndpoints.PARAMETERS,
                                JSON,
                                twins::trust),
                        Route.get(
                                "/v1/twins/{id}/{path...}",
                                TwinEndpoints.PARAMETERS,
                                JSON,
                                twins::part),
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
                        Route.get(
                                "/v1/projections/{name}/history",
                                FleetHistoryEndpoint.PARAMETERS,
                                JSON,
                                fleetHistory::answer),
                        Route.get(
                                "/v1/drift/findings",
                                FindingsEndpoint.PARAMETERS,
                                JSON,
                                findings::answer),
                        Route.get(
                                "/v1/trust/certificates",
                                TrustEndpoints.CERTIFICATE_PARAMETERS,
                                JSON,
                                trust::certificates),
                        Route.get(
                                "/v1/sboms/affected",
                                TrustEndpoints.AFFECTED_PARAMETERS,
                                JSON,
                                trust::affected),
                        Route.put("/v1/sboms/{digest}", Set.of(), JSON, trust::put),
                        Route.get(
                                "/v1/sboms/{digest}",
                                TrustEndpoints.SBOM_PARAMETERS,
                                List.of(Route.JSON, TrustEndpoints.CYCLONEDX),
                                trust::get),
                        Route.get(
                                "/v1/sboms/{digest}/diff/{other}",
                                TrustEndpoints.SBOM_PARAMETERS,
                                JSON,
                                trust::diff),
                        Route.get("/v1/rules", Reading.parameters(), JSON, operating::rules),
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
                                operating::openapi));
        routes.addAll(others);
        return routes;
    }
}
