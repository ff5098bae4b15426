package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.json.Json;
import java.util.HashMap;
import java.util.Map;

/// Shares equal texts and values, up to a bound; beyond it starts anew. Not thread-safe.
final class BoundedSharing implements Sharing {
    /// How many values of each kind are kept.
    static final int MAX_KEPT = 65_536;

    /// Longer texts are too particular to be kept.
    private static final int MAX_TEXT_LENGTH = 256;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<Json, Json> values = new HashMap<>();
    private final Map<Object, Object> others = new HashMap<>();

    @Override
    public String text(String text) {
        return text.length() > MAX_TEXT_LENGTH ? text : kept(texts, text);
    }

    @Override
    public Json json(Json value) {
        return kept(values, value);
    }

    @Override
    @SuppressWarnings("unchecked") // equal values of one class
    public <T> T value(T value) {
        return (T) kept(others, value);
    }

    private static <T> T kept(Map<T, T> values, T value) {
        T standing = values.get(value);
        if (standing != null) {
            return standing;
        }
        if (values.size() >= MAX_KEPT) {
            values.clear();
        }
        values.put(value, value);
        return value;
    }
}
