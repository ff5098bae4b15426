package io.souverix.twin.service.http;

import io.souverix.twin.core.json.JsonPointer;
import io.souverix.twin.engine.Answer;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reads that explain a twin: why a value is what it is, what changed between two instants, and
/// its swim lanes. Thread-safe.
final class ExplanationEndpoints {
    static final Set<String> WHY_PARAMETERS = Reading.parameters("path", "limit");
    static final Set<String> DIFF_PARAMETERS = Set.of("from", "to", "known_at", "min_position");
    static final Set<String> TIMELINE_PARAMETERS =
            Set.of("since", "until", "known_at", "limit", "cursor", "min_position");

    private static final int DEFAULT_SETTINGS = 20;

    private final TwinEngine engine;
    private final Reading reading;

    ExplanationEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/twins/{id}/why", WHY_PARAMETERS, Route.ONLY_JSON, this::why),
                Route.get("/v1/twins/{id}/diff", DIFF_PARAMETERS, Route.ONLY_JSON, this::diff),
                Route.get(
                        "/v1/twins/{id}/timeline",
                        TIMELINE_PARAMETERS,
                        Route.ONLY_JSON,
                        this::timeline));
    }

    /// The event that set a value, and those it replaced.
    void why(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        JsonPointer path = path(exchange.query());
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_SETTINGS);
        Answer answer =
                engine.insight().explanations().why(exchange.variable(0), path, asOf, limit);
        Answer.Found found = TwinEndpoints.found(exchange, answer, "at");
        if (found.body().member("value") == null) {
            throw ProblemException.of(
                    ProblemCode.NO_SUCH_PART,
                    "found "
                            + Texts.shown(path.text())
                            + ", which the twin does not have and never had; expected a path into"
                            + " what GET /v1/twins/{id} answers, such as"
                            + " /lifecycle/software/actual_version");
        }
        TwinEndpoints.send(exchange, found);
    }

    private static JsonPointer path(Query query) {
        @Nullable String text = query.text("path");
        JsonPointer path = JsonPointer.parse(text == null ? "" : text);
        if (path.steps().isEmpty()) {
            throw Query.invalid(
                    "path",
                    "found none, expected a path into the twin, such as"
                            + " /lifecycle/software/actual_version");
        }
        return path;
    }

    /// What changed between two instants.
    void diff(Exchange exchange) throws InterruptedException {
        var _ = reading.begin(exchange);
        long from = reading.instant(exchange, "from");
        long to = reading.instant(exchange, "to");
        if (from == AsOf.ALL) {
            throw Query.invalid(
                    "from", "found none, expected an RFC 3339 time, such as 2026-02-27T03:45:00Z");
        }
        long known = reading.instant(exchange, "known_at");
        Answer answer =
                engine.insight()
                        .explanations()
                        .diff(
                                exchange.variable(0),
                                engine.asOf(from, known),
                                engine.asOf(to, known));
        String earlier = to < from ? "to" : "from";
        TwinEndpoints.send(exchange, TwinEndpoints.found(exchange, answer, earlier));
    }

    /// The swim lanes.
    void timeline(Exchange exchange) throws InterruptedException {
        var _ = reading.begin(exchange);
        long since = exchange.query().instant("since", Long.MIN_VALUE);
        long until = reading.instant(exchange, "until");
        AsOf asOf = engine.asOf(until, reading.instant(exchange, "known_at"));
        if (since > until) {
            throw Query.invalid("since", "found a time after that of until, expected one before");
        }
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, TwinEngine.MAX_PAGE);
        @Nullable String cursor = exchange.query().text("cursor");
        Answer answer =
                Reading.page(
                        exchange,
                        () ->
                                engine.insight()
                                        .explanations()
                                        .timeline(
                                                exchange.variable(0), since, asOf, cursor, limit));
        TwinEndpoints.send(exchange, TwinEndpoints.found(exchange, answer, "until"));
    }
}
