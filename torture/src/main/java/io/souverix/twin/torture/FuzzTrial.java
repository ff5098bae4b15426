package io.souverix.twin.torture;

import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.torture.Operations.Operation;
import io.souverix.twin.torture.Operations.Parameter;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every route of the served document, with parameters, paths, bodies, headers and encodings that are
/// right, wrong, or out of all bounds. Each request is answered, with a status below 500 or a 503 that
/// the document names; a refusal is a problem with a code; nothing unforeseen stands in the log; and
/// the service is alive, in a small heap.
final class FuzzTrial {
    private static final Pattern WORTH_ASKING =
            Pattern.compile(
                    "\"(?:next_cursor|position|immutable_id|id|digest)\":\"([^\"]{1,400})\"");
    private static final Set<String> STREAMS =
            Set.of("/v1/stream", "/v1/projections/{name}/stream", "/v1/graph/changes");

    private final Random random;
    private final FuzzDraw draw;
    private final FuzzBody bodies;
    private final int requests;

    private FuzzTrial(long seed, int requests) {
        this.random = new Random(seed);
        this.draw = new FuzzDraw(random);
        this.bodies = new FuzzBody(random, Histories.events(seed));
        this.requests = requests;
    }

    /// Tries with so many requests.
    static void run(long seed, Path directory, int requests) throws IOException {
        try (Service service = Service.start(directory.resolve("data"), Service.SMALL_HEAP)) {
            new FuzzTrial(seed, requests).fuzz(service, Histories.events(seed));
        }
    }

    private void fuzz(Service service, List<String> lines) throws IOException {
        int port = service.port();
        try (Wire wire = new Wire(port)) {
            byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            require(wire.post("/v1/events", "application/x-ndjson", body), 200, "the fleet");
        }
        Operations operations = Operations.read(Wire.get(port, "/openapi.yaml").text());
        for (int i = 0; i < requests; i++) {
            Operation operation = draw.pick(operations.all());
            ask(service, operation, request(operation));
        }
        require(Wire.get(port, "/livez"), 200, "/livez");
        require(Wire.get(port, "/v1/twins?limit=1000"), 200, "the twins");
        String log = service.log();
        if (log.contains("incident") || log.contains("OutOfMemory") || log.contains("\tat ")) {
            throw new AssertionError("the log tells of what nobody expected:\n" + log);
        }
    }

    private static void require(Wire.Reply reply, int status, String what) {
        if (reply.status() != status) {
            throw new AssertionError(what + ": " + reply.status() + " " + reply.text());
        }
    }

    /// A request as it goes over the wire.
    private record Request(String head, byte[] body) {}

    private Request request(Operation operation) {
        String method =
                draw.percent(93)
                        ? operation.method()
                        : draw.pick(
                                List.of(
                                        "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH",
                                        "get"));
        StringBuilder head = new StringBuilder(method).append(' ').append(target(operation));
        head.append(" HTTP/1.1\r\nHost: x\r\n");
        headers(operation, head);
        boolean hasBody = !operation.mediaTypes().isEmpty() && draw.percent(95) || draw.percent(3);
        if (!hasBody) {
            return new Request(head.append("\r\n").toString(), new byte[0]);
        }
        FuzzBody.Body body = bodies.draw();
        head.append("Content-Type: ").append(mediaType(operation)).append("\r\n");
        if (!body.encoding().isEmpty()) {
            head.append("Content-Encoding: ").append(body.encoding()).append("\r\n");
        }
        head.append("Content-Length: ").append(body.bytes().length).append("\r\n\r\n");
        return new Request(head.toString(), body.bytes());
    }

    private String mediaType(Operation operation) {
        return operation.mediaTypes().isEmpty() || draw.percent(8)
                ? draw.pick(
                        List.of(
                                "text/plain",
                                "application/json; charset=utf-16",
                                "*/*",
                                "x",
                                "application/",
                                "application/json;;;"))
                : draw.pick(operation.mediaTypes());
    }

