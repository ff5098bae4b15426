package io.souverix.twin.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// One delivery of one event. A duplicate is a delivery of its own with the same content.
public final class SimulatedEvent {
    private final byte[] json;
    private final Instant deliveredAt;
    private final Instant timestamp;
    private final String subject;

    SimulatedEvent(byte[] json, Instant deliveredAt, Instant timestamp, String subject) {
        this.json = json;
        this.deliveredAt = deliveredAt;
        this.timestamp = timestamp;
        this.subject = subject;
    }

    /// The event as one line of JSON in UTF-8, without the line feed. The caller owns the array.
    public byte[] json() {
        return json;
    }

    /// When it reaches the service; never goes back from one event to the next.
    public Instant deliveredAt() {
        return deliveredAt;
    }

    /// When it happened: up to days before delivery, and at most 60 s after it (a node whose clock
    /// is ahead).
    public Instant timestamp() {
        return timestamp;
    }

    /// The node, domain or component it is about.
    public String subject() {
        return subject;
    }

    @Override
    public String toString() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
