package io.souverix.twin.service.http;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.rules.RulesJson;
import io.souverix.twin.engine.EngineStatus;
import io.souverix.twin.engine.TwinEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What those who run the service ask: is it alive, is it ready, how does it stand, what can it do.
/// Thread-safe.
final class OperatingEndpoints {
    static final String YAML = "application/yaml";
    static final String METRICS = "text/plain";

    private final TwinEngine engine;
    private final Reading reading;
    private final Metrics metrics;
    private final JsonObject rules;
    private final byte[] openapi = resource("openapi.yaml");
    private final byte[] asyncapi = resource("asyncapi.yaml");
    private final PrometheusTextFormatWriter text = PrometheusTextFormatWriter.create();

    OperatingEndpoints(TwinEngine engine, Reading reading, Metrics metrics, Rules rules) {
        this.engine = engine;
        this.reading = reading;
        this.metrics = metrics;
        this.rules = RulesJson.answer(rules);
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/rules", Reading.parameters(), Route.ONLY_JSON, this::rules),
                Route.get("/livez", Set.of(), Route.ONLY_JSON, this::live),
                Route.get("/startupz", Set.of(), Route.ONLY_JSON, this::started),
                Route.get("/readyz", Set.of(), Route.ONLY_JSON, this::ready),
                Route.get("/metrics", Set.of(), List.of(METRICS), this::metrics),
                Route.get("/openapi.yaml", Set.of(), List.of(YAML), this::openapi),
                Route.get("/asyncapi.yaml", Set.of(), List.of(YAML), this::asyncapi));
    }

    /// A file beside the classes.
    static byte[] resource(String name) {
        try (InputStream in = OperatingEndpoints.class.getResourceAsStream("/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process answers.
    void live(Exchange exchange) {
        exchange.send(200, new JsonObject.Builder().put("status", "alive").build());
    }

    /// The engine is open: this server does not start before it is.
    void started(Exchange exchange) {
        exchange.send(200, new JsonObject.Builder().put("status", "started").build());
    }

    /// Events are taken.
    void ready(Exchange exchange) {
        EngineStatus status = engine.status();
        if (status.failure() != null) {
            throw ProblemException.of(
                    ProblemCode.UNAVAILABLE, "no events are taken: " + status.failure());
        }
        exchange.send(
                200,
                new JsonObject.Builder()
                        .put("status", "ready")
                        .put("position", status.position().token())
                        .put("nodes", status.nodes())
                        .put("events", status.events())
                        .put("pending_events", status.pendingEvents())
                        .build());
    }

    void metrics(Exchange exchange) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            text.write(out, metrics.registry().scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exchange.send(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray(), out.size());
    }

    void rules(Exchange exchange) throws InterruptedException {
        var _ = reading.begin(exchange);
        exchange.send(200, rules);
    }

    void openapi(Exchange exchange) {
        exchange.send(200, YAML, openapi, openapi.length);
    }

    void asyncapi(Exchange exchange) {
        exchange.send(200, YAML, asyncapi, asyncapi.length);
    }
}
