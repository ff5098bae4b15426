package io.souverix.twin.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// One kept-alive HTTP/1.1 connection that costs next to nothing, so that the service is measured and
/// not the client. Not thread-safe.
final class HttpConnection implements AutoCloseable {
    private static final String EOL = "\r\n";
    private static final int BUFFER_BYTES = 128 * 1024;

    private final SocketChannel socket;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private final Response response = new Response();

    HttpConnection(int port) throws IOException {
        socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /// Asks, and answers how many bytes came.
    long get(String path) throws IOException {
        return ask(getRequest(path));
    }

    /// Sends a request and reads the response to its end; answers how many bytes its body had.
    long ask(byte[] request) throws IOException {
        write(ByteBuffer.wrap(request));
        return await();
    }

    /// Streams a file of events, one a line, in one request; all must be taken.
    void postLines(Path file) throws IOException {
        try (FileChannel lines = FileChannel.open(file)) {
            long size = lines.size();
            write(ByteBuffer.wrap(head("POST", "/v1/events", "application/x-ndjson", size)));
            for (long at = 0; at < size; ) {
                at += lines.transferTo(at, size - at, socket);
            }
        }
        var _ = await();
        if (!response.beginning().contains("\"rejected\":0")) {
            throw new IOException("found " + response.beginning() + ", expected none rejected");
        }
    }

    static byte[] getRequest(String path) {
        return ("GET " + path + " HTTP/1.1" + EOL + "Host: 127.0.0.1" + EOL + EOL)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] request(String method, String path, String mediaType, byte[] body) {
        byte[] head = head(method, path, mediaType, body.length);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private static byte[] head(String method, String path, String mediaType, long length) {
        return String.join(
                        EOL,
                        method + " " + path + " HTTP/1.1",
                        "Host: 127.0.0.1",
                        "Content-Type: " + mediaType,
                        "Content-Length: " + length,
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            var _ = socket.write(bytes);
        }
    }

    private long await() throws IOException {
        while (!response.feed(in)) {
            in.clear();
            if (socket.read(in) < 0) {
                throw new IOException("the service closed the connection");
            }
            in.flip();
        }
        return response.bodyBytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
