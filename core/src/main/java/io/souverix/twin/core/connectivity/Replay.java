package io.souverix.twin.core.connectivity;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// How far a node has come in replaying its backlog.
///
/// @param processed -1 where nobody said, as `total`
/// @param progressedMicros when `processed` was last reported, or [Times#NONE]
/// @param givenEtaMicros what the node expects, or [Times#NONE]
public record Replay(
        long processed,
        long total,
        long startedMicros,
        long progressedMicros,
        long givenEtaMicros) {

    static Replay started(long total, long atMicros, long etaMicros) {
        return new Replay(0, total, atMicros, Times.NONE, etaMicros);
    }

    Replay progressed(long newProcessed, long newTotal, long atMicros, long etaMicros) {
        return new Replay(
                newProcessed,
                newTotal,
                startedMicros,
                atMicros,
                etaMicros == Times.NONE ? givenEtaMicros : etaMicros);
    }

    Replay completed(long given, long atMicros) {
        return new Replay(
                given < 0 ? total : given, total, startedMicros, atMicros, givenEtaMicros);
    }

    /// When it was last known to go on.
    public long movedMicros() {
        return progressedMicros == Times.NONE ? startedMicros : progressedMicros;
    }

    private long elapsedMicros() {
        return progressedMicros == Times.NONE ? 0 : progressedMicros - startedMicros;
    }

    /// Messages a second, three decimals; null where nothing was processed or no time passed.
    public @Nullable BigDecimal ratePerSecond() {
        if (processed <= 0 || elapsedMicros() <= 0) {
            return null;
        }
        return BigDecimal.valueOf(processed)
                .multiply(BigDecimal.valueOf(Times.MICROS_PER_SECOND))
                .divide(BigDecimal.valueOf(elapsedMicros()), 3, RoundingMode.HALF_UP);
    }

    /// When it is expected to end, or [Times#NONE].
    public long etaMicros() {
        if (givenEtaMicros != Times.NONE) {
            return givenEtaMicros;
        }
        if (processed <= 0 || total < 0 || elapsedMicros() <= 0) {
            return Times.NONE;
        }
        BigDecimal remainingMicros =
                BigDecimal.valueOf(Math.max(0, total - processed))
                        .multiply(BigDecimal.valueOf(elapsedMicros()))
                        .divide(BigDecimal.valueOf(processed), 0, RoundingMode.FLOOR);
        long limit = Times.MICROS_PER_SECOND * 86_400L * 366 * 1000;
        long remaining = remainingMicros.min(BigDecimal.valueOf(limit)).longValue();
        long eta = progressedMicros + remaining;
        return eta - Math.floorMod(eta, Times.MICROS_PER_SECOND);
    }

    static void write(StateWriter out, @Nullable Replay replay) {
        out.truth(replay != null);
        if (replay != null) {
            out.number(replay.processed)
                    .number(replay.total)
                    .fixed(replay.startedMicros)
                    .fixed(replay.progressedMicros)
                    .fixed(replay.givenEtaMicros);
        }
    }

    static @Nullable Replay read(StateReader in) {
        return in.truth()
                ? new Replay(in.number(), in.number(), in.fixed(), in.fixed(), in.fixed())
                : null;
    }
}
