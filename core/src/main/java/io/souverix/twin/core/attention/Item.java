package io.souverix.twin.core.attention;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonWriter;
import java.util.Comparator;
import java.util.List;

/// What one cause makes of its sightings: a line of the inbox.
///
/// @param id the same for the same rule and cause, whenever it is asked
/// @param sinceMicros the oldest of its sightings, or [Times#NONE]
/// @param together whether they have the same cause only because they happened close together
/// @param size how many sightings there are
/// @param subjects of the first of them, sorted; not empty
/// @param sightings the first of them, where they were handed in whole
public record Item(
        String id,
        Cause cause,
        long sinceMicros,
        boolean together,
        int size,
        List<String> subjects,
        List<Sighting> sightings) {
    /// How many subjects are named.
    public static final int MAX_NAMED = 20;

    /// The most severe first, then those with the most nodes, then the oldest.
    public static final Comparator<Item> RANK =
            Comparator.<Item>comparingInt(item -> -item.alert().severity().ordinal())
                    .thenComparingInt(item -> -item.size)
                    .thenComparingLong(item ->
                            item.sinceMicros == Times.NONE ? Long.MAX_VALUE : item.sinceMicros)
                    .thenComparing(Item::id);

    public Item {
        subjects = List.copyOf(subjects);
        sightings = List.copyOf(sightings);
    }

    public Alert alert() {
        return cause.alert();
    }

    /// The item in a few words.
    public String title() {
        String what = about();
        if (size == 1) {
            String subject = subjects.getFirst();
            boolean said = what.isEmpty() || what.equals(subject);
            return subject + ": " + alert().phrase() + (said ? "" : " (" + what + ")");
        }
        return (what.isEmpty() ? "" : what + ": ")
                + size
                + " nodes "
                + alert().phrase()
                + (together ? " together" : "");
    }

    /// The cause in words: its values, the members without one left out; from the desired one an arrow
    /// leads to the actual one.
    private String about() {
        StringBuilder words = new StringBuilder();
        cause.members()
                .forEach((name, value) -> {
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
