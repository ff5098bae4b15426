package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.event.EventReader.Result;
import io.souverix.twin.core.event.Rejection;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.engine.TwinEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Decides whether an event is taken: the reader accepts it, it is neither ahead of its time nor older
/// than what is retained, and the log has room for it. This is decided once, when the event first
/// arrives. Thread-safe.
final class Gate {
    /// How many bytes a payload may have in canonical form; what fits a line of events fits this.
    static final int MAX_PAYLOAD = 8 << 20;

    private final EventReader reader = new EventReader();
    private final InstantSource clock;
    private final Duration maxFuture;
    private final LongSupplier floorMicros;

    /// @param maxFuture how far ahead of the clock a timestamp may be
    /// @param floorMicros up to which nothing is taken any more
    Gate(InstantSource clock, Duration maxFuture, LongSupplier floorMicros) {
        this.clock = clock;
        this.maxFuture = maxFuture;
        this.floorMicros = floorMicros;
    }

    /// One event in the native envelope, from its UTF-8 JSON.
    Result line(byte[] bytes, int offset, int length) {
        return check(reader.readNative(bytes, offset, length), "/timestamp", "/payload");
    }

    /// The same where it is written as nearly all are, else null.
    @Nullable Result usual(byte[] bytes) {
        Result usual = reader.readUsual(bytes, 0, bytes.length);
        return usual == null ? null : check(usual, "/timestamp", "/payload");
    }

    Result plain(Json value) {
        return check(reader.readNative(value), "/timestamp", "/payload");
    }

    Result cloudEvent(Json value) {
        return check(reader.readCloudEvent(value), "/time", "/data");
    }

    private Result check(Result result, String timePointer, String payloadPointer) {
        if (!(result instanceof Result.Accepted(Event event))) {
            return result;
        }
        long nowMicros = clock.millis() * 1_000;
        if (event.timestampMicros() > nowMicros + maxFuture.toMillis() * 1_000) {
            return refused(
                    event,
                    Rejection.Code.TIMESTAMP_IN_FUTURE,
                    timePointer,
                    "found "
                            + Times.text(event.timestampMicros())
                            + ", expected at most "
                            + maxFuture.toSeconds()
                            + " seconds after the service's clock, which says "
                            + Times.text(nowMicros));
        }
        long speaksOf = TwinEngine.speaksOfMicros(event);
        long floor = floorMicros.getAsLong();
        if (speaksOf <= floor) {
            return refused(
                    event,
                    Rejection.Code.BEFORE_RETAINED_HISTORY,
                    event.timestampMicros() <= floor
                            ? timePointer
                            : payloadPointer + "/event_timestamp",
                    "found "
                            + Times.text(speaksOf)
                            + ", expected later than "
                            + Times.text(floor)
                            + ", up to which nothing is retained but what stands");
        }
        if (event.payloadJson().length > MAX_PAYLOAD) {
            return refused(
                    event,
                    Rejection.Code.INVALID_PAYLOAD,
                    payloadPointer,
                    "found a payload of "
                            + event.payloadJson().length
                            + " bytes in canonical form, expected at most "
                            + MAX_PAYLOAD);
        }
        return result;
    }

    private static Result refused(Event event, Rejection.Code code, String pointer, String detail) {
        return new Result.Refused(new Rejection(code, event.id(), pointer, detail));
    }
}
