package io.souverix.twin.bench.peers;

import io.souverix.twin.core.connectivity.LedgerEntry;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.event.Payload;
import io.souverix.twin.core.event.Times;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// An event as peers take it: what they need of it, read beforehand, and its text to be kept.
///
/// @param id names it, with a hash of its content: an id that comes again with other content is another
///     event
/// @param timestamp with the sequence: a text that sorts as the order key does
/// @param state the connectivity state it tells, or null
public record PeerEvent(
        String subject, String id, String timestamp, @Nullable String state, String text) {

    /// Null for an annulment: what it does to another event is no part of the job.
    static @Nullable PeerEvent read(EventReader reader, byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        return switch (reader.readNative(bytes, offset, length)) {
            case EventReader.Result.Accepted(Event event)
                    when event.payload() instanceof Payload.EventAnnulled ->
                    null;
            case EventReader.Result.Accepted(Event event) ->
                    new PeerEvent(
                            event.subject().id(),
                            event.id() + "#" + event.hash().hex(),
                            "%s %016d"
                                    .formatted(
                                            Times.canonical(event.timestampMicros()),
                                            event.sequence()),
                            state(event),
                            text);
            case EventReader.Result.Refused(var rejection) ->
                    throw new IllegalStateException(rejection.toString());
        };
    }

    private static @Nullable String state(Event event) {
        LedgerEntry entry = LedgerEntry.of(event);
        return entry == null ? null : entry.state().word();
    }

    /// What events of a node are ordered by.
    String order() {
        return timestamp + " " + id;
    }

    /// What makes two events the same.
    String key() {
        return subject + " " + id;
    }
}
