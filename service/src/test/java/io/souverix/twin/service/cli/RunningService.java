package io.souverix.twin.service.cli;

import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.service.http.ServerSettings;
import io.souverix.twin.service.http.TwinServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/// A real server over a real engine in memory, at the instant the seed's node is read at.
final class RunningService implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-02-27T03:45:00Z");
    static final String NODE = "sx-rempart-2026-prod-1-node-42";

    private final TwinEngine engine;
    private final TwinServer server;

    private RunningService(TwinEngine engine, TwinServer server) {
        this.engine = engine;
        this.server = server;
    }

    static RunningService start() {
        ServiceLog.quieten();
        InstantSource clock = InstantSource.fixed(NOW);
        TwinEngine engine = TwinEngine.inMemory(EngineOptions.defaults().withClock(clock));
        ServerSettings settings = ServerSettings.defaults().withPort(0).withClock(clock);
        return new RunningService(engine, TwinServer.start(engine, settings));
    }

    /// A service that knows the seed's node.
    static RunningService withSeed() {
        RunningService service = start();
        Shell.Ran ran = service.shell().reading(sample("seed-node.ndjson")).run("send", "-");
        if (ran.code() != 0) {
            throw new IllegalStateException(ran.err());
        }
        return service;
    }

    /// A shell whose commands talk to this service.
    Shell shell() {
        return Shell.unwatched().with("TWIN_URL", server.url());
    }

    /// The same with a person at it.
    Shell watchedShell() {
        return Shell.watched().with("TWIN_URL", server.url());
    }

    static String sample(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        RunningService.class.getResourceAsStream("/samples/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
        engine.close();
    }
}
