package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.ProjectionStatus;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Quarantine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The projections as a surface: how they stand, what is set aside, and their rebuild. Thread-safe.
final class ProjectionEndpoints {
    static final Set<String> PARAMETERS = Reading.parameters();

    /// How many nodes of which something is set aside are listed.
    private static final int MAX_LISTED = 100;

    private final TwinEngine engine;
    private final Reading reading;

    ProjectionEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/projections", PARAMETERS, Route.ONLY_JSON, this::list),
                Route.post(
                        "/v1/projections/{name}/rebuild",
                        Set.of(),
                        Route.ONLY_JSON,
                        this::rebuild));
    }

    /// Each projection, and what is set aside.
    void list(Exchange exchange) throws InterruptedException {
        AsOf pinned = engine.pinned(reading.begin(exchange));
        List<Json> projections = new ArrayList<>();
        engine.projections(pinned.atMicros() == AsOf.ALL ? AsOf.PRESENT : pinned)
                .forEach(status -> projections.add(json(status)));
        List<Json> entries = new ArrayList<>();
        engine.quarantined(MAX_LISTED).forEach(entry -> entries.add(json(entry)));
        JsonObject quarantine =
                new JsonObject.Builder()
                        .put("subjects", engine.quarantinedCount())
                        .put("entries", new JsonArray(entries))
                        .build();
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("projections", new JsonArray(projections))
                        .put("quarantine", quarantine);
        exchange.send(
                200,
                Reading.put(answer, pinned)
                        .put("position", new Position(pinned.before()).token())
                        .build());
    }

    private static Json json(ProjectionStatus status) {
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("name", status.name())
                        .put("position", status.position().token())
                        .put("lag", status.lag())
                        .put("digest", status.digest())
                        .put("state", status.state().name().toLowerCase(Locale.ROOT));
        if (status.fault() != null) {
            json.put("fault", status.fault());
        }
        return json.build();
    }

    private static Json json(Quarantine.Entry entry) {
        boolean known = entry.sinceMicros() != Times.NONE;
        return new JsonObject.Builder()
                .put("subject", entry.subject())
                .put("since", known ? Json.of(Times.text(entry.sinceMicros())) : JsonLiteral.NULL)
                .put("counted", entry.counted())
                .put("event_ids", Json.strings(entry.events()))
                .put("detail", entry.detail())
                .build();
    }

    /// Counts a projection anew beside the standing one, and tries again what is set aside.
    void rebuild(Exchange exchange) {
        Projection projection = ProjectionParameters.projection(exchange);
        long before = engine.quarantinedCount();
        if (!engine.rebuild(projection)) {
            throw ProblemException.of(
                    ProblemCode.REBUILDING, projection.word() + " is being rebuilt already");
        }
        exchange.position(engine.position());
        ProjectionStatus status =
                engine.projections(AsOf.PRESENT).stream()
                        .filter(one -> one.name().equals(projection.word()))
                        .findFirst()
                        .orElseThrow();
        exchange.send(
                200,
                new JsonObject.Builder()
                        .put("projection", json(status))
                        .put("quarantined_before", before)
                        .put("quarantined", engine.quarantinedCount())
                        .build());
    }
}
