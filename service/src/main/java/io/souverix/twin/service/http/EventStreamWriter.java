package io.souverix.twin.service.http;

import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.changes.ChangePosition;
import io.souverix.twin.engine.changes.Message;
import java.io.IOException;
import java.io.OutputStream;

/// Writes messages as server-sent events (HTML Standard, section 9.2). Data is one line, as JSON has no
/// line feeds.
final class EventStreamWriter {
    /// So much is gathered before it is sent.
    private static final int BUFFER_BYTES = 16 * 1024;

    private final OutputStream out;
    private final JsonWriter buffer = new JsonWriter(BUFFER_BYTES);

    EventStreamWriter(OutputStream out) {
        this.out = out;
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
        buffer.raw(data, 0, data.length).ascii("\n\n");
        sendWhereFull();
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
