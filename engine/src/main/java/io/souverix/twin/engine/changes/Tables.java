package io.souverix.twin.engine.changes;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The aggregates that are watched, as they were told last. Thread-safe.
final class Tables {
    private static final String GROUPS = "groups";
    private static final String TOTAL = "total";

    private final Function<TableKey, JsonObject> source;
    private final Map<TableKey, JsonObject> told = new HashMap<>();

    /// @param source answers an aggregate as it is now
    Tables(Function<TableKey, JsonObject> source) {
        this.source = source;
    }

    JsonObject now(TableKey key) {
        return source.apply(key);
    }

    /// Begins to compare an aggregate; what it is later differs from what it is now.
    synchronized void begin(TableKey key) {
        if (!told.containsKey(key)) {
            told.put(key, source.apply(key));
        }
    }

    /// Compares no others any more.
    synchronized void retain(Set<TableKey> watched) {
        told.keySet().retainAll(watched);
    }

    /// What of each aggregate differs from what was told last; absent where nothing does, or where it
    /// cannot be told now.
    synchronized Map<TableKey, JsonObject> differences() {
        Map<TableKey, JsonObject> differences = new LinkedHashMap<>();
        for (Map.Entry<TableKey, JsonObject> entry : told.entrySet()) {
            try {
                JsonObject now = source.apply(entry.getKey());
                JsonObject difference = difference(entry.getValue(), now);
                if (difference != null) {
                    differences.put(entry.getKey(), difference);
                    entry.setValue(now);
                }
            } catch (RuntimeException e) {
                // Its own fault: all others are told.
                System.getLogger(Tables.class.getName())
                        .log(System.Logger.Level.ERROR, "cannot tell " + entry.getKey(), e);
            }
        }
        return differences;
    }

    private static @Nullable JsonObject difference(JsonObject old, JsonObject now) {
        Map<String, Json> before = rows(old);
        List<Json> changed = new ArrayList<>();
        Set<String> gone = new HashSet<>(before.keySet());
        rows(now)
                .forEach((group, row) -> {
                    gone.remove(group);
                    if (!row.equals(before.get(group))) {
                        changed.add(row);
                    }
                });
        Json total = now.member(TOTAL);
        boolean totalDiffers = total != null && !total.equals(old.member(TOTAL));
        if (!totalDiffers && changed.isEmpty() && gone.isEmpty()) {
            return null;
        }
        JsonObject.Builder difference = new JsonObject.Builder();
        now.forEach((name, value) -> {
            boolean same = name.equals(TOTAL) && !totalDiffers;
            if (!same && !name.equals(GROUPS) && !name.equals("position")) {
                difference.put(name, value);
            }
        });
        difference.put(GROUPS, new JsonArray(changed));
        return difference.put("removed", Json.strings(gone.stream().sorted().toList())).build();
    }

    private static Map<String, Json> rows(JsonObject table) {
        Map<String, Json> rows = new LinkedHashMap<>();
        if (table.member(GROUPS) instanceof JsonArray(List<Json> elements)) {
            for (Json element : elements) {
                if (element instanceof JsonObject row
                        && row.member("group") instanceof Json.JsonString(String group)) {
                    rows.put(group, row);
                }
            }
        }
        return rows;
    }
}
