package io.souverix.twin.service.http;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.changes.ChangePosition;
import io.souverix.twin.engine.changes.Message;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Writes messages as server-sent events (HTML Standard, section 9.2), as they are or as CloudEvents.
/// Data is one line, as JSON has no line feeds.
final class EventStreamWriter {
    /// So much is gathered before it is sent.
    private static final int BUFFER_BYTES = 16 * 1024;

    private static final String TYPE_PREFIX = "io.souverix.twin.stream.";

    private final OutputStream out;
    private final @Nullable String source;
    private final JsonWriter buffer = new JsonWriter(BUFFER_BYTES);

    /// @param source the stream, where each message goes as a CloudEvent of it; null for its data alone
    EventStreamWriter(OutputStream out, @Nullable String source) {
        this.out = out;
        this.source = source;
    }

    void write(String text) throws IOException {
        buffer.ascii(text);
        sendWhereFull();
    }

    void write(Message message) throws IOException {
        ChangePosition position = message.position();
        if (position != null) {
            buffer.ascii("id: ").ascii(position.token()).ascii("\n");
        }
        byte[] data = message.data();
        buffer.ascii("event: ").ascii(message.kind().word()).ascii("\ndata: ");
        if (source != null) {
            attributes(source, message, data);
        }
        buffer.raw(data, 0, data.length).ascii(source == null ? "\n\n" : "}\n\n");
        sendWhereFull();
    }

    /// The attributes of CloudEvents 1.0, up to the data. The id is the hash of the data, so what is
    /// told again is the same event. Node ids and paths need no escapes.
    private void attributes(String from, Message message, byte[] data) {
        buffer.ascii("{\"specversion\":\"1.0\",\"id\":\"")
                .ascii(EventHash.of(data, data.length).hex())
                .ascii("\",\"source\":\"")
                .ascii(from)
                .ascii("\",\"type\":\"" + TYPE_PREFIX)
                .ascii(message.kind().word());
        String nodeId = message.nodeId();
        if (nodeId != null) {
            buffer.ascii("\",\"subject\":\"").ascii(nodeId);
        }
        buffer.ascii("\",\"datacontenttype\":\"application/json\",\"data\":");
    }

    private void sendWhereFull() throws IOException {
        if (buffer.length() >= BUFFER_BYTES) {
            send();
        }
    }

    private void send() throws IOException {
        out.write(buffer.buffer(), 0, buffer.length());
        buffer.clear();
    }

    void flush() throws IOException {
        send();
        out.flush();
    }
}
