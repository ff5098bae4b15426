package io.souverix.twin.core.event;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The mapping from CloudEvents 1.0 (JSON format) to the native envelope. Attributes other than the
/// ones named here are allowed and not kept.
final class CloudEvents {
    /// What stands before the name of an event type in the attribute `type`.
    static final String TYPE_PREFIX = "io.souverix.twin.";

    private static final EventReader.Names NAMES =
            new EventReader.Names("id", "time", "type", "data", TYPE_PREFIX);

    private CloudEvents() {}

    static Event event(JsonObject envelope) {
        Json version = envelope.member("specversion");
        if (!Json.of("1.0").equals(version)) {
            throw EventReader.envelopeFault(
                    "specversion",
                    "found "
                            + (version == null ? "nothing" : Fields.shown(version))
                            + ", expected \"1.0\"");
        }
        if (envelope.member("data_base64") != null) {
            throw EventReader.envelopeFault(
                    "data_base64", "found binary data, expected a JSON object in data");
        }
        JsonObject plain =
                envelope.with("sequence", integer(envelope, "sequence"))
                        .with("epoch", integer(envelope, "epoch"));
        return EventReader.event(plain, NAMES, subject(envelope));
    }

    private static Subject subject(JsonObject envelope) {
        Json value = EventReader.present(envelope, "subject");
        if (value == null) {
            throw EventReader.envelopeFault(
                    "subject", "found nothing, expected the id of a node, domain or component");
        }
        return new Subject(kind(envelope), EventReader.subjectId("subject", value));
    }

    /// The kind that the type asks for; a type that takes any (`event_annulled`, `x_`) is about a
    /// node unless the extension `subjectkind` says `domain_id` or `component`.
    private static Subject.Kind kind(JsonObject envelope) {
        if (envelope.member("type") instanceof JsonString(String type)
                && type.startsWith(TYPE_PREFIX)) {
            EventType known = EventType.named(type.substring(TYPE_PREFIX.length()));
            if (known != null && known.subject() != null) {
                return known.subject();
            }
        }
        Json given = EventReader.present(envelope, "subjectkind");
        if (given == null) {
            return Subject.Kind.NODE;
        }
        for (Subject.Kind kind : Subject.Kind.values()) {
            if (Json.of(kind.member()).equals(given)) {
                return kind;
            }
        }
        throw EventReader.envelopeFault(
                "subjectkind",
                "found " + Fields.shown(given) + ", expected node_id, domain_id or component");
    }

    /// Extensions may be spelled as strings (in HTTP headers they always are).
    private static @Nullable Json integer(JsonObject envelope, String member) {
        Json value = EventReader.present(envelope, member);
        if (value instanceof JsonString(String text) && text.matches("[0-9]{1,16}")) {
            return JsonNumber.of(new BigDecimal(text));
        }
        return value;
    }
}
