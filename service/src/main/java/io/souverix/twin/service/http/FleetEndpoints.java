package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.engine.EngineStatus;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        Projection projection = named(exchange.variable(0));
        List<Dimension> by = groupBy(exchange);
        boolean all = Filters.includesDecommissioned(exchange);
        CompiledFilter filter = Filters.of(exchange);
        exchange.send(200, engine.projection(projection, by, all, asOf, filter));
    }

    private static Projection named(String name) {
        return Arrays.stream(Projection.values())
                .filter(projection -> projection.word().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.of(
                                ProblemCode.UNKNOWN_PROJECTION,
                                "found "
                                        + Texts.shown(name)
                                        + ", expected one of "
                                        + String.join(", ", words(Projection.values()))));
    }

    /// One dimension, or two different ones with a comma between them.
    private static List<Dimension> groupBy(Exchange exchange) {
        @Nullable String text = exchange.query().text("group_by");
        List<Dimension> by = new ArrayList<>();
        for (String word : text == null ? new String[0] : text.split(",", -1)) {
            Arrays.stream(Dimension.values())
                    .filter(dimension -> dimension.word().equals(word) && !by.contains(dimension))
                    .forEach(by::add);
        }
        if (text != null && (by.size() > 2 || by.size() != text.split(",", -1).length)) {
            throw Query.invalid(
                    "group_by",
                    "found "
                            + Texts.shown(text)
                            + ", expected one of "
                            + String.join(", ", words(Dimension.values()))
                            + ", or two of them joined by a comma");
        }
        return by;
    }

    private static List<String> words(Worded[] values) {
        return Arrays.stream(values).map(Worded::word).toList();
    }
}
