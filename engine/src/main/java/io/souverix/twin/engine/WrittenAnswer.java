package io.souverix.twin.engine;

import io.souverix.twin.core.json.JsonWriter;

/// What a read of one twin gives where it is wanted as text.
public sealed interface WrittenAnswer permits WrittenAnswer.Written, Answer.Missing {
    /// The members of the body and then `meta`, in one object.
    ///
    /// @param text the object, and nothing else
    /// @param bodyLength how many bytes of it stand before `meta`; equal bodies have equal ones
    record Written(JsonWriter text, int bodyLength) implements WrittenAnswer {}
}
