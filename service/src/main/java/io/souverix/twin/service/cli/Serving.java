package io.souverix.twin.service.cli;

import io.souverix.twin.engine.EngineStatus;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.config.Settings;
import io.souverix.twin.service.http.TwinServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;

/// A running service: an engine on its data directory and the server before it. Closing it ends
/// both cleanly, the server first.
final class Serving implements AutoCloseable {
    private final TwinEngine engine;
    private final TwinServer server;
    private final Path data;

    private Serving(TwinEngine engine, TwinServer server, Path data) {
        this.engine = engine;
        this.server = server;
        this.data = data;
    }

    /// Recovers what the directory holds, telling how far it has come, and starts to answer.
    static Serving start(Settings settings, Terminal terminal) {
        ServiceLog.quieten();
        InstantSource clock = InstantSource.system();
        requireFree(settings.host(), settings.port());
        long begun = System.nanoTime();
        TwinEngine engine;
        try (ProgressLine progress = new ProgressLine(terminal)) {
            engine =
                    TwinEngine.open(
                            settings.data(),
                            settings.engine(clock),
                            EngineProgress.shownOn(progress));
        }
        try {
            tellRecovery(engine.status(), System.nanoTime() - begun, terminal);
            TwinServer server = TwinServer.start(engine, settings.server(clock));
            return new Serving(engine, server, settings.data());
        } catch (RuntimeException e) {
            engine.close();
            throw FailureReport.listening(e, settings.host(), settings.port());
        }
    }

    /// Says that a port is taken before minutes of recovery, not after.
    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw FailureReport.listening(e, host, port);
        }
    }

    private static void tellRecovery(EngineStatus status, long nanos, Terminal terminal) {
        if (status.events() > 0) {
            terminal.err()
                    .println(
                            "recovered "
                                    + Figures.counted(status.events(), "event")
                                    + " of "
                                    + Figures.counted(status.nodes(), "node")
                                    + " in "
                                    + Figures.elapsed(nanos));
        }
        if (status.failure() != null) {
            terminal.err().println("twin takes no events: " + status.failure());
        }
    }

    String url() {
        return server.url();
    }

    EngineStatus status() {
        return engine.status();
    }

    /// The one line that says it is ready.
    void announce(Terminal terminal) {
        EngineStatus status = engine.status();
        terminal.out()
                .println(
                        "twin is ready at "
                                + url()
                                + " (data in "
                                + data
                                + ", "
                                + Figures.counted(status.nodes(), "node")
                                + ", "
                                + Figures.counted(status.events(), "event")
                                + ")");
        terminal.flush();
    }

    @Override
    public void close() {
        try (engine) {
            server.stop();
        }
    }
}
