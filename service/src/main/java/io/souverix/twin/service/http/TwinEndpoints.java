package io.souverix.twin.service.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.json.TextSink;
import io.souverix.twin.engine.Answer;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.WrittenAnswer;
import io.souverix.twin.engine.past.AsOf;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reads of one twin, of the present or of an instant. Thread-safe.
final class TwinEndpoints {
    /// What every one of them knows.
    static final Set<String> PARAMETERS = Reading.parameters();

    static final Set<String> LEDGER_PARAMETERS = Reading.parameters("limit", "cursor");

    private static final HeaderName X_AT = HeaderNames.create("X-At");
    private static final HeaderName X_KNOWN_AT = HeaderNames.create("X-Known-At");

    private final TwinEngine engine;
    private final Reading reading;

    TwinEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The ways in; the last takes whatever path below a twin nothing before it has.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/twins/{id}", PARAMETERS, Route.ONLY_JSON, this::twin),
                Route.get("/v1/twins/{id}/drift", PARAMETERS, Route.ONLY_JSON, this::drift),
                Route.get(
                        "/v1/twins/{id}/ledger", LEDGER_PARAMETERS, Route.ONLY_JSON, this::ledger),
                Route.get("/v1/twins/{id}/trust", PARAMETERS, Route.ONLY_JSON, this::trust),
                Route.get("/v1/twins/{id}/{path...}", PARAMETERS, Route.ONLY_JSON, this::part));
    }

    void twin(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        switch (engine.writtenTwin(exchange.variable(0), asOf)) {
            case WrittenAnswer.Written(JsonWriter text, int bodyLength) ->
                    sendTagged(exchange, text, bodyLength);
            case Answer.Missing missing -> throw refusal(exchange, missing, "at");
        }
    }

    void drift(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        send(exchange, found(exchange, engine.drift(exchange.variable(0), asOf)));
    }

    void trust(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        send(exchange, found(exchange, engine.trust(exchange.variable(0), asOf)));
    }

    void ledger(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, TwinEngine.MAX_PAGE);
        @Nullable String cursor = exchange.query().text("cursor");
        Answer answer =
                Reading.page(
                        exchange, () -> engine.ledger(exchange.variable(0), asOf, cursor, limit));
        send(exchange, found(exchange, answer));
    }

    /// A part of the twin by path. It is sent as it is; what else is known of it stands in headers.
    void part(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        Answer.Found found = found(exchange, engine.twin(exchange.variable(0), asOf));
        JsonObject whole = withMeta(found);
        Json part = TwinPath.follow(whole, exchange.variablesFrom(1));
        if (found.meta().member("at") instanceof Json.JsonString(String instant)) {
            exchange.header(X_AT, instant);
        }
        if (found.meta().member("known_at") instanceof Json.JsonString(String instant)) {
            exchange.header(X_KNOWN_AT, instant);
        }
        JsonWriter writer = new JsonWriter().write(part);
        sendTagged(exchange, writer, writer.length());
    }

    private static JsonObject withMeta(Answer.Found found) {
        JsonObject.Builder whole = new JsonObject.Builder();
        found.body().forEach(whole::put);
        return whole.put("meta", found.meta()).build();
    }

    private static Answer.Found found(Exchange exchange, Answer answer) {
        return found(exchange, answer, "at");
    }

    /// The answer where there is one.
    ///
    /// @param instant the parameter that names the instant asked about
    /// @throws ProblemException where the twin is not known, or not yet
    static Answer.Found found(Exchange exchange, Answer answer, String instant) {
        return switch (answer) {
            case Answer.Found found -> found;
            case Answer.Missing missing -> throw refusal(exchange, missing, instant);
        };
    }

    /// What is said of a twin that is not known, or not yet.
    ///
    /// @param instant the parameter that names the instant asked about
    static ProblemException refusal(Exchange exchange, Answer.Missing missing, String instant) {
        return switch (missing) {
            case Answer.Unknown() ->
                    ProblemException.of(
                            ProblemCode.UNKNOWN_TWIN,
                            "found no twin "
                                    + Texts.shown(exchange.variable(0))
                                    + ", expected one that GET /v1/twins lists");
            case Answer.NotYetKnown(long firstMicros) ->
                    ProblemException.of(
                            ProblemCode.NOT_YET_KNOWN,
                            "found "
                                    + asked(exchange.query(), instant)
                                    + ", expected "
                                    + Times.text(firstMicros)
                                    + " or later: the first event of this twin is of then");
        };
    }

    static String asked(Query query, String name) {
        @Nullable String at = query.text(name);
        return at == null ? "known_at=" + query.text("known_at") : name + "=" + at;
    }

    /// Sends a body with its `meta`; the tag is that of the body alone.
    static void send(Exchange exchange, Answer.Found found) {
        JsonWriter text = new JsonWriter(4_096).ascii("{");
        TextSink sink = new TextSink(text);
        found.body().forEach(sink::put);
        int bodyLength = text.length();
        sink.put("meta", found.meta());
        sendTagged(exchange, text.ascii("}"), bodyLength);
    }

    /// @param tagged how many bytes of the text, from its start, its tag is made of
    private static void sendTagged(Exchange exchange, JsonWriter text, int tagged) {
        if (!notModified(exchange, EntityTag.of(text.buffer(), tagged))) {
            exchange.send(200, Route.JSON, text.buffer(), text.length());
        }
    }

    private static boolean notModified(Exchange exchange, EntityTag tag) {
        exchange.header(HeaderNames.ETAG, tag.text());
        boolean matches = tag.matches(exchange.requestHeader(HeaderNames.IF_NONE_MATCH));
        if (matches) {
            exchange.sendEmpty(304);
        }
        return matches;
    }
}
