package io.souverix.twin.service.http;

import java.util.List;
import java.util.Set;

/// The ways into streams, with the documents that describe them, and to the rebuild of projections.
final class StreamRoutes {
    private static final List<String> JSON = List.of(Route.JSON);
    private static final List<String> EVENTS = List.of(StreamEndpoints.EVENT_STREAM);

    private StreamRoutes() {}

    static List<Route> of(
            StreamEndpoints streams,
            ProjectionEndpoints projections,
            OperatingEndpoints operating) {
        SchemaEndpoints schemas = new SchemaEndpoints();
        return List.of(
                Route.get("/v1/stream", StreamEndpoints.PARAMETERS, EVENTS, streams::fleet),
                Route.get(
                        "/v1/projections/{name}/stream",
                        StreamEndpoints.PROJECTION_PARAMETERS,
                        EVENTS,
                        streams::projection),
                Route.post("/v1/projections/{name}/rebuild", Set.of(), JSON, projections::rebuild),
                Route.get("/v1/schemas", Set.of(), JSON, schemas::list),
                Route.get("/v1/schemas/{type}", Set.of(), JSON, schemas::schema),
                Route.get(
                        "/asyncapi.yaml",
                        Set.of(),
                        List.of(OperatingEndpoints.YAML),
                        operating::asyncapi));
    }
}
