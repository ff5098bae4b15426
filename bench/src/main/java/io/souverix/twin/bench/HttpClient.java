package io.souverix.twin.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One kept-alive HTTP/1.1 connection that costs next to nothing, so that the service is measured and
/// not the client. Not thread-safe.
final class HttpClient implements AutoCloseable {
    private static final String EOL = "\r\n";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[64 * 1024];

    HttpClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
    }

    void get(String path) throws IOException {
        out.write(
                ("GET " + path + " HTTP/1.1" + EOL + "Host: 127.0.0.1" + EOL + EOL)
                        .getBytes(StandardCharsets.US_ASCII));
        requireOk();
    }

    void post(String mediaType, byte[] body) throws IOException {
        byte[] head = head(mediaType, "Content-Length: " + body.length);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        out.write(whole);
        requireOk();
    }

    /// Streams lines in one request.
    void postLines(Iterable<byte[]> lines, long bytes) throws IOException {
        out.write(head("application/x-ndjson", "Content-Length: " + bytes));
        int at = 0;
        for (byte[] line : lines) {
            if (at + line.length + 1 > buffer.length) {
                out.write(buffer, 0, at);
                at = 0;
            }
            System.arraycopy(line, 0, buffer, at, line.length);
            at += line.length;
            buffer[at++] = '\n';
        }
        out.write(buffer, 0, at);
        requireOk();
    }

    private static byte[] head(String mediaType, String length) {
        return ("POST /v1/events HTTP/1.1"
                        + EOL
                        + "Host: 127.0.0.1"
                        + EOL
                        + "Content-Type: "
                        + mediaType
                        + EOL
                        + length
                        + EOL
                        + EOL)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void requireOk() throws IOException {
        String status = line();
        int length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).trim());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        if (chunked) {
            for (int size = chunk(); size > 0; size = chunk()) {
                in.skipNBytes(size + 2L);
            }
            var _ = line();
        } else {
            in.skipNBytes(Math.max(0, length));
        }
        if (!status.contains(" 200")) {
            throw new IOException("the service answered " + status);
        }
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the service closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
