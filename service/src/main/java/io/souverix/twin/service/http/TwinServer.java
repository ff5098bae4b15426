package io.souverix.twin.service.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.service.web.WebFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The running HTTP server of an engine. Stopping it leaves the engine open.
public final class TwinServer implements AutoCloseable {
    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final WebServer server;
    private final Patience patience;
    private final StreamEndpoints streams;
    private final String host;
    private final List<Route> routes;

    private TwinServer(
            WebServer server,
            Patience patience,
            StreamEndpoints streams,
            String host,
            List<Route> routes) {
        this.server = server;
        this.patience = patience;
        this.streams = streams;
        this.host = host;
        this.routes = routes;
    }

    /// Starts a server; it answers when this returns.
    ///
    /// @throws IllegalStateException where the address cannot be listened on
    public static TwinServer start(TwinEngine engine, ServerSettings settings) {
        Metrics metrics = new Metrics();
        EngineMetrics.register(metrics.registry(), engine);
        StreamEndpoints streams = new StreamEndpoints(engine, settings);
        List<Route> routes = Routes.of(engine, settings, metrics, streams);
        ServerSettings.Limits limits = settings.limits();
        List<Route> ways = new ArrayList<>(routes);
        ways.addAll(WebRoutes.of(WebFiles.onClassPath()));
        Dispatcher dispatcher = new Dispatcher(engine, ways, metrics, limits.requests());
        Patience patience = new Patience(http1(), limits.readTimeout());
        WebServer server =
                WebServer.builder()
                        .host(settings.host())
                        .port(settings.port())
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(patience)
                        .maxTcpConnections(limits.connections())
                        .connectionOptions(connection -> connection.tcpNoDelay(true))
                        .shutdownGracePeriod(GRACE)
                        .contentEncoding(new UndecodedContent())
                        .directHandlers(TransportProblems.handlers())
                        .routing(
                                HttpRouting.builder()
                                        .addFilter(TwinServer::closeWhereAsked)
                                        .any(dispatcher::handle))
                        .build();
        server.start();
        if (!server.isRunning()) {
            // The server below logs why, and says nothing.
            patience.close();
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + " port " + settings.port());
        }
        return new TwinServer(server, patience, streams, settings.host(), routes);
    }

    private static Http1ConnectionSelector http1() {
        return Http1ConnectionSelector.builder()
                .config(config ->
                        config.maxPrologueLength(MAX_REQUEST_LINE).maxHeadersSize(MAX_HEADERS))
                .build();
    }

    /// Ends the connection after an answer where either side said `Connection: close`: the server
    /// below leaves that to the client.
    private static void closeWhereAsked(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        chain.proceed();
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the connection ends with this answer");
        }
    }

    /// The port listened on.
    public int port() {
        return server.port();
    }

    /// The address to reach it at: `http://127.0.0.1:8080`.
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /// The ways in that `openapi.yaml` names.
    List<Route> routes() {
        return routes;
    }

    /// Takes no more requests, gives the ones under way a few seconds, and ends.
    public void stop() {
        streams.close();
        server.stop();
        patience.close();
    }

    @Override
    public void close() {
        stop();
    }
}
