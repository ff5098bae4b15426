package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One accepted event, its envelope taken apart.
///
/// @param subjectKind the envelope member that names the subject: `node_id`, `domain_id` or `component`
/// @param hash SHA-256 of the canonical content in lower-case hex
record Event(
        String id,
        Instant timestamp,
        String subjectKind,
        String subject,
        String type,
        Map<String, @Nullable Object> payload,
        long sequence,
        long epoch,
        String hash) {

    /// The order of histories: by time, sequence, id, hash.
    static final Comparator<Event> ORDER =
            Comparator.comparing(Event::timestamp)
                    .thenComparingLong(Event::sequence)
                    .thenComparing(Event::id)
                    .thenComparing(Event::hash);

    /// The order of desired values: the epoch first.
    static final Comparator<Event> DESIRED_ORDER =
            Comparator.comparingLong(Event::epoch).thenComparing(ORDER);

    static Event of(Map<String, @Nullable Object> envelope) {
        return of(envelope, Canonical.hash(Canonical.text(envelope)));
    }

    /// @param hash of its canonical text
    static Event of(Map<String, @Nullable Object> envelope, String hash) {
        String kind =
                Canonical.SUBJECTS.stream()
                        .filter(name -> envelope.get(name) != null)
                        .findFirst()
                        .orElseThrow();
        Map<String, @Nullable Object> payload = Members.object(envelope, "payload");
        return new Event(
                required(envelope, "id"),
                Times.instant(required(envelope, "timestamp")),
                kind,
                required(envelope, kind),
                required(envelope, "event_type"),
                payload == null ? Map.of() : payload,
                whole(envelope, "sequence"),
                whole(envelope, "epoch"),
                hash);
    }

    private static String required(Map<String, @Nullable Object> envelope, String name) {
        String text = Members.text(envelope, name);
        if (text == null) {
            throw new IllegalArgumentException("an event without " + name + ": " + envelope);
        }
        return text;
    }

    private static long whole(Map<String, @Nullable Object> envelope, String name) {
        BigDecimal number = Members.number(envelope, name);
        return number == null ? 0 : number.longValueExact();
    }

    boolean is(String eventType) {
        return type.equals(eventType);
    }

    boolean isRegistration() {
        return is("node_registered") || is("provisioning_started");
    }

    @Nullable String text(String field) {
        return Members.text(payload, field);
    }

    @Nullable BigDecimal number(String field) {
        return Members.number(payload, field);
    }

    /// A payload field that must be there.
    String needed(String field) {
        String text = text(field);
        if (text == null) {
            throw new IllegalArgumentException("a " + type + " without " + field + ": " + payload);
        }
        return text;
    }
}
