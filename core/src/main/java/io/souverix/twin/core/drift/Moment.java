package io.souverix.twin.core.drift;

import io.souverix.twin.core.codec.Sharing;

/// One step of the walk: when and where the event stands, and what the fold shares.
///
/// @param micros the event's timestamp
/// @param reference where the event stands in the log; opaque here
public record Moment(long micros, long reference, ConfigComparison comparison, Sharing sharing) {}
