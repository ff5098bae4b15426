package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.HistoryQuery;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET /v1/projections/{name}/history`: an aggregate over time. Thread-safe.
final class FleetHistoryEndpoint {
    static final Set<String> PARAMETERS =
            Reading.parameters("since", "until", "step", "group_by", "include");

    private static final long DEFAULT_SPAN_MICROS = 86_400L * Times.MICROS_PER_SECOND;
    private static final int DEFAULT_STEPS = 96;

    private final TwinEngine engine;
    private final Reading reading;

    FleetHistoryEndpoint(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The way in.
    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/projections/{name}/history",
                        PARAMETERS,
                        Route.ONLY_JSON,
                        this::answer));
    }

    void answer(Exchange exchange) throws InterruptedException {
        AsOf asOf = engine.pinned(reading.begin(exchange));
        long until = exchange.query().instant("until", asOf.nowMicros());
        if (until > asOf.nowMicros()) {
            throw ProblemException.of(
                    ProblemCode.AT_IN_FUTURE,
                    "found until="
                            + Times.text(until)
                            + ", expected at most "
                            + Times.text(asOf.nowMicros())
                            + ", the instant asked of");
        }
        long since = reading.begin(exchange, "since", until - DEFAULT_SPAN_MICROS);
        exchange.send(200, history(exchange, asOf, since, until));
    }

    private JsonObject history(Exchange exchange, AsOf asOf, long since, long until) {
        try {
            return engine.history(
                    new HistoryQuery(
                            ProjectionParameters.projection(exchange),
                            ProjectionParameters.groupBy(exchange),
                            Filters.includesDecommissioned(exchange),
                            asOf,
                            since,
                            until,
                            step(exchange.query(), since, until)));
        } catch (IllegalArgumentException e) {
            throw Query.invalid("step", String.valueOf(e.getMessage()));
        }
    }

    private static long step(Query query, long since, long until) {
        @Nullable String text = query.text("step");
        if (text == null) {
            return Math.max(Times.MICROS_PER_SECOND, (until - since) / DEFAULT_STEPS);
        }
        OptionalLong seconds = Times.durationSeconds(text);
        if (seconds.isEmpty() || seconds.getAsLong() <= 0) {
            throw Query.invalid(
                    "step",
                    "found " + Texts.shown(text) + ", expected a duration such as 15m or 1h30m");
        }
        return Math.multiplyExact(seconds.getAsLong(), Times.MICROS_PER_SECOND);
    }
}
