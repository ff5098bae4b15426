package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.json.Json;
import org.jspecify.annotations.Nullable;

/// Shares texts and values with equal ones that were seen lately: a newer one takes the place of
/// another. Thread-safe: racing threads at worst share less.
final class RecentSharing implements Sharing {
    /// How many of each kind are kept; a power of two.
    static final int MAX_KEPT = 8_192;

    /// Longer texts are too particular to be kept.
    private static final int MAX_TEXT_LENGTH = 256;

    private final @Nullable Object[] texts = new Object[MAX_KEPT];
    private final @Nullable Object[] values = new Object[MAX_KEPT];
    private final @Nullable Object[] others = new Object[MAX_KEPT];

    @Override
    public String text(String text) {
        return text.length() > MAX_TEXT_LENGTH ? text : shared(texts, text);
    }

    @Override
    public Json json(Json value) {
        return shared(values, value);
    }

    @Override
    public <T> T value(T value) {
        return shared(others, value);
    }

    /// Equal ones are of one class.
    @SuppressWarnings("unchecked")
    private static <T> T shared(@Nullable Object[] kept, T value) {
        int slot = value.hashCode() * 0x9e3779b1 >>> 16 & (MAX_KEPT - 1);
        Object standing = kept[slot];
        if (standing != null && value.equals(standing)) {
            return (T) standing;
        }
        kept[slot] = value;
        return value;
    }
}
