package io.souverix.twin.service.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A client's connection, which says since when it waits for the client: the server below waits for
/// ever. It stands between the socket and the HTTP/1.1 connection, as its reader and writer.
final class Connection implements ServerConnection {
    private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    private final Patience patience;
    private final DataReader socketReader;
    private final DataReader reader;
    private final ServerConnection http;

    // Guarded by this.
    private @Nullable Thread waiting;
    private long waitingSince;
    private boolean silent;

    Connection(ConnectionContext socket, ServerConnectionSelector http1, Patience patience) {
        this.patience = patience;
        this.socketReader = socket.dataReader();
        this.reader = DataReader.create(this::pull);
        this.http = http1.connection(new Watched(socket, reader, new WatchedWriter(this, socket)));
    }

    /// The connection of the request that this thread handles.
    static Connection current() {
        return CURRENT.get();
    }

    /// What comes from the client.
    DataReader reader() {
        return reader;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        patience.add(this);
        try {
            ScopedValue.where(CURRENT, this)
                    .call(() -> {
                        http.handle(limit);
                        return null;
                    });
        } finally {
            patience.remove(this);
        }
    }

    @Override
    public Duration idleTime() {
        return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
    }

    private byte[] pull() {
        return waitingFor(() -> {
            socketReader.ensureAvailable();
            return socketReader.readBytes(socketReader.available());
        });
    }

    /// Does what may wait for the client.
    private <T> T waitingFor(Supplier<T> action) {
        startWaiting();
        try {
            return action.get();
        } finally {
            stopWaiting();
        }
    }

    private synchronized void startWaiting() {
        waiting = Thread.currentThread();
        waitingSince = System.nanoTime();
    }

    private synchronized void stopWaiting() {
        waiting = null;
        if (silent) {
            // The mark was for the wait only; what comes after it is to go on.
            Thread.interrupted();
            throw new CloseConnectionException("the client said nothing for too long");
        }
    }

    /// Ends the wait, and with it the connection, where it is too long.
    synchronized void endWhereSilent(long nowNanos, long patienceNanos) {
        if (waiting != null && nowNanos - waitingSince > patienceNanos) {
            silent = true;
            waiting.interrupt();
        }
    }

    /// The socket's context with our reader and writer.
    private record Watched(ConnectionContext socket, DataReader dataReader, DataWriter dataWriter)
            implements ConnectionContext {
        @Override
        public ListenerContext listenerContext() {
            return socket.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return socket.executor();
        }

        @Override
        public Router router() {
            return socket.router();
        }

        @Override
        public Optional<io.helidon.webserver.ProxyProtocolData> proxyProtocolData() {
            return socket.proxyProtocolData();
        }

        @Override
        public io.helidon.common.socket.HelidonSocket serverSocket() {
            return socket.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return socket.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return socket.localPeer();
        }

        @Override
        public boolean isSecure() {
            return socket.isSecure();
        }

        @Override
        public String socketId() {
            return socket.socketId();
        }

        @Override
        public String childSocketId() {
            return socket.childSocketId();
        }
    }

    /// Writes to the socket, which may wait for a client that does not read.
    private record WatchedWriter(Connection connection, DataWriter socket) implements DataWriter {
        WatchedWriter(Connection connection, ConnectionContext socket) {
            this(connection, socket.dataWriter());
        }

        private void waiting(Runnable write) {
            connection.waitingFor(() -> {
                write.run();
                return connection;
            });
        }

        @Override
        public void write(BufferData... buffers) {
            waiting(() -> socket.write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            waiting(() -> socket.write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            waiting(() -> socket.writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            waiting(() -> socket.writeNow(buffer));
        }

        @Override
        public void flush() {
            waiting(socket::flush);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
