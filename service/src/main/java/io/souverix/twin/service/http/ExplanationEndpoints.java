package io.souverix.twin.service.http;

import io.souverix.twin.core.event.ConfigPath;
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
    static final Set<String> DIFF_PARAMETERS = Reading.parameters("from", "to");
    static final Set<String> TIMELINE_PARAMETERS =
            Reading.parameters("since", "until", "limit", "cursor");

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
        JsonPointer path = pointer(text == null ? "" : text);
        if (path.steps().isEmpty()) {
            throw Query.invalid(
                    "path",
                    "found none, expected a path into the twin, such as"
                            + " /lifecycle/software/actual_version");
        }
        return path;
    }

    /// A path as RFC 6901 writes it, or with dots as filters do: no member at the root has one.
    private static JsonPointer pointer(String text) {
        return text.indexOf('/') >= 0
                ? JsonPointer.parse(text)
                : ConfigPath.parse(text)
                        .map(path -> new JsonPointer(path.keys()))
                        .orElseGet(() -> JsonPointer.parse(text));
    }

    /// What changed between two instants.
    void diff(Exchange exchange) throws InterruptedException {
        var _ = reading.begin(exchange);
        long from = reading.instant(exchange, "from");
        long to = end(exchange, "to");
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
        String earlier = to < from ? endName(exchange, "to") : "from";
        TwinEndpoints.send(exchange, TwinEndpoints.found(exchange, answer, earlier));
    }

    /// The instant that a span of time ends with: `at`, or what the read calls it besides.
    private long end(Exchange exchange, String name) {
        long at = reading.instant(exchange, "at");
        long named = reading.instant(exchange, name);
        if (at != AsOf.ALL && named != AsOf.ALL && at != named) {
            throw Query.invalid(
                    name,
                    "found another instant than that of at, expected one of the two, or the same");
        }
        return at == AsOf.ALL ? named : at;
    }

    private static String endName(Exchange exchange, String name) {
        return exchange.query().text(name) == null && exchange.query().text("at") != null
                ? "at"
                : name;
    }

    /// The swim lanes.
    void timeline(Exchange exchange) throws InterruptedException {
        var _ = reading.begin(exchange);
        long since = exchange.query().instant("since", Long.MIN_VALUE);
        long until = end(exchange, "until");
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
        TwinEndpoints.send(
                exchange, TwinEndpoints.found(exchange, answer, endName(exchange, "until")));
    }
}
