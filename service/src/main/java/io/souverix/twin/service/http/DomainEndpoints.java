package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.Answer;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reads of domains: the tree, who governs what, federation. Thread-safe.
final class DomainEndpoints {
    static final Set<String> LIST_PARAMETERS = Reading.parameters("limit", "cursor");
    static final Set<String> PARAMETERS = Reading.parameters();

    private final TwinEngine engine;
    private final Reading reading;

    DomainEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/domains", LIST_PARAMETERS, Route.ONLY_JSON, this::domains),
                Route.get("/v1/domains/{id}", PARAMETERS, Route.ONLY_JSON, this::domain));
    }

    /// A page of domains.
    void domains(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, TwinEngine.MAX_PAGE);
        @Nullable String cursor = exchange.query().text("cursor");
        exchange.send(
                200,
                Reading.page(exchange, () -> engine.insight().domains().list(asOf, cursor, limit)));
    }

    /// One domain.
    void domain(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        switch (engine.insight().domains().domain(exchange.variable(0), asOf)) {
            case Answer.Found found -> TwinEndpoints.send(exchange, found);
            case Answer.Unknown() ->
                    throw ProblemException.of(
                            ProblemCode.UNKNOWN_DOMAIN,
                            "found no domain "
                                    + Texts.shown(exchange.variable(0))
                                    + ", expected one that GET /v1/domains lists");
            case Answer.NotYetKnown(long firstMicros) ->
                    throw ProblemException.of(
                            ProblemCode.NOT_YET_KNOWN,
                            "found "
                                    + TwinEndpoints.asked(exchange.query(), "at")
                                    + ", expected "
                                    + Times.text(firstMicros)
                                    + " or later: the first event of this domain is of then");
        }
    }
}
