package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.event.EventReader.Result;
import io.souverix.twin.core.event.Rejection;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import java.time.Duration;
import java.time.InstantSource;

/// Decides whether an event is taken: it is what the reader accepts and not ahead of its time. This
/// is decided once, when the event first arrives. Thread-safe.
final class Gate {
    private final EventReader reader = new EventReader();
    private final InstantSource clock;
    private final Duration maxFuture;

    /// @param maxFuture how far ahead of the clock a timestamp may be
    Gate(InstantSource clock, Duration maxFuture) {
        this.clock = clock;
        this.maxFuture = maxFuture;
    }

    /// One event in the native envelope, from its UTF-8 JSON.
    Result line(byte[] bytes, int offset, int length) {
        return timely(reader.readNative(bytes, offset, length), "/timestamp");
    }

    Result plain(Json value) {
        return timely(reader.readNative(value), "/timestamp");
    }

    Result cloudEvent(Json value) {
        return timely(reader.readCloudEvent(value), "/time");
    }

    private Result timely(Result result, String pointer) {
        if (!(result instanceof Result.Accepted(Event event))) {
            return result;
        }
        long nowMicros = clock.millis() * 1_000;
        long latestMicros = nowMicros + maxFuture.toMillis() * 1_000;
        if (event.timestampMicros() <= latestMicros) {
            return result;
        }
        return new Result.Refused(
                new Rejection(
                        Rejection.Code.TIMESTAMP_IN_FUTURE,
                        event.id(),
                        pointer,
                        "found "
                                + Times.text(event.timestampMicros())
                                + ", expected at most "
                                + maxFuture.toSeconds()
                                + " seconds after the service's clock, which says "
                                + Times.text(nowMicros)));
    }
}
