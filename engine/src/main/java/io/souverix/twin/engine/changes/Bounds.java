package io.souverix.twin.engine.changes;

import java.time.Duration;

/// How much is kept for those who watch.
///
/// @param ringChanges how many changes the ring retains
/// @param ringBytes about how many bytes they may hold
/// @param channelMessages how many messages a channel keeps ready for its clients
/// @param renderedBytes how many bytes of written messages are kept, of all channels together
/// @param channels how many different watches there may be at a time
/// @param linger how long a channel without clients stays, so that they come back to it
/// @param coalesce at most so often are the rows of an aggregate compared
public record Bounds(
        int ringChanges,
        long ringBytes,
        int channelMessages,
        long renderedBytes,
        int channels,
        Duration linger,
        Duration coalesce) {
    public static final Bounds DEFAULT =
            new Bounds(
                    131_072,
                    96L << 20,
                    8_192,
                    32L << 20,
                    256,
                    Duration.ofSeconds(60),
                    Duration.ofMillis(250));

    public Bounds withRing(int changes) {
        return new Bounds(
                changes, ringBytes, channelMessages, renderedBytes, channels, linger, coalesce);
    }

    public Bounds withChannel(int messages) {
        return new Bounds(
                ringChanges, ringBytes, messages, renderedBytes, channels, linger, coalesce);
    }

    public Bounds withChannels(int most, Duration lingering) {
        return new Bounds(
                ringChanges, ringBytes, channelMessages, renderedBytes, most, lingering, coalesce);
    }
}
