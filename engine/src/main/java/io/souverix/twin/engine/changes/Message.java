package io.souverix.twin.engine.changes;

import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a client is told. Its data is made by the first that needs it, once for all. Thread-safe.
public final class Message {
    private final Kind kind;
    private final @Nullable ChangePosition position;
    private final long sequence;
    private final boolean sticky;
    private final @Nullable String nodeId;
    private final Supplier<Json> source;
    private final @Nullable RenderedBytes held;
    private byte @Nullable [] data;

    /// The names of streamed events.
    public enum Kind implements Worded {
        /// A twin or an aggregate as it is, at the beginning.
        SNAPSHOT("snapshot"),
        /// All that came before the client is told; what follows is new.
        SYNCED("synced"),
        CHANGE("change"),
        /// Nothing happened that concerns the client, up to here.
        BOOKMARK("bookmark"),
        /// What followed the client's place is no longer retained.
        GONE("gone");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// A message to one client.
    static Message once(
            Kind kind, @Nullable ChangePosition position, long sequence, JsonObject data) {
        String nodeId = data.member("node_id") instanceof JsonString(String id) ? id : null;
        return new Message(kind, position, sequence, false, nodeId, () -> data, null);
    }

    /// @param position where a client stands that has it, or null where it cannot go on from there
    /// @param sequence the number of the change in the ring that it is about or after
    /// @param sticky whether a client that has seen that number may still lack it
    /// @param nodeId of the node it is about, or null where it is about no single one
    /// @param held is told of the data that is made
    Message(
            Kind kind,
            @Nullable ChangePosition position,
            long sequence,
            boolean sticky,
            @Nullable String nodeId,
            Supplier<Json> source,
            @Nullable RenderedBytes held) {
        this.kind = kind;
        this.position = position;
        this.sequence = sequence;
        this.sticky = sticky;
        this.nodeId = nodeId;
        this.source = source;
        this.held = held;
    }

    public Kind kind() {
        return kind;
    }

    /// Where a client stands that has it, or null where it cannot go on from there.
    public @Nullable ChangePosition position() {
        return position;
    }

    /// The node it is about, or null where it is about no single one.
    public @Nullable String nodeId() {
        return nodeId;
    }

    long sequence() {
        return sequence;
    }

    /// Whether it is to be given to a client that stands at a number.
    boolean follows(long standing) {
        return sequence > standing || (sticky && sequence == standing);
    }

    /// The data as JSON in UTF-8.
    public byte[] data() {
        byte[] made;
        synchronized (this) {
            if (data != null) {
                return data;
            }
            made = JsonWriter.bytes(source.get());
            data = held == null ? null : made;
        }
        if (held != null) {
            held.add(this, made.length);
        }
        return made;
    }

    /// Forgets the data, which is made again where needed.
    synchronized void forget() {
        data = null;
    }
}
