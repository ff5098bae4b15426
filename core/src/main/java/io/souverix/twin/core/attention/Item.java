package io.souverix.twin.core.attention;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.util.Comparator;
import java.util.List;

/// What one cause makes of its sightings: a line of the inbox.
///
/// @param id the same for the same rule and cause, whenever it is asked
/// @param sinceMicros the oldest of its sightings, or [Times#NONE]
/// @param sightings sorted by subject; not empty
public record Item(
        String id, Alert alert, JsonObject cause, long sinceMicros, List<Sighting> sightings) {
    /// The most severe first, then those with the most nodes, then the oldest.
    public static final Comparator<Item> RANK =
            Comparator.<Item>comparingInt(item -> -item.alert.severity().ordinal())
                    .thenComparingInt(item -> -item.sightings.size())
                    .thenComparingLong(item ->
                            item.sinceMicros == Times.NONE ? Long.MAX_VALUE : item.sinceMicros)
                    .thenComparing(Item::id);

    public Item {
        sightings = List.copyOf(sightings);
    }

    /// The item in a few words.
    public String title() {
        String what = about();
        if (sightings.size() == 1) {
            String subject = sightings.getFirst().subject();
            boolean said = what.isEmpty() || what.equals(subject);
            return subject + ": " + alert.phrase() + (said ? "" : " (" + what + ")");
        }
        String together = sightings.getFirst().togetherMicros() == Times.NONE ? "" : " together";
        return (what.isEmpty() ? "" : what + ": ")
                + sightings.size()
                + " nodes "
                + alert.phrase()
                + together;
    }

    /// The cause in words: its values, the members without one left out; from the desired one an arrow
    /// leads to the actual one.
    private String about() {
        StringBuilder words = new StringBuilder();
        cause.forEach((name, value) -> {
            String word =
                    switch (value) {
                        case JsonString(String text) -> text;
                        case JsonLiteral _ -> "";
                        case Json other -> JsonWriter.text(other);
                    };
            String apart = name.equals("actual") ? " -> " : " ";
            words.append(words.isEmpty() || word.isEmpty() ? "" : apart).append(word);
        });
        return words.toString();
    }
}
