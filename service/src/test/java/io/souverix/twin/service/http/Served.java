package io.souverix.twin.service.http;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.engine.TwinEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/// A server over an engine in memory, with a client, for a test. Its clock stands.
final class Served implements AutoCloseable {
    /// What the clock says.
    static final Instant NOW = Instant.parse("2026-02-28T12:00:00Z");

    private final TwinEngine engine;
    private final TwinServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Served(TwinEngine engine, TwinServer server) {
        this.engine = engine;
        this.server = server;
    }

    static Served start() {
        return start(UnaryOperator.identity());
    }

    static Served start(UnaryOperator<ServerSettings> change) {
        InstantSource clock = InstantSource.fixed(NOW);
        TwinEngine engine =
                TwinEngine.inMemory(EngineOptions.defaults().withShards(2).withClock(clock));
        ServerSettings settings = ServerSettings.defaults().withPort(0).withClock(clock);
        return new Served(engine, TwinServer.start(engine, change.apply(settings)));
    }

    TwinEngine engine() {
        return engine;
    }

    TwinServer server() {
        return server;
    }

    /// What came back, its body read as JSON where it is asked for.
    record Reply(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        Json json() {
            try {
                return new JsonReader().read(response.body());
            } catch (JsonFault e) {
                throw new AssertionError("no JSON: " + text(), e);
            }
        }

        /// The value at a path of names and places, as JSON text; `absent` where there is none.
        String at(String... path) {
            Json value = json();
            for (String name : path) {
                Json next =
                        switch (value) {
                            case JsonObject object -> object.member(name);
                            case Json.JsonArray array ->
                                    array.elements().get(Integer.parseInt(name));
                            default -> null;
                        };
                if (next == null) {
                    return "absent";
                }
                value = next;
            }
            return value instanceof Json.JsonString(String text)
                    ? text
                    : io.souverix.twin.core.json.JsonWriter.text(value);
        }

        long number(String... path) {
            return Long.parseLong(at(path));
        }

        List<Json> list(String name) {
            return json() instanceof JsonObject object
                            && object.member(name) instanceof Json.JsonArray array
                    ? array.elements()
                    : List.of();
        }

        boolean isNumber(String... path) {
            return json() instanceof JsonNumber;
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Reply get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Reply post(String mediaType, String body) {
        return post(mediaType, BodyPublishers.ofString(body));
    }

    Reply post(String mediaType, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                request("/v1/events").header("Content-Type", mediaType).POST(body);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /// Sends lines, of which all must be taken.
    Reply take(String... lines) {
        Reply reply = post("application/x-ndjson", String.join("\n", lines));
        if (reply.status() != 200 || reply.number("rejected") != 0) {
            throw new AssertionError(reply.status() + " " + reply.text());
        }
        return reply;
    }

    @Override
    public void close() {
        client.close();
        server.stop();
        engine.close();
    }
}
