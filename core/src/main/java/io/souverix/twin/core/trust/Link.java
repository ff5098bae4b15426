package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.Times;
import org.jspecify.annotations.Nullable;

/// One certificate of a chain, without its PEM.
///
/// @param validFromMicros [Times#NONE] where it does not say; of the PEM where it came with one
/// @param judged false where it is an anchor, or stands above one: its dates do not matter
public record Link(
        String issuer,
        String subject,
        long validFromMicros,
        long validUntilMicros,
        @Nullable String signature,
        boolean judged) {
    private static final long DAY_MICROS = 24 * 3600 * Times.MICROS_PER_SECOND;
    private static final long LONGEST_HORIZON_MICROS = 30 * DAY_MICROS;

    /// How long before its end it is only a warning: 30 days, or a third of its life where that is
    /// less.
    long horizonMicros() {
        return validFromMicros == Times.NONE
                ? LONGEST_HORIZON_MICROS
                : Math.min(LONGEST_HORIZON_MICROS, (validUntilMicros - validFromMicros) / 3);
    }
}
