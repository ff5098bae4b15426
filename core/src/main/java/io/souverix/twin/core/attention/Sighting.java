package io.souverix.twin.core.attention;

import io.souverix.twin.core.json.JsonObject;
import java.util.List;

/// One node (or domain, or source) that one rule is raised for, with what it rests on.
///
/// @param subject the id of the node, domain or source
/// @param toldMicros the timestamp of the event that tells it, or [io.souverix.twin.core.event.Times#NONE]
///     for the newest of the rule's types
/// @param values what it looks like on this node
/// @param references where the events that tell it stand in the log, where that is known
public record Sighting(
        Raised raised, String subject, long toldMicros, JsonObject values, List<Long> references) {
    public Sighting {
        references = List.copyOf(references);
    }

    /// The rule.
    public Alert alert() {
        return raised.cause().alert();
    }
}
