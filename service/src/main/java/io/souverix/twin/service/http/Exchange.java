package io.souverix.twin.service.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One request and its answer. Used by the request's own thread only.
final class Exchange {
    private static final HeaderName X_POSITION = HeaderNames.create("X-Position");

    /// A refused body up to this length is skipped, and the connection goes on.
    private static final long MAX_SKIPPED = 1 << 20;

    /// How long a longer one is read over before the connection ends.
    private static final long LINGER_NANOS = 2_000_000_000L;

    private static final int MAX_QUERY_LENGTH = 4_096;

    private final ServerRequest request;
    private final ServerResponse response;
    private Route route = Route.NONE;
    private List<String> variables = List.of();
    private @Nullable Query query;
    private @Nullable InputStream body;
    private @Nullable Semaphore admission;
    private int status;

    Exchange(ServerRequest request, ServerResponse response) {
        this.request = request;
        this.response = response;
    }

    /// Counts the request among those under way; false where there are as many as may be.
    boolean admit(Semaphore requests) {
        boolean admitted = requests.tryAcquire();
        admission = admitted ? requests : null;
        return admitted;
    }

    /// Counts the request no longer: it is answered, or for a long time to come.
    void leave() {
        if (admission != null) {
            admission.release();
            admission = null;
        }
    }

    /// Says which route the request takes, with the values of the variables of its path.
    ///
    /// @throws ProblemException where its query is none of this route
    void routed(Route found, List<String> values) {
        route = found;
        variables = values;
        String raw = request.prologue().query().rawValue();
        if (raw.length() > MAX_QUERY_LENGTH) {
            throw ProblemException.of(
                    ProblemCode.URI_TOO_LONG,
                    "found a query of "
                            + raw.length()
                            + " characters, expected at most "
                            + MAX_QUERY_LENGTH);
        }
        query = Query.parse(raw, route);
        if (route.method().equals("GET") && hasLargeBody()) {
            // Nobody reads it, so the next request would never be found.
            closeAfterwards();
        }
    }

    /// The route; [Route#NONE] until one is found.
    Route route() {
        return route;
    }

    String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    /// The name of the method.
    String method() {
        return request.prologue().method().text();
    }

    ServerRequest request() {
        return request;
    }

    Query query() {
        return Objects.requireNonNull(query, "no route was found yet");
    }

    /// A variable of the route's path.
    String variable(int index) {
        return variables.get(index);
    }

    /// The variables from one on.
    List<String> variablesFrom(int index) {
        return variables.subList(index, variables.size());
    }

    /// The header's value, the values joined by commas where it stands more than once, or null.
    @Nullable String requestHeader(HeaderName name) {
        return request.headers().contains(name)
                ? String.join(",", request.headers().values(name))
                : null;
    }

    /// The media type to answer in.
    ///
    /// @throws ProblemException where none that the route produces is acceptable
    String accepted() {
        return Accept.choose(requestHeader(HeaderNames.ACCEPT), route.produces());
    }

    /// Sets a header of the answer.
    void header(String name, String value) {
        header(HeaderNames.create(name), value);
    }

    void header(HeaderName name, String value) {
        response.header(HeaderValues.createCached(name, value));
    }

    void position(Position position) {
        response.header(HeaderValues.create(X_POSITION, position.token()));
    }

    /// The status that was sent; 0 before.
    int status() {
        return status;
    }

    void send(int code, Json body) {
        JsonWriter writer = new JsonWriter(4_096);
        writer.write(body);
        send(code, Route.JSON, writer.buffer(), writer.length());
    }

    void send(int code, String mediaType, byte[] body, int length) {
        start(code, mediaType);
        if (isHead()) {
            response.contentLength(length);
            response.send();
        } else {
            response.send(body, 0, length);
        }
    }

    void send(Problem problem) {
        problem.headers().forEach(this::header);
        byte[] body = JsonWriter.bytes(problem.json());
        send(problem.code().status(), Problem.MEDIA_TYPE, body, body.length);
    }

    /// Sends a status without a body.
    void sendEmpty(int code) {
        status = code;
        response.status(Status.create(code)).send();
    }

    void sendText(int code, String mediaType, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        send(code, mediaType, body, body.length);
    }

    /// The body of an answer of unknown length, to be closed by the caller.
    OutputStream stream(String mediaType) {
        start(200, mediaType);
        return response.outputStream();
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    /// The body of the request, as it comes.
    InputStream body() {
        if (body == null) {
            body = open();
        }
        return body;
    }

    private InputStream open() {
        if (!request.content().hasEntity()) {
            return InputStream.nullInputStream();
        }
        InputStream in = request.content().inputStream();
        return isChunked() ? new ChunkedBody(Connection.current().reader(), in) : in;
    }

    private boolean isChunked() {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    }

    /// Refuses the request, whose body may be any length and may not have been read: after the
    /// answer a large one is read over for a while, so that the client comes to read the answer,
    /// and the connection ends.
    void refuse(Problem problem) {
        boolean linger = hasLargeBody() && !request.content().consumed();
        if (linger) {
            closeAfterwards();
        }
        send(problem);
        if (linger && request.continueSent()) {
            readOver();
        }
    }

    private boolean hasLargeBody() {
        return request.content().hasEntity()
                && request.headers().contentLength().orElse(Long.MAX_VALUE) > MAX_SKIPPED;
    }

    private void readOver() {
        byte[] rest = new byte[16 * 1024];
        long deadline = System.nanoTime() + LINGER_NANOS;
        try {
            InputStream in = body();
            while (System.nanoTime() < deadline && in.read(rest) >= 0) {
                // what is read is of no use
            }
        } catch (IOException | RuntimeException _) {
            // the client is gone, which is fine
        }
    }

    /// Ends the connection after this answer.
    void closeAfterwards() {
        response.header(HeaderValues.CONNECTION_CLOSE);
    }

    private void start(int code, String mediaType) {
        status = code;
        response.status(Status.create(code))
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, mediaType));
    }
}
