package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.Times;
import java.util.List;

/// How far the certificate of a node, the leaf of its chain, is from its end.
public enum Expiry {
    /// There is none.
    NONE,
    LATER,
    /// It ends within 30 days.
    SOON,
    EXPIRED;

    static final long SOON_MICROS = 30L * 24 * 3600 * Times.MICROS_PER_SECOND;

    /// Of a chain, leaf first.
    public static Expiry of(List<Link> chain, long nowMicros) {
        if (chain.isEmpty()) {
            return NONE;
        }
        long left = chain.getFirst().validUntilMicros() - nowMicros;
        if (left < 0) {
            return EXPIRED;
        }
        return left <= SOON_MICROS ? SOON : LATER;
    }
}