    private String target(Operation operation) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("path")) {
                String value = draw.encoded(draw.value(parameter));
                path = path.replace("{" + parameter.name() + "}", value);
            } else if (parameter.in().equals("query") && draw.percent(35)) {
                for (int times = draw.percent(4) ? 2 : 1; times > 0; times--) {
                    query.append(query.isEmpty() ? '?' : '&').append(parameter.name()).append('=');
                    query.append(draw.encoded(draw.value(parameter)));
                }
            }
        }
        if (draw.percent(3)) {
            query.append(query.isEmpty() ? '?' : '&').append("unheard_of=1");
        }
        return path + query;
    }

    private void headers(Operation operation, StringBuilder head) {
        for (Parameter parameter : operation.parameters()) {
            boolean packing = parameter.name().equalsIgnoreCase("Content-Encoding");
            if (parameter.in().equals("header") && !packing && draw.percent(25)) {
                head.append(parameter.name()).append(": ").append(plain(draw.value(parameter)));
                head.append("\r\n");
            }
        }
        List<String> odd =
                List.of(
                        "Accept: application/x-ndjson",
                        "Accept: text/html;q=x,*/*;q=0",
                        "Accept: nonsense",
                        "Accept-Encoding: gzip, br;q=0.5, zstd",
                        "Accept-Encoding: *;q=0, gzip;q=1.5",
                        "Range: bytes=0-1",
                        "Expect: 100-continue",
                        "If-Match: *",
                        "Connection: close",
                        "Upgrade: h2c",
                        "X-Long: " + "y".repeat(3_000),
                        "Cookie: a=b; c",
                        "ce-specversion: 1.0",
                        "ce-id: e1",
                        "ce-type: io.souverix.twin.state_transition",
                        "Origin: http://evil.example",
                        "Transfer-Encoding: identity");
        while (draw.percent(20)) {
            head.append(draw.pick(odd)).append("\r\n");
        }
    }

    private static String plain(String value) {
        return value.replaceAll("[^ -~]", "?");
    }

    private void ask(Service service, Operation operation, Request request) throws IOException {
        String said = said(request);
        try (Wire wire = new Wire(service.port())) {
            wire.write(request.head());
            try {
                wire.write(request.body());
            } catch (SocketException _) {
                // It may have answered and closed before it had read all.
            }
            boolean endless = STREAMS.contains(operation.path());
            boolean bodiless = request.head().startsWith("HEAD ");
            Wire.Reply reply = wire.reply(false);
            if (!bodiless && !(endless && reply.status() == 200)) {
                reply = wire.rest(reply);
            }
            judge(operation, reply, bodiless, said);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer came to " + said, e);
        } catch (EOFException | SocketException e) {
            throw new AssertionError("the connection was closed without an answer to " + said, e);
        }
        if (!service.alive()) {
            throw new AssertionError("it died of " + said + "\n" + service.log());
        }
    }

    private void judge(Operation operation, Wire.Reply reply, boolean bodiless, String said) {
        int status = reply.status();
        boolean named = operation.statuses().contains(Integer.toString(status));
        boolean waits = !reply.header("retry-after").isEmpty();
        if (status >= 500 && !(status == 503 && named && waits) || status == 429 && !waits) {
            throw new AssertionError(status + " to " + said + "\n" + reply.text());
        }
        if (status == 200 && !named) {
            throw new AssertionError("200 is not in the document, to " + said);
        }
        if (status >= 400 && !bodiless) {
            String type = reply.header("content-type").toLowerCase(Locale.ROOT);
            String text = reply.text();
            if (!type.startsWith("application/problem+json")
                    || reply.json().member("code") == null
                    || reply.json().member("detail") == null
                    || text.contains("java.")
                    || text.contains("Exception")) {
                throw new AssertionError("no clear problem: " + type + " " + text + " to " + said);
            }
        }
        remember(reply);
    }

    private void remember(Wire.Reply reply) {
        Matcher worth = WORTH_ASKING.matcher(reply.text());
        for (int i = 0; i < 5 && worth.find(); i++) {
            draw.see(worth.group(1));
        }
    }

    private static String said(Request request) {
        int shown = Math.min(600, request.body().length);
        String body = new String(request.body(), 0, shown, StandardCharsets.UTF_8);
        String head = request.head();
        return head.substring(0, Math.min(3_000, head.length())).strip()
                + "\n\n"
                + body.replaceAll("\\p{Cntrl}", "·")
                + (shown < request.body().length ? "… of " + request.body().length : "");
    }
}
