package io.souverix.twin.torture;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One connection to the service, over which anything may be written. Not thread-safe.
final class Wire implements AutoCloseable {
    /// An answer that takes longer never comes.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String EOL = "\r\n";

    private final Socket socket;
    private final InputStream in;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    }

    /// What came back.
    ///
    /// @param headers by their names in lower case
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonObject json() {
            try {
                if (new JsonReader().read(body) instanceof JsonObject object) {
                    return object;
                }
            } catch (JsonFault e) {
                throw new AssertionError("no JSON: " + text(), e);
            }
            throw new AssertionError("found " + text() + ", expected an object");
        }

        long number(String name) {
            Json value = json().member(name);
            if (value instanceof io.souverix.twin.core.json.JsonNumber number) {
                return number.value().longValue();
            }
            throw new AssertionError("found no number " + name + " in " + text());
        }
    }

    static Reply get(int port, String path) throws IOException {
        try (Wire wire = new Wire(port)) {
            return wire.get(path);
        }
    }

    Reply get(String path) throws IOException {
        write("GET " + path + " HTTP/1.1" + EOL + "Host: x" + EOL + EOL);
        return reply(true);
    }

    Reply post(String path, String mediaType, byte[] body) throws IOException {
        write("POST " + path + " HTTP/1.1" + EOL + "Host: x" + EOL);
        write("Content-Type: " + mediaType + EOL + "Content-Length: " + body.length + EOL + EOL);
        write(body);
        return reply(true);
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// Says that nothing more comes from this side.
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /// The answer, past interim ones.
    ///
    /// @param whole false to leave the body unread
    /// @throws EOFException where the service closes the connection instead
    Reply reply(boolean whole) throws IOException {
        Reply head;
        do {
            head = head();
        } while (head.status() / 100 == 1);
        return whole ? rest(head) : head;
    }

    /// The answer with its body, of which the head was read.
    Reply rest(Reply head) throws IOException {
        boolean none = head.status() == 204 || head.status() == 304;
        return none ? head : new Reply(head.status(), head.headers(), body(head));
    }

    private Reply head() throws IOException {
        String status = line();
        if (!status.matches("HTTP/1\\.1 \\d{3}.*")) {
            throw new AssertionError("found " + status + ", expected the line of a status");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Reply(Integer.parseInt(status.substring(9, 12)), headers, new byte[0]);
    }

    private byte[] body(Reply head) throws IOException {
        if (!head.header("transfer-encoding").contains("chunked")) {
            String length = head.header("content-length");
            return length.isEmpty() ? new byte[0] : exactly(Integer.parseInt(length));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(); size > 0; size = chunk()) {
            body.write(exactly(size));
            var _ = line();
        }
        var _ = line();
        return body.toByteArray();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].trim(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the service closed the connection in an answer");
        }
        return bytes;
    }

    /// The next line, without its end.
    String line() throws IOException {
        String line = lineOrEnd();
        if (line == null) {
            throw new EOFException("the service closed the connection");
        }
        return line;
    }

    /// The next line, without its end; null where there is none.
    @Nullable String lineOrEnd() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
