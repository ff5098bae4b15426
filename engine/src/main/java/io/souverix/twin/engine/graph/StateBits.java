package io.souverix.twin.engine.graph;

import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.graph.layout.NodeBits;
import io.souverix.twin.core.trust.IntegrityState;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.TwinView;

/// The two bytes of a twin.
final class StateBits {
    private StateBits() {}

    static int of(TwinView view) {
        Identity identity = view.twin().identity();
        Authority authority = view.catalogue().authority(identity.zone(), identity.region());
        Facets facets = view.facets();
        return NodeBits.of(
                facets.connectivity(),
                facets.drift().worst(),
                facets.status().evaluated(),
                trust(facets.trust().state()),
                authority == null ? null : authority.level(),
                authority != null && authority.conflict(),
                debtStep(facets, view.nowMicros()));
    }

    private static NodeBits.Trust trust(IntegrityState state) {
        return switch (state) {
            case VERIFIED -> NodeBits.Trust.VERIFIED;
            case DEGRADED, STALE -> NodeBits.Trust.WEAKENED;
            case UNVERIFIED -> NodeBits.Trust.UNVERIFIED;
            case FAILED -> NodeBits.Trust.FAILED;
        };
    }

    private static int debtStep(Facets facets, long nowMicros) {
        long from = facets.debtFromMicros();
        if (from == Facets.NO_DEBT) {
            return 0;
        }
        return from == Facets.UNKNOWN_DEBT
                ? NodeBits.UNKNOWN_DEBT
                : NodeBits.debtStep(Math.max(0, nowMicros - from) / Times.MICROS_PER_SECOND);
    }
}
