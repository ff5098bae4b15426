package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;

/// An event of the log with its address and when it was recorded.
public record StoredEvent(Event event, long address, long recordedAtMicros) {}
