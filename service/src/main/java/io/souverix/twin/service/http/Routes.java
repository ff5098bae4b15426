package io.souverix.twin.service.http;

import io.souverix.twin.engine.TwinEngine;
import java.util.List;
import java.util.stream.Stream;

/// All the ways in below `/v1`, and those of operating, subject by subject; the first that fits
/// answers. What a subject offers stands in its endpoints.
final class Routes {
    private Routes() {}

    static List<Route> of(
            TwinEngine engine, ServerSettings settings, Metrics metrics, StreamEndpoints streams) {
        Reading reading = new Reading(engine, settings);
        Gate gate = new Gate(settings.clock(), settings.maxFuture(), engine::earliestMicros);
        int appends = settings.limits().appends();
        return Stream.of(
                        new EventsEndpoint(engine, gate, metrics, appends).routes(),
                        new TwinListEndpoint(engine, reading).routes(),
                        new HistoryEndpoint(engine, reading).routes(),
                        new ExplanationEndpoints(engine, reading).routes(),
                        new GraphEndpoints(engine, reading).routes(),
                        new MapEndpoints(engine, reading).routes(),
                        new DrawnEndpoints(engine, reading).routes(),
                        new DomainEndpoints(engine, reading).routes(),
                        new AttentionEndpoints(engine, reading, settings.clock()).routes(),
                        new RolloutEndpoints(engine, reading).routes(),
                        new TrustEndpoints(engine, reading).routes(),
                        new FindingsEndpoint(engine, reading).routes(),
                        new ProjectionEndpoints(engine, reading).routes(),
                        new FleetEndpoints(engine, reading).routes(),
                        new FleetHistoryEndpoint(engine, reading).routes(),
                        streams.routes(),
                        new SchemaEndpoints().routes(),
                        new OperatingEndpoints(engine, reading, metrics, settings.rules()).routes(),
                        // Last: it takes whatever path below a twin nothing before it has.
                        new TwinEndpoints(engine, reading).routes())
                .flatMap(List::stream)
                .toList();
    }
}
