package io.souverix.twin.core.codec;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;

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

    /// An instance equal to the value that some bytes are.
    ///
    /// @throws JsonFault where they are none
    default Json json(byte[] utf8, int from, int length) throws JsonFault {
        return json(StateReader.JSON.read(utf8, from, length));
    }

    /// An instance equal to the immutable value.
    <T> T value(T value);
}
