package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;

/// What aggregates count of a node's trust.
///
/// @param basisPoints the score, 0 to 10,000
public record TrustSummary(IntegrityState state, int basisPoints, Expiry expiry) {
    private static final IntegrityState[] STATES = IntegrityState.values();
    private static final Expiry[] EXPIRIES = Expiry.values();

    public void write(StateWriter out) {
        out.constant(state).number(basisPoints).constant(expiry);
    }

    public static TrustSummary read(StateReader in) {
        return in.sharing()
                .value(
                        new TrustSummary(
                                in.constant(STATES), (int) in.number(), in.constant(EXPIRIES)));
    }
}
