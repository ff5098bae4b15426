package io.souverix.twin.service.cli.client;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.service.cli.output.OrderedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Server-sent events as they come. Used by one thread.
public final class EventStream implements AutoCloseable {
    private final BufferedReader in;

    /// An event.
    ///
    /// @param id where a client that has it goes on, or null
    public record Told(@Nullable String id, String name, Json data) {}

    EventStream(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /// The next event; empty at the end of the stream.
    ///
    /// @throws IOException where the connection breaks
    public Optional<Told> next() throws IOException {
        String id = null;
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Told(id, name, json(data.toString())));
            }
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data.append(line, "data: ".length(), line.length());
            }
        }
        return Optional.empty();
    }

    private static Json json(String text) throws IOException {
        try {
            return OrderedJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault e) {
            throw new IOException("found an event whose data is no JSON", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
