package io.souverix.twin.service.http;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client of server-sent events over a bare socket, which can be left unread and cut off.
final class StreamClient implements AutoCloseable {
    /// How many bookmarks may come before what is waited for: the machine may be busy.
    private static final int MAX_BOOKMARKS = 30;

    private final Socket socket;
    private final BufferedReader in;

    /// @param id where a client that has it goes on, or null
    record Event(@Nullable String id, String name, JsonObject data) {
        String text(String member) {
            return data.member(member) instanceof Json.JsonString(String text)
                    ? text
                    : String.valueOf(data.member(member));
        }
    }

    StreamClient(int port, String path, String... headers) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(60_000);
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The line of the status and the headers.
    List<String> head() {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return lines;
    }

    /// The next event; null at the end of the stream. The lengths of chunks are passed over: they are
    /// alone on their lines.
    @Nullable Event next() {
        String id = null;
        String name = null;
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ") && name != null) {
                return new Event(id, name, object(line.substring(6)));
            }
        }
        return null;
    }

    /// The next event of a name; others are passed over.
    Event next(String name) {
        int bookmarks = 0;
        for (Event event = next(); event != null; event = next()) {
            if (event.name().equals(name)) {
                return event;
            }
            bookmarks += event.name().equals("bookmark") ? 1 : 0;
            if (bookmarks == MAX_BOOKMARKS) {
                throw new AssertionError("nothing but bookmarks came, and no " + name);
            }
        }
        throw new AssertionError("the stream ended without " + name);
    }

    private static JsonObject object(String text) {
        try {
            return (JsonObject) new JsonReader().read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private @Nullable String line() {
        try {
            return in.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
