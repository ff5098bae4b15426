package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.KnownBytes;
import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import java.util.HashMap;
import java.util.Map;

/// Shares equal texts and values, up to a bound; beyond it starts anew. Not thread-safe.
final class BoundedSharing implements Sharing {
    /// How many texts, and how many others, are kept.
    static final int MAX_KEPT = 65_536;

    /// How many JSON values are kept: a configuration takes some kilobytes, and a sixty-fourth of the
    /// heap is enough.
    static final int MAX_VALUES =
            Math.clamp(Runtime.getRuntime().maxMemory() / 64 / 4_096, 1_024, MAX_KEPT);

    /// How many of them are known by their bytes; a power of two.
    private static final int MAX_KNOWN = Math.min(8_192, Integer.highestOneBit(MAX_VALUES));

    /// Shorter values are read as quickly, longer ones are too particular.
    private static final int MIN_KNOWN_LENGTH = 64;

    private static final int MAX_KNOWN_LENGTH = 2_048;

    /// Longer texts are too particular to be kept.
    private static final int MAX_TEXT_LENGTH = 256;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<Json, Json> values = new HashMap<>();
    private final Map<Object, Object> others = new HashMap<>();
    private final KnownBytes<Json> known = new KnownBytes<>(MAX_KNOWN);

    @Override
    public String text(String text) {
        return text.length() > MAX_TEXT_LENGTH ? text : kept(texts, text, MAX_KEPT);
    }

    @Override
    public Json json(Json value) {
        return kept(values, value, MAX_VALUES);
    }

    @Override
    public Json json(byte[] utf8, int from, int length) throws JsonFault {
        if (length < MIN_KNOWN_LENGTH || length > MAX_KNOWN_LENGTH) {
            return Sharing.super.json(utf8, from, length);
        }
        Json standing = known.find(utf8, from, from + length);
        if (standing != null) {
            return standing;
        }
        Json value = Sharing.super.json(utf8, from, length);
        known.keep(utf8, from, from + length, value);
        return value;
    }

    @Override
    @SuppressWarnings("unchecked") // equal values of one class
    public <T> T value(T value) {
        return (T) kept(others, value, MAX_KEPT);
    }

    private static <T> T kept(Map<T, T> values, T value, int most) {
        T standing = values.get(value);
        if (standing != null) {
            return standing;
        }
        if (values.size() >= most) {
            values.clear();
        }
        values.put(value, value);
        return value;
    }
}
