package io.souverix.twin.service.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.souverix.twin.engine.TwinEngine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/// Finds the route of a request, has it answered, and turns whatever goes wrong into a problem.
final class Dispatcher {
    private static final Logger LOGGER = System.getLogger(Dispatcher.class.getName());
    private static final int MAX_QUERY_LENGTH = 4_096;
    private static final Route NO_ROUTE =
            Route.get("(none)", Set.of(), List.of(Route.JSON), _ -> {});

    private final TwinEngine engine;
    private final List<Route> routes;
    private final Metrics metrics;

    Dispatcher(TwinEngine engine, List<Route> routes, Metrics metrics) {
        this.engine = engine;
        this.routes = List.copyOf(routes);
        this.metrics = metrics;
    }

    List<Route> routes() {
        return routes;
    }

    /// Answers a request.
    void handle(ServerRequest request, ServerResponse response) {
        long started = System.nanoTime();
        String method = request.prologue().method().text();
        Query none = Query.parse("", NO_ROUTE);
        Exchange exchange = new Exchange(request, response, NO_ROUTE, List.of(), none);
        Route route = NO_ROUTE;
        try {
            Match match = match(method, request);
            route = match.route();
            String raw = request.prologue().query().rawValue();
            if (raw.length() > MAX_QUERY_LENGTH) {
                throw ProblemException.of(
                        ProblemCode.URI_TOO_LONG,
                        "found a query of "
                                + raw.length()
                                + " characters, expected at most "
                                + MAX_QUERY_LENGTH);
            }
            Query query = Query.parse(raw, route);
            exchange = new Exchange(request, response, route, match.variables(), query);
            exchange.accepted();
            route.endpoint().answer(exchange);
        } catch (ProblemException e) {
            send(exchange, e.problem());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server is stopping", e);
        } catch (RuntimeException | StackOverflowError e) {
            fail(exchange, route, e);
        } finally {
            metrics.answered(route, method, exchange.status(), System.nanoTime() - started);
        }
    }

    private record Match(Route route, List<String> variables) {}

    private Match match(String method, ServerRequest request) {
        List<String> path = new ArrayList<>();
        for (String segment : Route.split(request.prologue().uriPath().rawPath())) {
            path.add(Percent.decode(segment));
        }
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> variables = route.match(path);
            if (variables.isPresent()) {
                if (route.takes(method)) {
                    return new Match(route, variables.get());
                }
                allowed.add(route.method());
                if (route.method().equals("GET")) {
                    allowed.add("HEAD");
                }
            }
        }
        if (allowed.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.NO_SUCH_ROUTE,
                    "found "
                            + Texts.shown(request.prologue().uriPath().rawPath())
                            + ", expected a path that /openapi.yaml names");
        }
        throw Problem.of(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "found "
                                + Texts.shown(method)
                                + ", expected "
                                + String.join(" or ", allowed))
                .withHeader("Allow", String.join(", ", allowed))
                .thrown();
    }

    private void send(Exchange exchange, Problem problem) {
        exchange.position(engine.position());
        exchange.refuse(problem);
    }

    /// What nobody expected: the client gets a number to ask about, the log gets the rest.
    private static void fail(Exchange exchange, Route route, Throwable failure) {
        String incident =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).substring(4);
        LOGGER.log(Level.ERROR, "incident " + incident + " at " + route.template(), failure);
        if (exchange.status() != 0) {
            throw new CloseConnectionException("failed in the middle of an answer", failure);
        }
        exchange.send(
                Problem.of(
                        ProblemCode.INTERNAL_ERROR,
                        "something unexpected happened; it is logged as incident " + incident));
    }
}
