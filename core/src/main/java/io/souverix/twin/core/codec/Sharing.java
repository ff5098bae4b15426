package io.souverix.twin.core.codec;

import io.souverix.twin.core.json.Json;

/// Keeps one instance of equal values, so that a twin costs what is particular to it.
public interface Sharing {
    /// Keeps nothing: every value stays its own.
    Sharing NONE =
            new Sharing() {
                @Override
                public String text(String text) {
                    return text;
                }

                @Override
                public Json json(Json value) {
                    return value;
                }

                @Override
                public <T> T value(T value) {
                    return value;
                }
            };

    /// An instance equal to the text.
    String text(String text);

    /// An instance equal to the value.
    Json json(Json value);

    /// An instance equal to the immutable value.
    <T> T value(T value);
}
