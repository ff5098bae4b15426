package io.souverix.twin.core.attention;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes items of sightings: one for each rule and cause. Where things have the same cause only if
/// they happened close together, those whose ten minutes touch are one item.
public final class Inbox {
    /// What happens in one such window, or in neighbouring ones, happened together.
    public static final long WINDOW_MICROS = 600 * Times.MICROS_PER_SECOND;

    private static final int ID_DIGITS = 16;

    private Inbox() {}

    private record Cause(Alert alert, JsonObject cause) {}

    /// The items, ranked.
    public static List<Item> of(Collection<Sighting> sightings) {
        Map<Cause, List<Sighting>> byCause = new HashMap<>();
        for (Sighting sighting : sightings) {
            byCause.computeIfAbsent(
                            new Cause(sighting.alert(), sighting.cause()), _ -> new ArrayList<>())
                    .add(sighting);
        }
        List<Item> items = new ArrayList<>();
        byCause.forEach((cause, all) -> gather(cause, all, items));
        items.sort(Item.RANK);
        return items;
    }

    private static void gather(Cause cause, List<Sighting> all, List<Item> out) {
        all.sort(
                Comparator.comparingLong(Sighting::togetherMicros)
                        .thenComparing(Sighting::subject));
        int from = 0;
        for (int i = 1; i <= all.size(); i++) {
            if (i == all.size() || window(all.get(i)) - window(all.get(i - 1)) > 1) {
                out.add(item(cause, all.subList(from, i)));
                from = i;
            }
        }
    }

    private static long window(Sighting sighting) {
        return Math.floorDiv(sighting.togetherMicros(), WINDOW_MICROS);
    }

    private static Item item(Cause cause, List<Sighting> together) {
        Sighting first = together.getFirst();
        String window =
                first.togetherMicros() == Times.NONE
                        ? ""
                        : Times.text(window(first) * WINDOW_MICROS);
        List<Sighting> sorted = new ArrayList<>(together);
        sorted.sort(Comparator.comparing(Sighting::subject));
        long since = Long.MAX_VALUE;
        for (Sighting sighting : together) {
            since =
                    sighting.sinceMicros() == Times.NONE
                            ? since
                            : Math.min(since, sighting.sinceMicros());
        }
        return new Item(
                id(cause, window),
                cause.alert(),
                cause.cause(),
                since == Long.MAX_VALUE ? Times.NONE : since,
                sorted);
    }

    private static String id(Cause cause, String window) {
        String text =
                cause.alert().word()
                        + "\n"
                        + JsonWriter.text(cause.cause().sortedByName())
                        + "\n"
                        + window;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return EventHash.of(bytes, bytes.length).hex().substring(0, ID_DIGITS);
    }
}
