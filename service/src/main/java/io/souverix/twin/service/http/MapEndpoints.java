package io.souverix.twin.service.http;

import io.helidon.http.HeaderNames;
import io.souverix.twin.core.graph.layout.LayoutBytes;
import io.souverix.twin.core.graph.layout.LayoutBytes.Stamp;
import io.souverix.twin.core.graph.layout.LayoutJson;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The map of the fleet: its slots, and two bytes of state a node; as bytes or as JSON. Thread-safe.
final class MapEndpoints {
    static final String BYTES = "application/octet-stream";
    static final Set<String> LAYOUT_PARAMETERS = Reading.parameters("limit", "cursor");
    static final Set<String> STATES_PARAMETERS = Reading.parameters("base", "limit", "cursor");

    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    /// Where the instant and the position stand in a header: no part of the tag.
    private static final int UNTAGGED_FROM = 24;

    private static final int UNTAGGED_TO = 40;

    private final TwinEngine engine;
    private final Reading reading;

    MapEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/graph/layout",
                        LAYOUT_PARAMETERS,
                        List.of(Route.JSON, BYTES),
                        this::layout),
                Route.post("/v1/graph/layout", Set.of(), Route.ONLY_JSON, this::repack),
                Route.get(
                        "/v1/graph/states",
                        STATES_PARAMETERS,
                        List.of(Route.JSON, BYTES),
                        this::states));
    }

    /// The slots of the map that holds at the instant.
    void layout(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        if (exchange.accepted().equals(BYTES)) {
            refusePaging(exchange);
            send(exchange, engine.graph().map(asOf, LayoutBytes::layout));
            return;
        }
        int limit = exchange.query().integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        int from = exchange.query().integer("cursor", 0, Integer.MAX_VALUE, 0);
        Tagged.send(
                exchange,
                engine.graph()
                        .map(
                                asOf,
                                (lattice, stamp) ->
                                        tagged(
                                                LayoutJson.layout(lattice, stamp, from, limit),
                                                next(from, limit, lattice.size()),
                                                stamp,
                                                asOf)));
    }

    private static @Nullable String next(int from, int limit, int size) {
        return from + limit < size ? Integer.toString(from + limit) : null;
    }

    private static Tagged tagged(
            JsonObject.Builder body, @Nullable String next, Stamp stamp, AsOf asOf) {
        if (next != null) {
            body.put("next_cursor", next);
        }
        AsOf pinned = asOf.pinned(stamp.position(), stamp.atMicros());
        return new Tagged(body.build(), Tagged.meta(new JsonObject.Builder(), pinned));
    }

    private static void refusePaging(Exchange exchange) {
        for (String name : new String[] {"limit", "cursor"}) {
            if (exchange.query().text(name) != null) {
                throw Query.invalid(name, "found it, but bytes are of all homes; leave it out");
            }
        }
    }

    /// The states at the instant, or what is different from those at `base`.
    void states(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        if (exchange.accepted().equals(BYTES)) {
            refusePaging(exchange);
            send(exchange, bytes(exchange, asOf));
            return;
        }
        if (exchange.query().text("base") != null) {
            throw Query.invalid("base", "found it, but JSON is of whole states; leave it out");
        }
        int limit = exchange.query().integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        int from = exchange.query().integer("cursor", 0, Integer.MAX_VALUE, 0);
        Tagged.send(
                exchange,
                engine.graph()
                        .states(
                                asOf,
                                (states, lattice, stamp) ->
                                        tagged(
                                                LayoutJson.states(
                                                        states, lattice, stamp, from, limit),
                                                next(from, limit, states.length),
                                                stamp,
                                                asOf)));
    }

    private byte[] bytes(Exchange exchange, AsOf asOf) {
        long base = reading.instant(exchange, "base");
        if (base == AsOf.ALL) {
            return engine.graph()
                    .states(asOf, (states, _, stamp) -> LayoutBytes.states(states, stamp));
        }
        return engine.graph()
                .difference(
                        base,
                        asOf,
                        (before, now, stamp) -> LayoutBytes.difference(before, now, base, stamp));
    }

    /// Packs the map anew from now on.
    void repack(Exchange exchange) {
        int revision = engine.graph().repack();
        exchange.position(engine.position());
        exchange.send(200, new JsonObject.Builder().put("revision", revision).build());
    }

    /// Answers bytes with their tag, compressed where that is taken.
    static void send(Exchange exchange, byte[] body) {
        byte[] tagged = body.clone();
        Arrays.fill(tagged, UNTAGGED_FROM, UNTAGGED_TO, (byte) 0);
        boolean zipped =
                AcceptEncoding.takes(exchange.requestHeader(HeaderNames.ACCEPT_ENCODING), "gzip");
        String hash = EntityTag.of(tagged, tagged.length).text();
        EntityTag tag =
                zipped
                        ? new EntityTag(hash.substring(0, hash.length() - 1) + "-gzip\"")
                        : new EntityTag(hash);
        exchange.header(HeaderNames.ETAG, tag.text());
        exchange.header(HeaderNames.VARY, "Accept, Accept-Encoding");
        if (tag.matches(exchange.requestHeader(HeaderNames.IF_NONE_MATCH))) {
            exchange.sendEmpty(304);
            return;
        }
        byte[] sent = zipped ? zipped(body) : body;
        if (zipped) {
            exchange.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        exchange.send(200, BYTES, sent, sent.length);
    }

    private static byte[] zipped(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes, 16 * 1024)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
