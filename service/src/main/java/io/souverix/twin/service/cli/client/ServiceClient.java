package io.souverix.twin.service.cli.client;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.OrderedJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Asks a running service over HTTP. Thread-safe.
public final class ServiceClient implements AutoCloseable {
    public static final String DEFAULT_URL = "http://127.0.0.1:8080";

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration READ_PATIENCE = Duration.ofSeconds(60);

    /// Events are answered when they are durable and visible, and a busy service takes its time.
    private static final Duration SEND_PATIENCE = Duration.ofMinutes(5);

    private final String url;
    private final HttpClient http;

    /// @param url where the service is, such as [#DEFAULT_URL]
    public ServiceClient(String url) {
        this.url = checked(url);
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_PATIENCE)
                        .build();
    }

    private static String checked(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new Failure(
                "'" + url + "' is no address of a service",
                "Give --url or TWIN_URL as " + DEFAULT_URL + ", for example.");
    }

    /// The answer to a question.
    ///
    /// @throws Failure where the service is not there or does not answer it
    public Json ask(Question question) {
        Reply reply = exchange(request(question.toString(), READ_PATIENCE).GET().build());
        if (reply.succeeded()) {
            return reply.body();
        }
        throw refusal(reply);
    }

    /// Opens a stream of events.
    ///
    /// @param lastId the id of the last event that was read, or null to begin
    /// @throws Failure where the service is not there or does not stream it
    public EventStream stream(Question question, @Nullable String lastId) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + question))
                        .header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        try {
            HttpResponse<InputStream> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return new EventStream(response.body());
            }
            try (InputStream body = response.body()) {
                OptionalLong wait = response.headers().firstValueAsLong("Retry-After");
                throw refusal(new Reply(response.statusCode(), json(body.readAllBytes()), wait));
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", "", e);
        }
    }

    /// Sends lines of JSON to `POST /v1/events`.
    ///
    /// @throws Failure where the service is not there
    public Reply post(byte[] bytes, int length) {
        return exchange(
                request("/v1/events", SEND_PATIENCE)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes, 0, length))
                        .build());
    }

    /// Puts a file of JSON at a path.
    ///
    /// @throws Failure where the service is not there or does not take it
    public Json put(String path, Path file) {
        try {
            Reply reply =
                    exchange(
                            request(path, SEND_PATIENCE)
                                    .header("Content-Type", "application/json")
                                    .PUT(HttpRequest.BodyPublishers.ofFile(file))
                                    .build());
            if (reply.succeeded()) {
                return reply.body();
            }
            throw refusal(reply);
        } catch (FileNotFoundException e) {
            throw new Failure("cannot read " + file, "Name a file that is there.", e);
        }
    }

    /// Posts a JSON object, and gives the answer.
    ///
    /// @throws Failure where the service is not there or does not do it
    public Json order(Question question, JsonObject order) {
        byte[] body = JsonWriter.bytes(order);
        Reply reply =
                exchange(
                        request(question.toString(), READ_PATIENCE)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build());
        if (reply.succeeded()) {
            return reply.body();
        }
        throw refusal(reply);
    }

    private HttpRequest.Builder request(String path, Duration patience) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(patience)
                .header("Accept", "application/json");
    }

    private Reply exchange(HttpRequest request) {
        try {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            OptionalLong wait = response.headers().firstValueAsLong("Retry-After");
            return new Reply(response.statusCode(), json(response.body()), wait);
        } catch (HttpTimeoutException e) {
            throw new Failure(
                    "the service at " + url + " did not answer in time",
                    "Look at " + url + "/readyz and at what the service prints.",
                    e);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", "", e);
        }
    }

    private Failure unreachable(IOException e) {
        if (e instanceof ConnectException || e.getCause() instanceof UnresolvedAddressException) {
            return new Failure(
                    "no service answers at " + url,
                    "Start one with 'twin serve' (or 'twin demo' for one with a simulated fleet),"
                            + " or name another with --url or TWIN_URL.",
                    e);
        }
        return new Failure(
                "the connection to " + url + " broke: " + Failure.words(e),
                "Look at what the service prints; asking or sending again does no harm.",
                e);
    }

    private static Json json(byte[] body) {
        try {
            return body.length == 0 ? JsonLiteral.NULL : OrderedJson.read(body);
        } catch (JsonFault _) {
            return JsonLiteral.NULL;
        }
    }

    /// What a problem document says, with what to do about it.
    Failure refusal(Reply reply) {
        String code = Members.string(reply.body(), "code").orElse("");
        String detail =
                Members.string(reply.body(), "detail")
                        .or(() -> Members.string(reply.body(), "title"))
                        .orElse(url + " answered with status " + reply.status());
        return new Failure(
                code.isEmpty() ? detail : detail + " (" + code + ")", advice(reply, code));
    }

    private String advice(Reply reply, String code) {
        return switch (code) {
            case "unknown_twin" -> "'twin list' shows the twins there are.";
            case "unknown_sbom" -> "Store it with 'twin sbom put FILE'.";
            case "not_yet_known" -> "Ask for a later instant with --at, or leave it out.";
            case "" -> "Is a twin service at " + url + "? Another is named with --url or TWIN_URL.";
            default -> {
                if (reply.comeBackLater()) {
                    yield "Try again in a moment; " + url + "/readyz says how the service is.";
                }
                yield reply.status() >= 500 ? "Look at what the service prints." : "";
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
