package io.souverix.twin.service.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Makes the connections of a server, and ends those whose client says nothing for too long, be it
/// between requests, in the middle of one, or in reading its answer.
final class Patience implements ServerConnectionSelector, AutoCloseable {
    private final ServerConnectionSelector http1;
    private final long patienceNanos;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("twin-http-patience").daemon().factory());

    /// @param http1 makes what speaks HTTP on a connection
    /// @param patience how long a client may say nothing
    Patience(ServerConnectionSelector http1, Duration patience) {
        this.http1 = http1;
        this.patienceNanos = patience.toNanos();
        long everyMs = Math.clamp(patience.toMillis() / 4, 50, 1_000);
        var _ = clock.scheduleWithFixedDelay(this::look, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        for (Connection connection : open) {
            connection.endWhereSilent(now, patienceNanos);
        }
    }

    void add(Connection connection) {
        open.add(connection);
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext socket) {
        return new Connection(socket, http1, this);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
