package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.Answer;
import io.souverix.twin.engine.EventsQuery;
import io.souverix.twin.engine.EventsQuery.Stored;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Standing;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET /v1/twins/{id}/events`: a twin's history, page by page. Thread-safe.
final class HistoryEndpoint {
    static final Set<String> PARAMETERS =
            Reading.parameters("since", "until", "type", "order", "limit", "cursor");

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_TYPES = 64;

    private final TwinEngine engine;
    private final Reading reading;

    HistoryEndpoint(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The way in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/twins/{id}/events", PARAMETERS, Route.ONLY_JSON, this::answer));
    }

    void answer(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        Answer.@Nullable Missing missing = engine.missing(exchange.variable(0), asOf);
        if (missing != null) {
            throw TwinEndpoints.refusal(exchange, missing, "at");
        }
        EventsQuery query = query(exchange.query(), asOf);
        String position = engine.position().token();
        // A node that is known stays so.
        EventsQuery.Page found =
                Reading.page(exchange, () -> engine.events(exchange.variable(0), query))
                        .orElseThrow();
        JsonWriter writer = new JsonWriter(16 * 1024);
        write(writer, found, position);
        exchange.send(200, Route.JSON, writer.buffer(), writer.length());
    }

    private static EventsQuery query(Query query, AsOf asOf) {
        long since = query.instant("since", Long.MIN_VALUE);
        long until = query.instant("until", Long.MAX_VALUE);
        if (since > until) {
            throw Query.invalid("since", "found a time after that of until, expected one before");
        }
        return new EventsQuery(
                since,
                until,
                types(query.text("type")),
                query.word("order", List.of("asc", "desc"), "asc").equals("desc"),
                query.integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT),
                asOf,
                query.text("cursor"));
    }

    private static List<String> types(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<String> types = List.of(text.split(",", -1));
        if (types.size() > MAX_TYPES) {
            throw Query.invalid(
                    "type", "found " + types.size() + " types, expected at most " + MAX_TYPES);
        }
        for (String type : types) {
            if (EventType.named(type) == null) {
                throw Query.invalid(
                        "type",
                        "found "
                                + Texts.shown(type)
                                + ", expected types of the catalogue or names that start with x_,"
                                + " joined by commas");
            }
        }
        return types;
    }

    private static void write(JsonWriter out, EventsQuery.Page page, String position) {
        out.ascii("{\"events\":[");
        String separator = "";
        for (Stored stored : page.events()) {
            out.ascii(separator);
            write(out, stored);
            separator = ",";
        }
        out.ascii("]");
        if (page.nextCursor() != null) {
            out.ascii(",\"next_cursor\":").string(page.nextCursor());
        }
        out.ascii(",\"at\":\"").ascii(Times.text(page.asOf().nowMicros())).ascii("\"");
        if (page.asOf().knownMicros() != Times.NONE) {
            out.ascii(",\"known_at\":\"").ascii(Times.text(page.asOf().knownMicros())).ascii("\"");
        }
        out.ascii(",\"position\":").string(position).ascii("}");
    }

    /// The native envelope as it can be sent again, and what the service added to it.
    private static void write(JsonWriter out, Stored stored) {
        Event event = stored.event();
        out.ascii("{\"id\":").string(event.id());
        out.ascii(",\"timestamp\":\"").ascii(Times.text(event.timestampMicros())).ascii("\",\"");
        out.ascii(event.subject().kind().member()).ascii("\":").string(event.subject().id());
        out.ascii(",\"event_type\":").string(event.typeName());
        if (event.source() != null) {
            out.ascii(",\"source\":").string(event.source());
        }
        if (event.sequence() != 0) {
            out.ascii(",\"sequence\":").ascii(Long.toString(event.sequence()));
        }
        if (event.epoch() != 0) {
            out.ascii(",\"epoch\":").ascii(Long.toString(event.epoch()));
        }
        out.ascii(",\"payload\":").raw(event.payloadJson(), 0, event.payloadJson().length);
        out.ascii(",\"hash\":\"").ascii(event.hash().hex());
        out.ascii("\",\"position\":").string(stored.position().token());
        out.ascii(",\"recorded_at\":\"").ascii(Times.text(stored.recordedAtMicros()));
        out.ascii("\",\"annulled\":").ascii(Boolean.toString(stored.annulled()));
        out.ascii(stored.standing() == Standing.SET_ASIDE ? ",\"quarantined\":true}" : "}");
    }
}
