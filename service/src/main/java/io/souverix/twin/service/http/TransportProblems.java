package io.souverix.twin.service.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.souverix.twin.core.json.JsonWriter;

/// Problems with requests that never reach a route, because they are not readable as HTTP.
final class TransportProblems {
    private TransportProblems() {}

    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, TransportProblems::answer);
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse answer(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        Problem problem = problem(status.code());
        headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE));
        problem.headers().forEach((name, value) -> headers.set(HeaderNames.create(name), value));
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(problem.code().status()))
                .headers(headers)
                .keepAlive(false)
                .entity(JsonWriter.bytes(problem.json()))
                .build();
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 414 ->
                    Problem.of(
                            ProblemCode.URI_TOO_LONG,
                            "found a request line that is too long, expected at most 8 KiB");
            default ->
                    status >= 500
                            ? Problem.of(
                                    ProblemCode.INTERNAL_ERROR,
                                    "something unexpected happened; see the service's log")
                            : Problem.of(
                                    ProblemCode.UNREADABLE_REQUEST,
                                    "found no request that is readable as HTTP/1.1, with a host and"
                                            + " at most 16 KiB of headers");
        };
    }
}
