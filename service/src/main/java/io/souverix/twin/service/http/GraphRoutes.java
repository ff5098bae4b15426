package io.souverix.twin.service.http;

import io.souverix.twin.engine.TwinEngine;
import java.util.List;
import java.util.Set;

/// The ways in to the graph and its map.
final class GraphRoutes {
    private GraphRoutes() {}

    static List<Route> of(TwinEngine engine, Reading reading) {
        GraphEndpoints graph = new GraphEndpoints(engine, reading);
        MapEndpoints map = new MapEndpoints(engine, reading);
        DrawnEndpoints drawn = new DrawnEndpoints(engine, reading);
        List<String> json = List.of(Route.JSON);
        List<String> jsonOrBytes = List.of(Route.JSON, MapEndpoints.BYTES);
        return List.of(
                Route.get(
                        "/v1/twins/{id}/neighbors",
                        GraphEndpoints.NEIGHBOURS_PARAMETERS,
                        json,
                        graph::neighbours),
                Route.get(
                        "/v1/graph",
                        GraphEndpoints.PARAMETERS,
                        List.of(Route.JSON, Route.NDJSON),
                        graph::graph),
                Route.get("/v1/graph/path", GraphEndpoints.PATH_PARAMETERS, json, graph::path),
                Route.get(
                        "/v1/graph/impact", GraphEndpoints.IMPACT_PARAMETERS, json, graph::impact),
                Route.get(
                        "/v1/graph/layout",
                        MapEndpoints.LAYOUT_PARAMETERS,
                        jsonOrBytes,
                        map::layout),
                Route.post("/v1/graph/layout", Set.of(), json, map::repack),
                Route.get(
                        "/v1/graph/states",
                        MapEndpoints.STATES_PARAMETERS,
                        jsonOrBytes,
                        map::states),
                Route.get(
                        "/v1/graph/edges",
                        DrawnEndpoints.EDGES_PARAMETERS,
                        List.of(MapEndpoints.BYTES),
                        drawn::edges),
                Route.get(
                        "/v1/graph/trust-domains",
                        DrawnEndpoints.DOMAINS_PARAMETERS,
                        List.of(MapEndpoints.BYTES),
                        drawn::trustDomains),
                Route.get(
                        "/v1/graph/changes",
                        DrawnEndpoints.CHANGES_PARAMETERS,
                        json,
                        drawn::changes));
    }
}
