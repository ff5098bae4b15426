package io.souverix.twin.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Many clients, each with a connection of its own and one request under way, driven by one thread:
/// the machine is shared with the service, and a thread a client would cost more than it measures.
final class HttpClients {
    private static final int BUFFER_BYTES = 64 * 1024;

    private HttpClients() {}

    /// What came of a round.
    ///
    /// @param millis of each request, from before it was written until all of its answer was read
    record Round(double seconds, double[] millis) {
        double perSecond() {
            return millis.length / seconds;
        }

        double percentile(double share) {
            return Stopwatch.percentile(millis, share);
        }
    }

    private static final class Client {
        private final SocketChannel socket;
        private final Response response = new Response();
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long began;

        Client(SocketChannel socket) {
            this.socket = socket;
        }

        void send(byte[] request) throws IOException {
            out = ByteBuffer.wrap(request);
            began = System.nanoTime();
            // Requests are small against the buffer of a socket that has nothing to send.
            while (out.hasRemaining()) {
                var _ = socket.write(out);
            }
        }
    }

    /// @param requests makes the request of a number, 0 until `count`
    static Round run(int port, int clients, int count, IntFunction<byte[]> requests)
            throws IOException {
        double[] millis = new double[count];
        int[] sent = {0};
        int done = 0;
        ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
        Supplier<byte[]> next = () -> requests.apply(sent[0]++);
        try (Selector selector = Selector.open()) {
            connect(selector, port, clients);
            long began = System.nanoTime();
            for (SelectionKey key : selector.keys()) {
                ((Client) key.attachment()).send(next.get());
            }
            while (done < count) {
                var _ = selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    Client client = (Client) key.attachment();
                    in.clear();
                    if (client.socket.read(in) < 0) {
                        throw new IOException("the service closed the connection");
                    }
                    if (client.response.feed(in.flip())) {
                        millis[done++] = (System.nanoTime() - client.began) / 1e6;
                        if (sent[0] < count) {
                            client.send(next.get());
                        }
                    }
                    if (done == count) {
                        break;
                    }
                }
                selector.selectedKeys().clear();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return new Round(seconds, Arrays.copyOf(millis, done));
        }
    }

    private static void connect(Selector selector, int port, int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            SocketChannel socket =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.configureBlocking(false);
            var _ = socket.register(selector, SelectionKey.OP_READ, new Client(socket));
        }
    }
}
