package io.souverix.twin.service.http;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPointer;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.engine.AttentionQueries.Filter;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.attention.Handling;
import io.souverix.twin.engine.attention.Handling.Action;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The inbox of what deserves attention, and what operators do about its items. Thread-safe.
final class AttentionEndpoints {
    static final Set<String> LIST_PARAMETERS =
            Reading.parameters("rule", "severity", "state", "limit", "cursor");

    /// How many bytes an order may have.
    static final int MAX_ORDER = 16 * 1024;

    /// How many characters a name or a note may have.
    static final int MAX_TEXT = 1_000;

    private static final int DEFAULT_LIMIT = 100;
    private static final Set<String> MEMBERS = Set.of("action", "assignee", "by", "note", "until");

    private final TwinEngine engine;
    private final Reading reading;
    private final InstantSource clock;

    AttentionEndpoints(TwinEngine engine, Reading reading, InstantSource clock) {
        this.engine = engine;
        this.reading = reading;
        this.clock = clock;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/attention", LIST_PARAMETERS, Route.ONLY_JSON, this::list),
                Route.post("/v1/attention/{id}", Set.of(), Route.ONLY_JSON, this::handle));
    }

    /// A page of the inbox.
    void list(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        Query query = exchange.query();
        Filter filter =
                new Filter(
                        wanted(query, "rule", Alert.values()),
                        wanted(query, "severity", Severity.values()),
                        wanted(query, "state", Handling.State.values()));
        int limit = query.integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT);
        @Nullable String cursor = query.text("cursor");
        exchange.send(
                200,
                Reading.page(
                        exchange,
                        () -> engine.insight().attention().list(asOf, filter, cursor, limit)));
    }

    private static <T extends Worded> @Nullable T wanted(Query query, String name, T[] values) {
        List<String> words = Arrays.stream(values).map(Worded::word).toList();
        String word = query.word(name, words, "");
        return word.isEmpty() ? null : values[words.indexOf(word)];
    }

    /// Does what an operator says about an item.
    void handle(Exchange exchange) {
        Handling.Order order = order(body(exchange));
        JsonObject answer =
                engine.insight()
                        .attention()
                        .handle(exchange.variable(0), order)
                        .orElseThrow(() ->
                                ProblemException.of(
                                        ProblemCode.UNKNOWN_ITEM,
                                        "found no item "
                                                + Texts.shown(exchange.variable(0))
                                                + ", expected one that GET /v1/attention lists"));
        exchange.position(engine.position());
        exchange.send(200, answer);
    }

    private static JsonObject body(Exchange exchange) {
        try {
            byte[] bytes = exchange.body().readNBytes(MAX_ORDER + 1);
            if (bytes.length > MAX_ORDER) {
                throw ProblemException.of(
                        ProblemCode.BODY_TOO_LARGE,
                        "found more than " + MAX_ORDER + " bytes, expected at most so many");
            }
            if (new JsonReader().read(bytes) instanceof JsonObject object) {
                return object;
            }
            throw ProblemException.of(
                    ProblemCode.MALFORMED_JSON, "found no object, expected a JSON object");
        } catch (JsonFault e) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Handling.Order order(JsonObject body) {
        for (String name : body.names()) {
            if (!MEMBERS.contains(name)) {
                throw invalid(
                        name, "found it, expected only " + MEMBERS.stream().sorted().toList());
            }
        }
        List<String> words = Arrays.stream(Action.values()).map(Worded::word).toList();
        @Nullable String word = text(body, "action");
        if (word == null || !words.contains(word)) {
            throw invalid(
                    "action",
                    "found "
                            + (word == null ? "none" : Texts.shown(word))
                            + ", expected one of "
                            + String.join(", ", words));
        }
        Action action = Action.values()[words.indexOf(word)];
        @Nullable String assignee = text(body, "assignee");
        if ((action == Action.ASSIGN) != (assignee != null)) {
            throw invalid(
                    "assignee",
                    assignee == null
                            ? "found none, expected who takes care of it"
                            : "found it, expected it with the action assign only");
        }
        return new Handling.Order(
                action, assignee, until(body, action), text(body, "by"), text(body, "note"));
    }

    private long until(JsonObject body, Action action) {
        @Nullable String text = text(body, "until");
        if ((action == Action.SNOOZE) != (text != null)) {
            throw invalid(
                    "until",
                    text == null
                            ? "found none, expected the instant until which it is snoozed"
                            : "found it, expected it with the action snooze only");
        }
        if (text == null) {
            return Times.NONE;
        }
        long until = Times.parse(text).orElse(Times.NONE);
        if (until == Times.NONE || until <= Times.micros(clock.instant())) {
            throw invalid(
                    "until",
                    "found " + Texts.shown(text) + ", expected an RFC 3339 time still to come");
        }
        return until;
    }

    private static @Nullable String text(JsonObject body, String name) {
        @Nullable Json value = body.member(name);
        if (value == null || value == JsonLiteral.NULL) {
            return null;
        }
        if (value instanceof JsonString(String text)
                && !text.isBlank()
                && text.length() <= MAX_TEXT) {
            return text;
        }
        throw invalid(
                name, "expected a string of 1 to " + MAX_TEXT + " characters that says something");
    }

    private static ProblemException invalid(String name, String detail) {
        String pointer = "/" + JsonPointer.escaped(name);
        return Problem.of(ProblemCode.INVALID_ORDER, pointer + ": " + detail).at(pointer).thrown();
    }
}
