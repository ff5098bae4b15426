package io.souverix.twin.core.attention;

import io.souverix.twin.core.json.JsonObject;
import java.util.List;

/// One node (or domain, or source) that one rule is raised for.
///
/// @param subject the id of the node, domain or source
/// @param sinceMicros since when, or [io.souverix.twin.core.event.Times#NONE] where nobody knows
/// @param togetherMicros when what caused it happened, where only what happened close together has
///     the same cause; [io.souverix.twin.core.event.Times#NONE] where the cause alone decides
/// @param toldMicros the timestamp of the event that tells it, or [io.souverix.twin.core.event.Times#NONE]
///     for the newest of the rule's types
/// @param cause equal for sightings of one cause
/// @param values what it looks like on this node
/// @param references where the events that tell it stand in the log, where that is known
public record Sighting(
        Alert alert,
        String subject,
        long sinceMicros,
        long togetherMicros,
        long toldMicros,
        JsonObject cause,
        JsonObject values,
        List<Long> references) {
    public Sighting {
        references = List.copyOf(references);
    }
}
