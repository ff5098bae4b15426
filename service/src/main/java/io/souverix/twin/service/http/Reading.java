package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.TwinEngine;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What all reads have in common: the position they see, and the instant they are asked of.
/// Thread-safe.
final class Reading {
    /// How long a read waits for the position it asks for.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TwinEngine engine;
    private final InstantSource clock;

    Reading(TwinEngine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /// Waits for `min_position`, sets `X-Position`, and gives the instant of `at` in microseconds.
    ///
    /// @throws ProblemException where a parameter is wrong, or the position does not come in time
    long begin(Exchange exchange) throws InterruptedException {
        long at = exchange.query().instant("at", TwinEngine.NOW);
        requirePast("at", at);
        @Nullable Position wanted = exchange.query().position("min_position");
        if (wanted != null && !engine.await(wanted, PATIENCE)) {
            throw ProblemException.of(
                    ProblemCode.POSITION_NOT_REACHED,
                    "found min_position="
                            + wanted.token()
                            + ", which was not reached within "
                            + PATIENCE.toSeconds()
                            + " seconds; the service stands at "
                            + engine.position().token());
        }
        exchange.position(engine.position());
        return at;
    }

    /// Refuses an instant that is still to come.
    ///
    /// @param name the parameter it was given by
    void requirePast(String name, long micros) {
        long now = Times.micros(clock.instant());
        if (micros != TwinEngine.NOW && micros > now) {
            throw ProblemException.of(
                    ProblemCode.AT_IN_FUTURE,
                    "found "
                            + name
                            + "="
                            + Times.text(micros)
                            + ", expected at most now, which is "
                            + Times.text(now));
        }
    }
}
