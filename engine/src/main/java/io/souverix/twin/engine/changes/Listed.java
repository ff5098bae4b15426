package io.souverix.twin.engine.changes;

import io.souverix.twin.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// A listing as it stands: its first items, at most [#MAX_ITEMS], by their ids and in their order.
///
/// @param total how many items there are
public record Listed(Map<String, Item> items, long total, long atMicros) {
    /// How many items of a listing are told.
    public static final int MAX_ITEMS = 1_000;

    /// An item.
    ///
    /// @param state equal as long as there is nothing to tell
    /// @param json writes it
    public record Item(Object state, Supplier<JsonObject> json) {}

    public Listed {
        items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
        if (items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException("found " + items.size() + " items");
        }
    }
}
