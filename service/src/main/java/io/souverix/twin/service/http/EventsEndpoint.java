package io.souverix.twin.service.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.TwinEngine;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// `POST /v1/events`: reads events in every form they come in, and answers once they are durable and
/// visible. Thread-safe.
final class EventsEndpoint {
    /// How many bodies compressed with zstd are read at a time, for each needs room for its window.
    static final int MAX_WINDOWS = 64;

    private static final HeaderName CE_SPECVERSION = HeaderNames.create("ce-specversion");

    private final TwinEngine engine;
    private final Metrics metrics;
    private final DocumentReader documentReader = new DocumentReader();
    private final DocumentIntake documents;
    private final LineIntake lines;
    private final Semaphore windows = new Semaphore(MAX_WINDOWS);
    private final Semaphore appends;
    private final int maxAppends;

    EventsEndpoint(TwinEngine engine, Gate gate, Metrics metrics, int maxAppends) {
        this.engine = engine;
        this.metrics = metrics;
        this.documents = new DocumentIntake(gate);
        this.lines = new LineIntake(gate, engine);
        this.maxAppends = maxAppends;
        this.appends = new Semaphore(maxAppends);
    }

    /// Where events come in.
    List<Route> routes() {
        return List.of(Route.post("/v1/events", Set.of(), Route.ONLY_JSON, this::answer));
    }

    void answer(Exchange exchange) throws InterruptedException {
        if (!appends.tryAcquire()) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED,
                    maxAppends
                            + " requests that bring events are under way, and no more are taken at"
                            + " a time");
        }
        EventIntake intake = new EventIntake(engine);
        try {
            take(exchange, intake);
        } finally {
            appends.release();
            metrics.taken(intake.tally());
        }
        answer(exchange, intake.tally());
    }

    private void take(Exchange exchange, EventIntake intake) throws InterruptedException {
        ServerRequestHeaders headers = exchange.request().headers();
        BodyKind kind =
                BodyKind.of(
                        exchange.requestHeader(HeaderNames.CONTENT_TYPE),
                        headers.contains(CE_SPECVERSION));
        Encoding encoding = Encoding.of(exchange.requestHeader(HeaderNames.CONTENT_ENCODING));
        if (encoding != Encoding.ZSTD) {
            take(exchange, kind, encoding, intake);
            return;
        }
        if (!windows.tryAcquire()) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED,
                    MAX_WINDOWS
                            + " bodies compressed with zstd are being read, and no more are taken"
                            + " at a time");
        }
        try {
            take(exchange, kind, encoding, intake);
        } finally {
            windows.release();
        }
    }

    private void take(Exchange exchange, BodyKind kind, Encoding encoding, EventIntake intake)
            throws InterruptedException {
        ServerRequestHeaders headers = exchange.request().headers();
        InputStream body = encoding.decode(new RawBody(exchange.body()));
        try {
            if (kind == BodyKind.LINES) {
                lines.take(body, intake);
            } else {
                long length = headers.contentLength().orElse(-1);
                documentReader.read(
                        body,
                        encoding == Encoding.IDENTITY ? length : -1,
                        document -> documents.take(kind, headers, document, intake));
            }
            intake.finish();
        } catch (IOException e) {
            throw corrupt(e.getMessage() + "; nothing of it was taken");
        } catch (RawBody.BrokenOff e) {
            // Whole lines that came stay; there may be nobody left to tell.
            intake.finish();
            throw brokenOff(exchange, e, intake.tally());
        }
    }

    private static ProblemException corrupt(String how) {
        return ProblemException.of(
                ProblemCode.CORRUPT_ENCODING,
                "found a body that does not decompress, expected what Content-Encoding says: "
                        + how);
    }

    private RuntimeException brokenOff(Exchange exchange, RawBody.BrokenOff cause, Tally tally) {
        if (cause.misshapen() == null) {
            return new CloseConnectionException("the client went away", cause);
        }
        exchange.closeAfterwards();
        return Problem.of(
                        ProblemCode.UNREADABLE_REQUEST,
                        "the body is not sent as HTTP/1.1 says: "
                                + cause.misshapen()
                                + "; see the counts for what was taken of it")
                .with(tally.json(engine.position()))
                .thrown();
    }

    private void answer(Exchange exchange, Tally tally) {
        JsonObject counts = tally.json(engine.position());
        exchange.position(tally.position(engine.position()));
        if (tally.taken() > 0 || tally.rejected() == 0) {
            exchange.send(200, counts);
            return;
        }
        Problem problem =
                tally.onlyCorrupt()
                        ? corrupt("no line of it could be read").problem()
                        : Problem.of(
                                ProblemCode.ALL_REJECTED,
                                "found no event to take among "
                                        + tally.rejected()
                                        + ", expected at least one; see the errors");
        throw problem.with(counts).thrown();
    }
}
