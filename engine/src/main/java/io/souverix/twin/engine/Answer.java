package io.souverix.twin.engine;

import io.souverix.twin.core.json.JsonObject;

/// What a read of one twin gives.
public sealed interface Answer {
    /// @param body without `meta`; equal bodies have equal tags
    /// @param meta `revision`, `events`, `position`, `updated_at`, `at`
    record Found(JsonObject body, JsonObject meta) implements Answer {}

    /// There is nothing to show.
    sealed interface Missing extends Answer, WrittenAnswer {}

    /// No event of that subject was ever accepted.
    record Unknown() implements Missing {}

    /// The first event of the subject is after the instant asked about.
    record NotYetKnown(long firstMicros) implements Missing {}
}
