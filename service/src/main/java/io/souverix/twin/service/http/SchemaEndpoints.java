package io.souverix.twin.service.http;

import io.souverix.twin.core.event.EventSchema;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The JSON Schemas of events. Thread-safe.
final class SchemaEndpoints {

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/schemas", Set.of(), Route.ONLY_JSON, this::list),
                Route.get("/v1/schemas/{type}", Set.of(), Route.ONLY_JSON, this::schema));
    }

    /// The names of all of them.
    void list(Exchange exchange) {
        List<Json> schemas = new ArrayList<>();
        for (EventType type : EventType.values()) {
            schemas.add(
                    new JsonObject.Builder()
                            .put("event_type", EventSchema.id(type))
                            .put("schema", "/v1/schemas/" + EventSchema.id(type))
                            .build());
        }
        exchange.send(
                200, new JsonObject.Builder().put("schemas", new Json.JsonArray(schemas)).build());
    }

    /// The schema of the events of one type.
    void schema(Exchange exchange) {
        String name = exchange.variable(0);
        EventType type =
                Arrays.stream(EventType.values())
                        .filter(candidate -> EventSchema.id(candidate).equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                ProblemException.of(
                                        ProblemCode.UNKNOWN_SCHEMA,
                                        "found "
                                                + Texts.shown(name)
                                                + ", expected a type that GET /v1/schemas names"));
        exchange.send(200, EventSchema.of(type));
    }
}
