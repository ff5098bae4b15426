package io.souverix.twin.engine.changes;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.changes.Listed.Item;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The listings that are watched, as they were told last. Thread-safe.
final class Lists {
    private final Function<Listing, Listed> source;
    private final Map<Listing, Map<String, Object>> told = new EnumMap<>(Listing.class);

    /// @param source gives a listing as it stands
    Lists(Function<Listing, Listed> source) {
        this.source = source;
    }

    /// The whole of a listing.
    JsonObject now(Listing listing) {
        Listed listed = source.apply(listing);
        List<Json> items = new ArrayList<>();
        listed.items().values().forEach(item -> items.add(item.json().get()));
        return head(listing, listed).put(listing.member(), new JsonArray(items)).build();
    }

    private static JsonObject.Builder head(Listing listing, Listed listed) {
        return new JsonObject.Builder()
                .put("at", Times.text(listed.atMicros()))
                .put("topics", Json.strings(List.of(listing.topic().word())))
                .put("total", listed.total());
    }

    /// Begins to compare a listing; what it is later differs from what it is now.
    synchronized void begin(Listing listing) {
        if (!told.containsKey(listing)) {
            told.put(listing, states(source.apply(listing)));
        }
    }

    /// Compares no others any more.
    synchronized void retain(Set<Listing> watched) {
        told.keySet().retainAll(watched);
    }

    /// What of each listing differs from what was told last; absent where nothing does, or where it
    /// cannot be told now.
    synchronized Map<Listing, JsonObject> differences() {
        Map<Listing, JsonObject> differences = new EnumMap<>(Listing.class);
        for (Listing listing : told.keySet()) {
            try {
                JsonObject difference = difference(listing);
                if (difference != null) {
                    differences.put(listing, difference);
                }
            } catch (RuntimeException e) {
                System.getLogger(Lists.class.getName())
                        .log(System.Logger.Level.ERROR, "cannot tell " + listing.member(), e);
            }
        }
        return differences;
    }

    private @Nullable JsonObject difference(Listing listing) {
        Listed listed = source.apply(listing);
        Map<String, Object> before = told.getOrDefault(listing, Map.of());
        Set<String> ended = new TreeSet<>(before.keySet());
        ended.removeAll(listed.items().keySet());
        List<Json> changed = new ArrayList<>();
        listed.items()
                .forEach((id, item) -> {
                    if (!item.state().equals(before.get(id))) {
                        changed.add(item.json().get());
                    }
                });
        told.put(listing, states(listed));
        return changed.isEmpty() && ended.isEmpty()
                ? null
                : head(listing, listed)
                        .put(listing.member(), new JsonArray(changed))
                        .put("ended", Json.strings(List.copyOf(ended)))
                        .build();
    }

    private static Map<String, Object> states(Listed listed) {
        Map<String, Object> states = new HashMap<>();
        for (Map.Entry<String, Item> entry : listed.items().entrySet()) {
            states.put(entry.getKey(), entry.getValue().state());
        }
        return states;
    }
}
