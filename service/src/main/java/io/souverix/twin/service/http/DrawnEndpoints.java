package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.graph.DrawnEdges;
import io.souverix.twin.core.graph.layout.EdgeBytes;
import io.souverix.twin.core.graph.layout.Lattice;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.graph.MapChanges;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What stands beside the states of the map: edges, trust domains, and when how much changed.
/// Thread-safe.
final class DrawnEndpoints {
    static final Set<String> EDGES_PARAMETERS = Reading.parameters("box", "node", "limit");
    static final Set<String> DOMAINS_PARAMETERS = Reading.parameters();
    static final Set<String> CHANGES_PARAMETERS = Reading.parameters("since", "until", "steps");

    private static final int DEFAULT_STEPS = 96;
    private static final long DEFAULT_SPAN_MICROS = 86_400L * Times.MICROS_PER_SECOND;

    private final TwinEngine engine;
    private final Reading reading;

    DrawnEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/graph/edges",
                        EDGES_PARAMETERS,
                        List.of(MapEndpoints.BYTES),
                        this::edges),
                Route.get(
                        "/v1/graph/trust-domains",
                        DOMAINS_PARAMETERS,
                        List.of(MapEndpoints.BYTES),
                        this::trustDomains),
                Route.get("/v1/graph/changes", CHANGES_PARAMETERS, Route.ONLY_JSON, this::changes));
    }

    /// The edges at the homes of a part of the map, or of a node.
    void edges(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        int limit = exchange.query().integer("limit", 1, DrawnEdges.MAX, DrawnEdges.MAX);
        @Nullable String node = exchange.query().text("node");
        @Nullable Box box = Box.of(exchange.query().text("box"));
        if ((node == null) == (box == null)) {
            throw Query.invalid(
                    "box",
                    "found " + (node == null ? "neither" : "both") + ", expected box or node");
        }
        MapEndpoints.send(
                exchange,
                engine.graph()
                        .drawn(
                                asOf,
                                (graph, lattice, stamp) ->
                                        EdgeBytes.edges(
                                                DrawnEdges.of(
                                                        graph, lattice, wanted(lattice, node, box)),
                                                limit,
                                                lattice.size(),
                                                stamp)));
    }

    private static IntPredicate wanted(Lattice lattice, @Nullable String node, @Nullable Box box) {
        return box == null
                ? home -> lattice.home(home).id().equals(node)
                : home -> box.has(lattice.x(home), lattice.y(home));
    }

    /// A rectangle of slots.
    private record Box(int x, int y, int width, int height) {
        static @Nullable Box of(@Nullable String text) {
            if (text == null) {
                return null;
            }
            if (!text.matches("\\d{1,5},\\d{1,5},\\d{1,5},\\d{1,5}")) {
                throw Query.invalid(
                        "box",
                        "found "
                                + Texts.shown(text)
                                + ", expected x,y,width,height in slots, such as 0,0,64,48");
            }
            String[] parts = text.split(",");
            return new Box(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]));
        }

        boolean has(int slotX, int slotY) {
            return slotX >= x && slotY >= y && slotX < x + width && slotY < y + height;
        }
    }

    /// Which trust domain each home is in.
    void trustDomains(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        MapEndpoints.send(
                exchange,
                engine.graph()
                        .drawn(
                                asOf,
                                (graph, lattice, stamp) ->
                                        EdgeBytes.trustDomains(
                                                DrawnEdges.trustDomains(graph, lattice), stamp)));
    }

    /// How many changes there were in each part of a span of time.
    void changes(Exchange exchange) throws InterruptedException {
        AsOf asOf = engine.pinned(reading.begin(exchange));
        Query query = exchange.query();
        long until = query.instant("until", asOf.nowMicros());
        if (until > asOf.nowMicros()) {
            throw ProblemException.of(
                    ProblemCode.AT_IN_FUTURE,
                    "found until="
                            + Times.text(until)
                            + ", expected at most "
                            + Times.text(asOf.nowMicros()));
        }
        long since = reading.begin(exchange, "since", until - DEFAULT_SPAN_MICROS);
        if (since >= until) {
            throw Query.invalid("since", "found a time not before that of until");
        }
        int steps = query.integer("steps", 1, MapChanges.MAX_STEPS, DEFAULT_STEPS);
        long[] counts = engine.graph().changes(new MapChanges.Span(since, until, steps), asOf);
        List<Json> listed = new ArrayList<>(steps);
        for (long count : counts) {
            listed.add(JsonNumber.of(count));
        }
        exchange.send(
                200,
                new JsonObject.Builder()
                        .put("since", Times.text(since))
                        .put("until", Times.text(until))
                        .put("steps", steps)
                        .put("counts", new Json.JsonArray(listed))
                        .put("at", Times.text(asOf.nowMicros()))
                        .put("position", engine.position().token())
                        .build());
    }
}
