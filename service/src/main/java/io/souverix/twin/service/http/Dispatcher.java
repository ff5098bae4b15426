package io.souverix.twin.service.http;

import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.NotRetainedException;
import io.souverix.twin.engine.ProjectionFault;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.TwinFault;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.sbom.SbomDamage;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/// Finds the route of a request, has it answered, and turns whatever goes wrong into a problem.
final class Dispatcher {
    private static final Logger LOGGER = System.getLogger(Dispatcher.class.getName());
    private final TwinEngine engine;
    private final List<Route> routes;
    private final Metrics metrics;
    private final int maxRequests;
    private final Semaphore requests;

    Dispatcher(TwinEngine engine, List<Route> routes, Metrics metrics, int maxRequests) {
        this.maxRequests = maxRequests;
        this.requests = new Semaphore(maxRequests);
        this.engine = engine;
        this.routes = List.copyOf(routes);
        this.metrics = metrics;
    }

    /// Answers a request.
    void handle(ServerRequest request, ServerResponse response) {
        long started = System.nanoTime();
        Exchange exchange = new Exchange(request, response);
        try {
            if (!exchange.admit(requests)) {
                throw ProblemException.of(
                        ProblemCode.TOO_MANY_REQUESTS,
                        maxRequests + " requests are under way, and no more are taken at a time");
            }
            route(exchange);
            exchange.accepted();
            exchange.route().endpoint().answer(exchange);
        } catch (ProblemException e) {
            exchange.position(engine.position());
            exchange.refuse(e.problem());
        } catch (NotRetainedException e) {
            exchange.refuse(
                    Problem.of(
                            ProblemCode.BEFORE_RETAINED_HISTORY,
                            "found a cursor of a question about the past, expected one of "
                                    + Times.text(e.earliestMicros())
                                    + " or later: what was before is not retained"));
        } catch (ProjectionFault | TwinFault | SbomDamage e) {
            exchange.refuse(Problem.of(ProblemCode.QUARANTINED, String.valueOf(e.getMessage())));
        } catch (CloseConnectionException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server is stopping", e);
        } catch (RuntimeException | StackOverflowError e) {
            fail(exchange, e);
        } finally {
            exchange.leave();
            metrics.answered(exchange, System.nanoTime() - started);
        }
    }

    private void route(Exchange exchange) {
        List<String> path = new ArrayList<>();
        for (String segment : Route.split(exchange.rawPath())) {
            path.add(Percent.decode(segment));
        }
        for (Route route : routes) {
            if (route.takes(exchange.method())) {
                Optional<List<String>> variables = route.match(path);
                if (variables.isPresent()) {
                    exchange.routed(route, variables.get());
                    return;
                }
            }
        }
        throw otherwise(exchange, path);
    }

    private ProblemException otherwise(Exchange exchange, List<String> path) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            if (route.match(path).isPresent()) {
                allowed.add(route.method());
                if (route.method().equals("GET")) {
                    allowed.add("HEAD");
                }
            }
        }
        return allowed.isEmpty() ? noRoute(exchange) : notAllowed(exchange, allowed);
    }

    private static ProblemException noRoute(Exchange exchange) {
        return ProblemException.of(
                ProblemCode.NO_SUCH_ROUTE,
                "found "
                        + Texts.shown(exchange.rawPath())
                        + ", expected a path that /openapi.yaml names");
    }

    private static ProblemException notAllowed(Exchange exchange, Set<String> allowed) {
        return Problem.of(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "found "
                                + Texts.shown(exchange.method())
                                + ", expected "
                                + String.join(" or ", allowed))
                .withHeader("Allow", String.join(", ", allowed))
                .thrown();
    }

    /// What nobody expected: the client gets a number to ask about, the log gets the rest. A client
    /// that leaves before its answer is at its end is nothing to log.
    private static void fail(Exchange exchange, Throwable failure) {
        boolean answering = exchange.status() != 0;
        if (answering
                && (failure instanceof UncheckedIOException
                        || failure instanceof SocketWriterException)) {
            throw new CloseConnectionException("the client went away", failure);
        }
        String incident =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).substring(4);
        LOGGER.log(
                Level.ERROR,
                "incident " + incident + " at " + exchange.route().template(),
                failure);
        if (answering) {
            throw new CloseConnectionException("failed in the middle of an answer", failure);
        }
        exchange.refuse(
                failure instanceof LogException
                        ? Problem.of(
                                ProblemCode.QUARANTINED,
                                "found the log unreadable or damaged where this answer needs it; the"
                                        + " place is logged as incident "
                                        + incident)
                        : Problem.of(
                                ProblemCode.INTERNAL_ERROR,
                                "something unexpected happened; it is logged as incident "
                                        + incident));
    }
}
