package io.souverix.twin.service.http;

import io.souverix.twin.core.graph.Direction;
import io.souverix.twin.core.graph.FleetGraph;
import io.souverix.twin.core.graph.Follow;
import io.souverix.twin.core.graph.GraphAnswers;
import io.souverix.twin.core.graph.GraphAnswers.Failing;
import io.souverix.twin.core.graph.GraphJson;
import io.souverix.twin.core.graph.Impact;
import io.souverix.twin.core.graph.Outline;
import io.souverix.twin.core.graph.Selection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.Answer;
import io.souverix.twin.engine.PageCursor;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.graph.GraphQueries.Asked;
import io.souverix.twin.engine.past.AsOf;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reads of the fleet's graph: all of it, around a node, between two, and what a failure cuts
/// off. Thread-safe.
final class GraphEndpoints {
    static final Set<String> PARAMETERS =
            Reading.parameters(
                    "region",
                    "zone",
                    "cluster",
                    "trust_domain",
                    "type",
                    "include",
                    "bundles",
                    "limit",
                    "cursor");
    static final Set<String> NEIGHBOURS_PARAMETERS =
            Reading.parameters("hops", "type", "direction", "usable", "limit");
    static final Set<String> PATH_PARAMETERS =
            Reading.parameters("from", "to", "type", "direction", "usable");
    static final Set<String> IMPACT_PARAMETERS =
            Reading.parameters("of", "kind", "to", "type", "usable", "limit");

    static final int MAX_HOPS = 32;
    static final int MAX_NEIGHBOURS = 10_000;
    static final int MAX_ANCHORS = 100;

    /// How many clusters, zones, trust domains and bundles are listed.
    static final int MAX_OUTLINE = 500;

    private static final int DEFAULT_LIMIT = 100;
    private static final String DECOMMISSIONED = "decommissioned";
    private static final String ALL = "all";
    private static final String BETWEEN = "between";
    private static final List<String> TRUTHS = List.of("true", "false");

    private final TwinEngine engine;
    private final Reading reading;

    GraphEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.reading = reading;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/twins/{id}/neighbors",
                        NEIGHBOURS_PARAMETERS,
                        Route.ONLY_JSON,
                        this::neighbours),
                Route.get("/v1/graph", PARAMETERS, List.of(Route.JSON, Route.NDJSON), this::graph),
                Route.get("/v1/graph/path", PATH_PARAMETERS, Route.ONLY_JSON, this::path),
                Route.get("/v1/graph/impact", IMPACT_PARAMETERS, Route.ONLY_JSON, this::impact));
    }

    /// A page of the graph with its outline on the first one, or all of it, one thing a line.
    void graph(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        Selection selection = selection(exchange.query());
        String list = "graph " + Integer.toHexString(selection.hashCode());
        @Nullable PageCursor after = Reading.page(exchange, () -> cursor(exchange, list, asOf));
        if (exchange.accepted().equals(Route.NDJSON)) {
            if (exchange.query().text("limit") != null) {
                throw Query.invalid("limit", "found it, but a stream is of all; leave it out");
            }
            AsOf pinned = after == null ? engine.pinned(asOf) : after.asOf();
            Reading.tell(exchange, pinned);
            new GraphStream(engine.graph(), pinned, selection)
                    .send(exchange, after == null ? null : after.after());
            return;
        }
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT);
        boolean between =
                exchange.query().word("bundles", List.of(ALL, BETWEEN), ALL).equals(BETWEEN);
        Tagged.send(exchange, page(new PageQuestion(selection, list, after, limit, between), asOf));
    }

    private record PageQuestion(
            Selection selection,
            String list,
            @Nullable PageCursor cursor,
            int limit,
            boolean between) {
        @Nullable String after() {
            return cursor == null ? null : cursor.after();
        }
    }

    /// A page that is all there is comes from the graph as it stands; one of several from the pinned
    /// question that the others will answer, too.
    private Tagged page(PageQuestion question, AsOf asOf) {
        if (question.cursor == null) {
            Optional<Tagged> whole = engine.graph().ask(asOf, asked -> page(asked, question, true));
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        AsOf pinned = question.cursor == null ? engine.pinned(asOf) : question.cursor.asOf();
        return engine.graph().ask(pinned, asked -> page(asked, question, false)).orElseThrow();
    }

    private static @Nullable PageCursor cursor(Exchange exchange, String list, AsOf asOf) {
        @Nullable String cursor = exchange.query().text("cursor");
        if (cursor == null) {
            return null;
        }
        PageCursor parsed = PageCursor.parse(cursor, list);
        return new PageCursor(list, PageCursor.agreed(parsed.asOf(), asOf), parsed.after());
    }

    /// @param whole answer nothing where there is another page
    private static Optional<Tagged> page(Asked asked, PageQuestion question, boolean whole) {
        FleetGraph graph = asked.graph();
        GraphAnswers.Page page =
                GraphAnswers.page(graph, question.selection, question.after(), question.limit);
        if (whole && page.nextAfter() != null) {
            return Optional.empty();
        }
        JsonObject.Builder body = new JsonObject.Builder();
        body.put("nodes", new Json.JsonArray(page.nodes()));
        body.put("edges", new Json.JsonArray(page.edges()));
        if (question.cursor == null) {
            Outline outline = Outline.of(graph, question.selection);
            GraphJson.putOutline(
                    body,
                    question.between ? outline.betweenZones() : outline,
                    asked.domains().get(),
                    MAX_OUTLINE);
        }
        JsonObject.Builder meta = new JsonObject.Builder();
        if (page.nextAfter() != null) {
            PageCursor next = new PageCursor(question.list, asked.asOf(), page.nextAfter());
            meta.put("next_cursor", next.token());
        }
        return Optional.of(new Tagged(body.build(), Tagged.meta(meta, asked.asOf())));
    }

    private static Tagged tagged(Asked asked, JsonObject.Builder body) {
        return new Tagged(body.build(), Tagged.meta(new JsonObject.Builder(), asked.asOf()));
    }

    private static Selection selection(Query query) {
        return new Selection(
                query.text("region"),
                query.text("zone"),
                query.text("cluster"),
                query.text("trust_domain"),
                words(query, "type"),
                !query.word("include", List.of(DECOMMISSIONED), "").isEmpty());
    }

    private static List<String> words(Query query, String name) {
        String text = query.text(name);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",")).filter(word -> !word.isEmpty()).toList();
    }

    /// What is around a node.
    void neighbours(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        Query query = exchange.query();
        int hops = query.integer("hops", 0, MAX_HOPS, 1);
        int limit = query.integer("limit", 1, MAX_NEIGHBOURS, TwinEngine.MAX_PAGE);
        Follow follow = follow(query);
        String id = exchange.variable(0);
        Tagged.send(
                exchange,
                engine.graph()
                        .ask(
                                asOf,
                                asked ->
                                        tagged(
                                                asked,
                                                GraphAnswers.neighbours(
                                                        asked.graph(),
                                                        asked.walks(),
                                                        number(asked.graph(), id, asOf),
                                                        hops,
                                                        follow,
                                                        limit))));
    }

    private static Follow follow(Query query) {
        List<String> directions = Arrays.stream(Direction.values()).map(Direction::word).toList();
        String word = query.word("direction", directions, Direction.BOTH.word());
        return new Follow(
                words(query, "type"),
                Direction.values()[directions.indexOf(word)],
                query.word("usable", TRUTHS, "false").equals("true"));
    }

    /// The number of an id.
    ///
    /// @throws ProblemException where the graph does not have it
    private int number(FleetGraph graph, String id, AsOf asOf) {
        int number = graph.find(id);
        if (number >= 0) {
            return number;
        }
        boolean later = !asOf.countsAll() && engine.twin(id, asOf) instanceof Answer.NotYetKnown;
        throw ProblemException.of(
                later ? ProblemCode.NOT_YET_KNOWN : ProblemCode.UNKNOWN_TWIN,
                later
                        ? "found " + Texts.shown(id) + ", whose first event is after that instant"
                        : "found "
                                + Texts.shown(id)
                                + ", expected a node that GET /v1/graph lists");
    }

    /// The shortest path between two nodes.
    void path(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        String from = required(exchange.query(), "from");
        String to = required(exchange.query(), "to");
        Follow follow = follow(exchange.query());
        Tagged.send(
                exchange,
                engine.graph()
                        .ask(
                                asOf,
                                asked ->
                                        tagged(
                                                asked,
                                                GraphAnswers.path(
                                                        asked.graph(),
                                                        asked.walks(),
                                                        number(asked.graph(), from, asOf),
                                                        number(asked.graph(), to, asOf),
                                                        follow))));
    }

    private static String required(Query query, String name) {
        String text = query.text(name);
        if (text == null || text.isEmpty()) {
            throw Query.invalid(name, "found none, expected the id of a node");
        }
        return text;
    }

    /// What a failure cuts off.
    void impact(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        Query query = exchange.query();
        String of = required(query, "of");
        List<String> kinds = Arrays.stream(Failing.values()).map(GraphEndpoints::word).toList();
        String kind = query.word("kind", kinds, "");
        List<String> anchors = words(query, "to");
        if (anchors.size() > MAX_ANCHORS) {
            throw Query.invalid(
                    "to", "found " + anchors.size() + " ids, expected at most " + MAX_ANCHORS);
        }
        int limit = query.integer("limit", 1, MAX_NEIGHBOURS, DEFAULT_LIMIT);
        Follow follow =
                new Follow(
                        words(query, "type"),
                        Direction.BOTH,
                        query.word("usable", TRUTHS, "false").equals("true"));
        Failure failure = new Failure(of, kind, anchors, follow, limit, asOf);
        Tagged.send(exchange, engine.graph().ask(asOf, asked -> impact(asked, failure)));
    }

    private record Failure(
            String of, String kind, List<String> anchors, Follow follow, int limit, AsOf asOf) {}

    private static String word(Failing kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Tagged impact(Asked asked, Failure failure) {
        FleetGraph graph = asked.graph();
        for (Failing kind : Failing.values()) {
            if (failure.kind.isEmpty() || failure.kind.equals(word(kind))) {
                int[] failing = GraphAnswers.failing(graph, failure.of, kind);
                if (failing.length > 0) {
                    return tagged(asked, impact(graph, failure, kind, failing));
                }
            }
        }
        throw ProblemException.of(
                ProblemCode.UNKNOWN_TWIN,
                "found "
                        + Texts.shown(failure.of)
                        + ", expected "
                        + (failure.kind.isEmpty() ? "a node, zone or region" : "a " + failure.kind)
                        + " with nodes that are not decommissioned");
    }

    private JsonObject.Builder impact(
            FleetGraph graph, Failure failure, Failing kind, int[] failing) {
        int @Nullable [] anchors =
                failure.anchors.isEmpty()
                        ? null
                        : failure.anchors.stream()
                                .mapToInt(id -> number(graph, id, failure.asOf))
                                .toArray();
        Impact impact = Impact.of(graph, failing, anchors, failure.follow);
        JsonObject.Builder body =
                new JsonObject.Builder()
                        .put("of", failure.of)
                        .put("kind", word(kind))
                        .put("to", Json.strings(failure.anchors));
        return GraphAnswers.putImpact(body, graph, impact, failure.limit);
    }
}
